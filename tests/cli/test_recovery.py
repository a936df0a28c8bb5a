"""The ceremonies of `reporting recovery`, played at the console by people who see only what is on the screen."""

import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from reporting.domain.people import Role
from reporting.services.organisation.accounts import enrol, find_invited, prepare_key
from reporting.services.sealed.recovery import restored_seal, seed_under_code
from reporting.store.database import reading
from reporting.store.offices import Office
from tests.builders import add_staff, cheap_passphrases, in_unit, staff_row
from tests.console import COMMAND, refusal, said
from tests.instance import open_instance

pytestmark = [pytest.mark.req("P1")]
WORD: Final = re.compile(r"(\d+)\. ([a-z]+)")
NUMBERS: Final = ("--threshold", "2", "--shares", "3")


class Screen:
    """A command that talks with whoever sits before it."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, *arguments, "--data", str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def read_to(self, *ends: str) -> str:
        """Read until one of these words is there, or the command ends."""
        assert self.process.stdout is not None
        seen = ""
        while not seen.endswith(ends):
            sign = self.process.stdout.read(1)
            if not sign:
                break
            seen += sign
        return seen

    def type(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self) -> tuple[int, str, str]:
        """Type nothing more; return how it ended and what it said last."""
        out, errors = self.process.communicate(timeout=60)
        return self.process.returncode, out, errors


def hold_ceremony(data: Path, *arguments: str, note: Callable[[str], str] = lambda share: share) -> list[str]:
    """Let three people note their shares; return the notes."""
    screen, notes = Screen(data, "recovery", *arguments, *NUMBERS), []
    for _ in range(3):
        screen.read_to("Press Enter: ")
        screen.type("")
        shown = screen.read_to("from your note: ")
        words = [word for _, word in sorted(WORD.findall(shown), key=lambda found: int(found[0]))]
        assert len(words) == 33
        notes.append(note(" ".join(words)))
        screen.type(" ".join(words[-2:]))
    code, out, errors = screen.end()
    assert code == 0, errors
    assert "Recovery is on" in out
    return notes


@pytest.fixture
def shares(demonstration: Path) -> list[str]:
    """The notes of three people who hold the recovery key of a used instance."""
    end_of_demo(demonstration)
    return hold_ceremony(demonstration, "init")


def end_of_demo(data: Path) -> None:
    """Turn recovery off where the demonstration has it on."""
    with closing(sqlite3.connect(data / "reporting.db")) as connection:
        (found,) = connection.execute("SELECT count(*) FROM recovery_keys").fetchone()
    if found:
        said("recovery", "end", data=data)


def test_a_drill_proves_the_shares_and_restores_nobody(demonstration: Path, shares: list[str]) -> None:
    told = said("recovery", "drill", data=demonstration, typed=f"{shares[2]}\n{shares[0]}\n")
    assert "The shares fit the key. Nobody was restored" in told
    assert "2 of 3 shares are needed" in said("recovery", "status", data=demonstration)
    assert said("audit", "verify", data=demonstration) == "Both chains are whole.\n"


def test_shares_may_be_typed_with_numbers_capitals_and_four_letters(demonstration: Path, shares: list[str]) -> None:
    numbered = " ".join(f"{place}. {word.upper()}" for place, word in enumerate(shares[0].split(), start=1))
    short = " ".join(word[:4] for word in shares[1].split())
    assert "fit the key" in said("recovery", "drill", data=demonstration, typed=f"{numbered}\n{short}\n")


def test_wrong_repeated_and_too_few_shares_are_told_apart(demonstration: Path, shares: list[str]) -> None:
    wrong = " ".join([*shares[0].split()[:-1], "academic"])
    typed = f"{wrong}\n{shares[0]}\n{shares[0]}\nnothing of the kind\n{shares[1]}\n"
    told = said("recovery", "drill", data=demonstration, typed=typed)
    assert told.count("wrong, missing or out of order") == 2
    assert told.count("was given already") == 1
    few = refusal("recovery", "drill", data=demonstration, typed=f"{shares[0]}\n")
    assert few == "1 of 2 shares were given; nothing was opened."


def test_shares_of_two_sets_do_not_mix_and_old_ones_open_nothing(demonstration: Path, shares: list[str]) -> None:
    fresh = hold_ceremony(demonstration, "renew")
    told = said("recovery", "drill", data=demonstration, typed=f"{fresh[0]}\n{shares[1]}\n{fresh[1]}\n")
    assert "belongs to another recovery key" in told
    old = refusal("recovery", "drill", data=demonstration, typed=f"{shares[0]}\n{shares[1]}\n")
    assert "do not fit the recovery key" in old
    assert "Accounts that could be restored: 0" in said("recovery", "status", data=demonstration)


def test_nothing_is_stored_before_every_share_is_noted(demonstration: Path) -> None:
    end_of_demo(demonstration)
    screen = Screen(demonstration, "recovery", "init", *NUMBERS)
    screen.read_to("Press Enter: ")
    screen.type("")
    for _ in range(5):
        screen.read_to("from your note: ")
        screen.type("not these")
    code, _, errors = screen.end()
    assert code == 1
    assert "Nothing was stored" in errors
    assert "Recovery is off" in refusal("recovery", "status", data=demonstration)
    assert "Recovery is off" in refusal("recovery", "drill", data=demonstration)


def test_there_is_one_key_until_it_is_renewed_or_given_up(demonstration: Path, shares: list[str]) -> None:
    assert len(shares) == 3
    assert "There is a recovery key already" in refusal("recovery", "init", *NUMBERS, data=demonstration)
    assert "Recovery is off" in said("recovery", "end", data=demonstration)
    assert "Recovery is off" in refusal("recovery", "end", data=demonstration)
    assert "Recovery is off" in refusal("recovery", "renew", *NUMBERS, data=demonstration)


def test_numbers_that_make_no_quorum_are_refused(demonstration: Path) -> None:
    told = refusal("recovery", "init", "--threshold", "4", "--shares", "3", data=demonstration)
    assert "choose a smaller threshold" in told


def test_no_share_is_in_any_file_of_the_instance(demonstration: Path, shares: list[str]) -> None:
    words = " ".join(shares[0].split()[5:9]).encode()
    for path in demonstration.rglob("*"):
        if path.is_file():
            assert words not in path.read_bytes(), path


def test_whoever_is_not_sealed_to_the_key_cannot_be_restored(demonstration: Path, shares: list[str]) -> None:
    assert len(shares) == 3
    assert "There is no account nobody" in refusal("recovery", "restore", "nobody", data=demonstration)
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection:
        (username,) = connection.execute("SELECT username FROM staff WHERE role = 'case_manager' LIMIT 1").fetchone()
    assert "not sealed to the recovery key" in refusal("recovery", "restore", username, data=demonstration)


def test_a_reader_who_lost_the_passphrase_is_restored_and_opens_the_same_key(
    demonstration: Path, shares: list[str]
) -> None:
    built = open_instance(demonstration, now=datetime.now(UTC).replace(tzinfo=None))
    with reading(built.stores) as work:
        office = next(one for one in work.main.query(Office) if not one.external)
        work.main.expunge(office)
    member = add_staff(built, office, Role.INVESTIGATOR, "Nadia Haddad", vouched=False)
    typed = f"{shares[1]}\n{shares[2]}\n"
    told = said("recovery", "restore", member.username, data=demonstration, typed=typed)
    (code,) = re.findall(r"handed over in person: ([a-z0-9-]{23})", told)
    with reading(built.stores) as work:
        staff = find_invited(work, built.house, member.username, code)
        assert staff is not None
        waiting = restored_seal(staff)
    assert waiting is not None
    seed = seed_under_code(waiting, code)
    assert seed == member.pair.seed
    with cheap_passphrases():
        _, sealed = prepare_key(member.username, member.display_name, "another lantern under quarry 77", seed)
    in_unit(built, enrol, member.username, code, seed, sealed)
    assert staff_row(built, member).public_key == member.pair.public_key
    wrong = refusal("recovery", "restore", member.username, data=demonstration, typed=f"{shares[1]}\n")
    assert wrong == "1 of 2 shares were given; nothing was opened."
    assert said("audit", "verify", data=demonstration) == "Both chains are whole.\n"
    built.stores.dispose()


def test_shares_of_another_key_restore_nobody_and_the_record_says_so(demonstration: Path, shares: list[str]) -> None:
    fresh = hold_ceremony(demonstration, "renew")
    assert fresh != shares
    refusal("recovery", "drill", data=demonstration, typed=f"{shares[0]}\n{shares[1]}\n")
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection:
        last = connection.execute("SELECT action FROM audit_events ORDER BY seq DESC LIMIT 1").fetchone()
    assert last == ("recovery_refused",)
