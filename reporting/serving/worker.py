"""The worker process: no banner, no client data in the log or in error pages, and no patience without end."""

import socket
import threading
import time
from contextlib import suppress
from typing import Any, Final

from gunicorn.http import errors, wsgi
from gunicorn.util import write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

from reporting.serving.log import described
from reporting.serving.patience import (
    ANSWER_SECONDS,
    FULL_SECONDS,
    HEAD_SECONDS,
    LONG_ANSWER_SECONDS,
    Answer,
    Line,
    Patience,
)

# How long we go on taking in a body that is answered already. A browser that still sends looks at the answer only when
# the connection ends, and an end with bytes unread can take the answer back on its way.
FAREWELL_SECONDS: Final = 3.0
# How much of an answer may wait in the machine and not be sent yet (bytes): what waits there counts as gone.
UNSENT: Final = 64 * 1024

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
        self.patience: dict[TConn, Patience] = {}
        self.mine = threading.local()
        self.had_room = time.monotonic()
        self.wsgi: Any = None

    def init_process(self) -> None:
        """Take the banner away and begin."""
        wsgi.Response = PlainResponse
        super().init_process()

    def load_wsgi(self) -> None:
        """Load the application; each request tells it who is patient, and each answer is watched."""
        from reporting.web.patience import ENVIRON  # late: only a worker holds the application, and its parent never

        super().load_wsgi()
        application: Any = self.wsgi

        def patient(environ: dict[str, Any], start_response: Any) -> Any:
            patience: Patience = self.mine.patience
            environ[ENVIRON] = patience
            answer = application(environ, start_response)
            return answer if isinstance(answer, environ["wsgi.file_wrapper"]) else Answer(answer, patience)

        self.wsgi = patient

    def handle(self, conn: TConn) -> Any:
        """Serve one request; its header lines have to arrive in time."""
        self.patience[conn] = Patience(HEAD_SECONDS)
        try:
            return super().handle(conn)
        finally:
            self.patience.pop(conn, None)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Run the application; body and answer have to move on."""
        self.mine.patience = self.patience[conn] = Patience()
        conn.parser.unreader.sock = Line(conn.sock, self.mine.patience)
        with suppress(OSError):  # a socket of this machine has no such option
            conn.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
        keep = super().handle_request(req, conn)
        if _is_unread(req):
            _farewell(conn.sock)
            return False
        return keep

    def notify(self) -> None:
        """Say that this process lives, and end the connections that took too long; called about once a second."""
        super().notify()
        now = time.monotonic()
        self._make_room(now)
        for conn, patience in tuple(self.patience.items()):
            if now > patience.deadline:
                patience.over = True
                _cut(conn, socket.SHUT_RDWR if now > patience.deadline + ANSWER_SECONDS else socket.SHUT_RD)

    def _make_room(self, now: float) -> None:
        """End the slowest long answer where all threads have been taken for a while, and somebody may be waiting."""
        if len(self.patience) < self.cfg.threads:
            self.had_room = now
        if now - self.had_room < FULL_SECONDS:
            return
        long = [one for one in tuple(self.patience.values()) if one.answers_for(now) > LONG_ANSWER_SECONDS]
        if long:
            min(long, key=lambda one: one.carried() / one.answers_for(now)).give_way()
            self.had_room = now

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


def _is_unread(req: Any) -> bool:
    """Return whether a body was answered before it had come as a whole."""
    reader = req.body.reader
    return bool(getattr(reader, "length", 0) or getattr(reader, "parser", None))


def _farewell(sock: socket.socket) -> None:
    """Say that this was all, and take in what is still under way for a moment."""
    end = time.monotonic() + FAREWELL_SECONDS
    with suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
        while (left := end - time.monotonic()) > 0:
            sock.settimeout(left)
            if not sock.recv(UNSENT):
                return
