"""Listening, and becoming the server: the command opens the socket and turns itself into gunicorn.

The socket is opened here so that an address in use is refused in one sentence, a port 0 is known before the first
request, and whoever reads the address can connect at once.
"""

import os
import socket
import sys
from collections.abc import Mapping
from typing import Final, NoReturn

from reporting.cli import Refusal
from reporting.cli.opening import STATISTICS_PASSPHRASE
from reporting.config import Settings

BACKLOG: Final = 1024
# A browser opens connections ahead of need; the kernel keeps them until they say something, so that no thread waits.
SILENT_SECONDS: Final = 10

# Argon2 asks for large blocks; without the first the allocator keeps them after each run: 247 MiB for one worker, not
# 95. The second asks for huge pages: a block that is new each time costs a token 24 ms instead of 34.
ALLOCATOR: Final = {"MALLOC_MMAP_THRESHOLD_": "1048576", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
# What could make gunicorn listen or behave otherwise than `reporting serve` was told, and what it need not know.
FOREIGN: Final = ("GUNICORN_CMD_ARGS", "GUNICORN_PID", "GUNICORN_FD", "LISTEN_FDS", "LISTEN_PID", "SCRIPT_NAME")
SECRET: Final = (STATISTICS_PASSPHRASE,)


def reserve(host: str, port: int) -> socket.socket:
    """Take an address for listening, which begins with `listen()`; refuses one that cannot be had."""
    try:
        return _bound(host.strip("[]"), port)
    except OSError as error:
        why = error.strerror or "unknown"
        raise Refusal(f"Nothing can listen at {host} port {port} ({why}); choose another --host or --port.") from None


def _bound(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_SECONDS)
    except OSError:
        listener.close()
        raise
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address of a listening socket as a browser wants it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def become_server(settings: Settings, listener: socket.socket) -> NoReturn:
    """Replace this process by the server; its environment says everything that it needs to know."""
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    command = [sys.executable, "-P", "-m", "gunicorn", "--config", "python:reporting.serving.settings"]
    command += ["--bind", f"fd://{listener.fileno()}", "reporting.app:application()"]
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os.execve(sys.executable, command, server_environment(os.environ, settings))  # noqa: S606 - our own interpreter


def server_environment(environment: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return what the server's process starts with: what was there, every setting as it was read, the allocator."""
    kept = {name: value for name, value in environment.items() if name not in FOREIGN + SECRET}
    return ALLOCATOR | kept | settings.to_environment()
