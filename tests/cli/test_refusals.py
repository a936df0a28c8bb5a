"""What the house refuses is one sentence that says what mends it; never a traceback, never a password."""

import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reporting.cli.refusals import sentence_for
from reporting.store.objects import NO_ANSWER, BlobsUnreachable
from tests.console import COMMAND, refusal, run, said

NEEDS_A_HOUSE = [
    ("serve",),
    ("audit", "verify"),
    ("chores", "run"),
    ("retention", "run"),
    ("office", "list"),
    ("staff", "list"),
]
NEEDS_KEYS = [*NEEDS_A_HOUSE, ("db", "upgrade")]


def names(commands: list[tuple[str, ...]]) -> list[str]:
    """Return readable names for parameters."""
    return [" ".join(command) for command in commands]


@pytest.mark.parametrize("command", NEEDS_KEYS, ids=names(NEEDS_KEYS))
def test_without_keys_a_command_names_the_one_that_makes_them(command: tuple[str, ...], tmp_path: Path) -> None:
    assert "reporting keys init" in refusal(*command, data=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", NEEDS_A_HOUSE, ids=names(NEEDS_A_HOUSE))
def test_without_a_database_a_command_names_the_one_that_makes_it(command: tuple[str, ...], tmp_path: Path) -> None:
    said("keys", "init", data=tmp_path)
    assert "reporting db upgrade" in refusal(*command, data=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["keys"], "a refusal leaves no empty database behind"


@pytest.mark.parametrize("command", NEEDS_A_HOUSE, ids=names(NEEDS_A_HOUSE))
def test_loose_modes_are_refused_with_the_command_that_tightens_them(command: tuple[str, ...], fresh: Path) -> None:
    (fresh / "keys").chmod(0o750)
    assert f"chmod 700 {fresh / 'keys'}" in refusal(*command, data=fresh)


def test_a_database_of_another_release_is_refused(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh / "reporting.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    assert "run `reporting db upgrade`" in refusal("serve", data=fresh)


def test_a_missing_shred_store_is_never_replaced_by_an_empty_one_in_passing(fresh: Path) -> None:
    (fresh / "shred.sqlite3").unlink()
    assert "put the live one back" in refusal("serve", data=fresh)
    assert not (fresh / "shred.sqlite3").exists()


def test_keys_that_were_cut_short_are_refused(fresh: Path) -> None:
    (fresh / "keys" / "instance.key").write_bytes(b"\x01short")
    assert "put them back from their backup" in refusal("audit", "verify", data=fresh)


@pytest.mark.parametrize("host", ["0.0.0.0", "harbour.example.org", "::"])
def test_plain_http_is_served_no_further_than_this_machine(fresh: Path, host: str) -> None:
    sentence = refusal("serve", "--host", host, data=fresh)
    assert "--behind-proxy" in sentence
    assert "--onion" in sentence


def test_an_address_in_use_is_refused(fresh: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port}" in refusal("serve", "--port", port, data=fresh)


def test_a_database_that_does_not_answer_is_refused_without_its_password(fresh: Path) -> None:
    sentence = refusal("audit", "verify", data=fresh, database_url="postgresql://harbour:hunter2@127.0.0.1:9/none")
    assert "REPORTING_DATABASE_URL" in sentence
    assert "hunter2" not in sentence


def test_a_setting_that_cannot_be_used_is_named(fresh: Path) -> None:
    assert refusal("serve", "--port", "many", data=fresh).startswith("REPORTING_PORT")


def test_a_slip_of_the_keyboard_is_pointed_out_and_forgiven(fresh: Path) -> None:
    result = run("audit", "verify", data=fresh, prot="1")
    assert result.exit_code == 0
    assert "did you mean REPORTING_PORT" in result.stderr


def test_a_folder_that_cannot_be_written_is_refused(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be used" in refusal("db", "upgrade", "--keys", str(fresh / "keys"), data=tmp_path / "file" / "data")


def test_an_unknown_command_is_an_error_of_use(tmp_path: Path) -> None:
    assert run("fly", data=tmp_path).exit_code == 2


def test_help_is_quick_because_it_loads_no_part_of_the_house() -> None:
    code = (
        "import sys\nfrom reporting.cli import main\nsys.argv = ['reporting', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'sqlalchemy', 'cryptography', 'flask', 'reporting.config'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in ("keys", "db", "office", "pack", "staff", "serve", "demo", "chores", "audit", "retention"):
        assert f"  {name} " in result.stdout
    assert result.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize(
    "command", ["keys", "db", "office", "pack", "staff", "serve", "demo", "chores", "audit", "retention"]
)
def test_each_command_explains_itself(command: str, tmp_path: Path) -> None:
    assert "Usage:" in said(command, "--help", data=tmp_path)


@pytest.mark.slow
@pytest.mark.principle("confidentiality")
def test_what_a_command_writes_is_for_no_other_account_of_the_machine(tmp_path: Path) -> None:
    for command in (("keys", "init"), ("db", "upgrade")):
        subprocess.run([*COMMAND, *command, "--data", tmp_path / "data"], check=True, capture_output=True)
    loose = [path for path in (tmp_path / "data").rglob("*") if path.stat().st_mode & 0o077]
    assert loose == []


def test_a_blob_store_that_is_away_is_named_by_its_setting_alone() -> None:
    assert sentence_for(BlobsUnreachable(NO_ANSWER)) == (
        "The blob store cannot be used (no answer); check REPORTING_BLOBS_URL, what it names, and that it can be "
        "written to."
    )
