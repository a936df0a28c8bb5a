"""What the server's process is started with."""

import socket
import subprocess
from pathlib import Path

import pytest

from reporting.cli.listening import address_of, reserve, server_environment
from reporting.config import Settings
from tests.console import COMMAND, eventually


def settings(**given: str) -> Settings:
    """Read settings from variables named without their prefix, in lower case."""
    return Settings.from_environment({f"REPORTING_{name.upper()}": value for name, value in given.items()})


def test_the_server_gets_every_setting_as_it_was_read_and_the_allocator_its_threshold() -> None:
    chosen = settings(data="somewhere", behind_proxy="yes", languages="ar")
    environment = server_environment({"PATH": "/bin"}, chosen)
    assert environment["PATH"] == "/bin"
    assert environment["MALLOC_MMAP_THRESHOLD_"] == "1048576"
    assert Settings.from_environment(environment) == chosen


def test_an_operator_may_choose_another_threshold() -> None:
    assert server_environment({"MALLOC_MMAP_THRESHOLD_": "1"}, settings())["MALLOC_MMAP_THRESHOLD_"] == "1"


@pytest.mark.parametrize("name", ["GUNICORN_CMD_ARGS", "LISTEN_FDS", "SCRIPT_NAME", "REPORTING_STATISTICS_PASSPHRASE"])
def test_what_would_bend_the_server_or_is_none_of_its_business_is_left_out(name: str) -> None:
    assert name not in server_environment({name: "--bind 0.0.0.0:80"}, settings())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_address_is_shown_as_a_browser_wants_it(host: str) -> None:
    with reserve(host, 0) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener) in {f"http://127.0.0.1:{port}/", f"http://[::1]:{port}/"}


def test_nobody_connects_before_the_server_listens() -> None:
    with reserve("127.0.0.1", 0) as listener, pytest.raises(ConnectionRefusedError):
        socket.create_connection(listener.getsockname(), timeout=5)


@pytest.mark.slow
def test_serve_hands_its_flags_to_the_server(fresh: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    flags = ["--port", port, "--host", "0.0.0.0", "--behind-proxy", "--workers", "1", "--site-name", "Diary"]
    with subprocess.Popen([*COMMAND, "serve", *flags, "--data", str(fresh)], stderr=subprocess.PIPE) as process:
        started = Path(f"/proc/{process.pid}/environ")
        assert eventually(lambda: b"REPORTING_WORKERS=1" in started.read_bytes(), 20)
        environment = dict(line.split("=", 1) for line in started.read_text().split("\0") if "=" in line)
        process.kill()
    known = Settings.from_environment(environment)
    assert (known.host, known.behind_proxy, known.workers, known.site_name) == ("0.0.0.0", True, 1, "Diary")
