"""`reporting demo` as scripts use it: one line of JSON, its own folder, and nobody else's data."""

import json
import os
import shlex
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from pyotp import TOTP

from reporting.demo.folder import FILE
from tests.console import COMMAND, fetch, refusal, said, serving


@pytest.fixture
def port() -> str:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


@pytest.mark.slow
def test_a_demonstration_is_there_within_thirty_seconds_and_comes_back_as_it_was(tmp_path: Path) -> None:
    data, begun = tmp_path / "demo", time.monotonic()
    with serving(data) as server:
        status, _ = fetch(server.url)
        took, first = time.monotonic() - begun, dict(server.printed)
    assert (status, took < 30) == (200, True)
    assert set(first) >= {"url", "accounts", "token", "statistics_passphrase"}
    assert set(first["accounts"][0]) == {"username", "passphrase", "role", "office", "second_factor"}
    assert [path.name for path in data.glob("*.db")] == ["reporting.db"]
    assert {path.name for path in data.iterdir()} >= {"reporting.db", "shred.sqlite3", "keys", "blobs"}
    assert [path for path in data.rglob("*") if path.stat().st_mode & 0o077] == []
    with serving(data) as server:
        assert {**server.printed, "url": ""} == {**first, "url": ""}
        assert fetch(server.url)[0] == 200


@pytest.mark.slow
def test_without_json_a_page_to_read_is_printed(demonstration: Path, port: str) -> None:
    command = [*COMMAND, "demo", "--port", port, "--data", str(demonstration)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(30)]
        process.terminate()
    known = json.loads((demonstration / FILE).read_text(encoding="utf-8"))
    assert f"http://127.0.0.1:{port}/" in lines[0]
    assert known["token"] in "".join(lines)
    assert all(account["passphrase"] in "".join(lines) for account in known["accounts"])


@pytest.mark.slow
def test_the_command_that_is_printed_for_a_code_works_as_it_stands(
    demonstration: Path, tmp_path: Path, port: str
) -> None:
    data = shutil.copytree(demonstration, tmp_path / "a folder of hers")
    with subprocess.Popen(
        [*COMMAND, "demo", "--port", port, "--data", str(data)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        printed = next(line for line in process.stdout if " code " in line and "--data" in line)
        code = subprocess.run([*COMMAND, *shlex.split(printed)[1:]], check=True, capture_output=True, text=True).stdout
        process.terminate()
    assert code.strip().isdigit()


@pytest.mark.slow
def test_settings_for_real_databases_do_not_reach_a_demonstration(demonstration: Path, tmp_path: Path) -> None:
    elsewhere = {
        "REPORTING_DATABASE_URL": f"sqlite:///{tmp_path / 'real.db'}",
        "REPORTING_SHRED_URL": f"sqlite:///{tmp_path / 'real.sqlite3'}",
        "REPORTING_KEYS": str(tmp_path / "real"),
        "REPORTING_DATA": str(tmp_path),
    }
    with serving(demonstration, **elsewhere) as server:
        assert fetch(server.url)[0] == 200
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "data.log"]


def demo_refusal(data: Path) -> str:
    """Ask for a demonstration in a folder that must be refused."""
    return refusal("demo", "--port", "0", "--data", str(data), data=data)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_real_instance_is_refused_and_left_as_it_is(fresh: Path) -> None:
    before = contents(fresh)
    assert "reporting demo --data" in demo_refusal(fresh)
    assert contents(fresh) == before


def test_a_folder_with_anything_else_in_it_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    demo_refusal(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_real_instance_with_a_borrowed_file_is_refused(fresh: Path, made_once: Path) -> None:
    shutil.copy(made_once / FILE, fresh / FILE)
    before = contents(fresh)
    assert "did not make" in demo_refusal(fresh)
    assert contents(fresh) == before


def test_a_borrowed_file_without_a_database_is_refused(made_once: Path, tmp_path: Path) -> None:
    shutil.copy(made_once / FILE, tmp_path / FILE)
    demo_refusal(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_borrowed_file_beside_something_that_is_no_database_is_refused(made_once: Path, tmp_path: Path) -> None:
    shutil.copy(made_once / FILE, tmp_path / FILE)
    (tmp_path / "reporting.db").write_text("These are notes. " * 100)
    demo_refusal(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", "{", '{"accounts": [{}]}'])
def test_a_file_that_is_no_demonstration_is_refused(demonstration: Path, content: str) -> None:
    (demonstration / FILE).write_text(content)
    demo_refusal(demonstration)


def test_a_demonstration_that_was_never_finished_is_refused(demonstration: Path) -> None:
    (demonstration / FILE).unlink()
    assert "did not finish" in demo_refusal(demonstration)


def test_a_demonstration_is_served_to_this_machine_alone(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "harbour.example.org"):
        assert "this machine alone" in refusal("demo", "--host", host, data=tmp_path)
    assert os.listdir(tmp_path) == []


def test_an_address_in_use_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert port in refusal("demo", "--port", port, "--data", str(tmp_path / "demo"), data=tmp_path)
    assert os.listdir(tmp_path) == []


def test_the_phone_of_an_invented_person_shows_its_code(demonstration: Path) -> None:
    known = json.loads((demonstration / FILE).read_text(encoding="utf-8"))
    elena = next(account for account in known["accounts"] if account["username"] == "elena.rusu")
    app, before = TOTP(elena["second_factor"]), int(time.time())
    shown = said("demo", "--data", str(demonstration), "code", " Elena.Rusu ", data=demonstration).strip()
    assert shown in {app.at(moment) for moment in range(before, int(time.time()) + 1)}
    for name, told in (("nobody", "Nobody here is called nobody"), ("ana.ciobanu", "with the passphrase alone")):
        assert told in refusal("demo", "--data", str(demonstration), "code", name, data=demonstration)


def test_a_code_is_shown_for_a_demonstration_and_nothing_else(fresh: Path) -> None:
    assert "reporting demo --data" in refusal("demo", "--data", str(fresh), "code", "elena.rusu", data=fresh)
