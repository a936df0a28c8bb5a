"""The worker process: no banner, no client data in the log or in error pages, and no patience without end."""

import socket
import time
from contextlib import suppress
from typing import Any, Final

from gunicorn.http import errors, wsgi
from gunicorn.util import write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

from reporting.serving.log import described

# Counted from when a thread takes the connection: all header lines, then the whole body. The largest form is about a
# megabyte, which a very slow telephone sends in less.
HEAD_SECONDS: Final = 10.0
BODY_SECONDS: Final = 60.0
# Time to answer once nothing more is read, before the connection is cut both ways.
ANSWER_SECONDS: Final = 30.0

STATUSES: Final = {
    errors.LimitRequestLine: (414, "URI Too Long"),
    errors.LimitRequestHeaders: (431, "Request Header Fields Too Large"),
    errors.ExpectationFailed: (417, "Expectation Failed"),
    errors.UnsupportedTransferCoding: (501, "Not Implemented"),
}


class PlainResponse(wsgi.Response):  # type: ignore[misc]  # gunicorn ships no types
    """An answer that does not say which server gave it."""

    def default_headers(self) -> list[str]:
        """Return gunicorn's own header lines without its banner."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]


class QuietWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Threads that answer requests; a client that stalls gives its thread back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadlines: dict[TConn, float] = {}

    def init_process(self) -> None:
        """Take the banner away and begin."""
        wsgi.Response = PlainResponse
        super().init_process()

    def handle(self, conn: TConn) -> Any:
        """Serve one request; its header lines have to arrive in time."""
        self.deadlines[conn] = time.monotonic() + HEAD_SECONDS
        try:
            return super().handle(conn)
        finally:
            self.deadlines.pop(conn, None)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Run the application; the body has to arrive in time."""
        self.deadlines[conn] = time.monotonic() + BODY_SECONDS
        return super().handle_request(req, conn)

    def notify(self) -> None:
        """Say that this process lives, and end the connections that took too long; called about once a second."""
        super().notify()
        now = time.monotonic()
        for conn, deadline in tuple(self.deadlines.items()):
            if now > deadline:
                _cut(conn, socket.SHUT_RDWR if now > deadline + ANSWER_SECONDS else socket.SHUT_RD)

    def handle_error(self, _req: Any, client: socket.socket, _addr: Any, exc: BaseException) -> None:
        """Answer what is no request, or an error past the application, in words that repeat nothing of it."""
        kind = errors.ParseException
        status, reason = STATUSES.get(type(exc), (400, "Bad Request") if isinstance(exc, kind) else (500, "Error"))
        self.log.warning("%s", described(exc))
        with suppress(OSError):
            write_error(client, status, reason, "")


def _cut(conn: TConn, how: int) -> None:
    """End reading, so that the thread meets the end of the request; or end everything."""
    with suppress(OSError):
        conn.sock.shutdown(how)
