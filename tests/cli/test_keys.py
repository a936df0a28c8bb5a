"""`reporting keys init` makes the keys once, and asks for the statistics passphrase or draws one."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from reporting.crypto.keyring import open_statistics_key
from tests.console import COMMAND, refusal, said

CHOSEN = "plum-orbit-lantern-quiet-harvest"


def test_a_drawn_passphrase_is_shown_once_and_opens_the_statistics_key(tmp_path: Path) -> None:
    text = said("keys", "init", data=tmp_path)
    drawn = text.split("shown only now:")[1].strip()
    assert len(drawn.split("-")) == 8
    open_statistics_key(tmp_path / "keys", drawn)


def test_a_passphrase_from_the_environment_is_not_repeated(tmp_path: Path) -> None:
    assert CHOSEN not in said("keys", "init", data=tmp_path, statistics_passphrase=CHOSEN)
    open_statistics_key(tmp_path / "keys", CHOSEN)


def test_the_passphrase_in_the_environment_is_not_taken_for_a_slip_of_the_keyboard(fresh: Path) -> None:
    said("audit", "verify", data=fresh, statistics_passphrase=CHOSEN)


@pytest.mark.req("L5")
@pytest.mark.parametrize("weak", ["short", "x" * 300, "passwordpassword"])
def test_a_weak_passphrase_is_refused_and_nothing_is_made(tmp_path: Path, weak: str) -> None:
    assert "statistics passphrase" in refusal("keys", "init", data=tmp_path, statistics_passphrase=weak)
    assert not (tmp_path / "keys").exists()


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    said("keys", "init", data=tmp_path)
    before = (tmp_path / "keys" / "instance.key").read_bytes()
    assert "never overwritten" in refusal("keys", "init", data=tmp_path)
    assert (tmp_path / "keys" / "instance.key").read_bytes() == before


def test_a_flag_outdoes_the_environment(tmp_path: Path) -> None:
    said("keys", "init", "--keys", str(tmp_path / "elsewhere"), data=tmp_path, keys=str(tmp_path / "here"))
    assert (tmp_path / "elsewhere" / "instance.key").exists()
    assert not (tmp_path / "here").exists()


@pytest.mark.slow
def test_a_person_at_a_console_is_asked_twice_and_nothing_is_echoed(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "keys", "init", "--data", tmp_path],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    for question in (b"draw one):", b"The same again:"):
        while question not in seen:
            seen += os.read(ours, 1000)
        os.write(ours, CHOSEN.encode() + b"\n")
    assert process.wait(30) == 0
    os.close(ours)
    assert CHOSEN.encode() not in seen
    open_statistics_key(tmp_path / "keys", CHOSEN)
