"""The daily note: the same for everybody every day, and nothing waits for it."""

import base64
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from reporting.domain.organisation.mail import MailServer
from reporting.domain.people import Role
from reporting.services import chores
from reporting.services.errors import NotAName, NotFound
from reporting.services.organisation import accounts, mail
from reporting.store.database import reading
from tests.builders import Built, Team, add_office, add_reader, add_staff, in_unit, send_report, staff_row
from tests.engines import on_sqlite
from tests.post import Postbox, bad_server, make_certificate, post_office
from tests.services.people import last_events

pytestmark = [pytest.mark.req("S26"), on_sqlite]


@pytest.fixture
def box() -> Postbox:
    """What arrives."""
    return Postbox()


@pytest.fixture
def smtp(box: Postbox) -> Iterator[MailServer]:
    """A mail server that works."""
    with post_office(box) as found:
        yield found


def with_mail(built: Built, team: Team, smtp: MailServer) -> Built:
    """Let this instance send mail, to everybody of the team."""
    for number, member in enumerate((team.amina, team.ben, team.ines, team.desk_reader)):
        in_unit(built, mail.set_address, None, member.staff_id, f"{number}@example.org")
    return replace(built, house=replace(built.house, mail=smtp))


def send(built: Built) -> str:
    """Send what is due."""
    return mail.send_due(built.stores, built.house)


def without_what_is_random(note: bytes) -> bytes:
    """Return a mail without its address, date and id, each of which has the same length in each mail."""
    note = re.sub(rb"(?m)^To: [0-9]@example\.org\r?$", b"To:", note)
    note = re.sub(rb"(?m)^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+\d{4}\r?$", b"Date:", note)
    return re.sub(rb"(?m)^Message-ID: <[0-9a-f]{32}@example\.org>\r?$", b"Message-ID:", note)


@pytest.mark.principle("confidentiality")
def test_every_note_is_the_same_whether_or_not_anything_happened(
    built: Built, team: Team, smtp: MailServer, box: Postbox
) -> None:
    working = with_mail(built, team, smtp)
    assert send(working) == "sent"
    quiet = [note for _, note in box.taken]
    built.clock.forward(days=1)
    send_report(built, team.office, "He keeps sending me messages at night.", named=("Karl Weber",))
    assert send(working) == "sent"
    busy = [note for _, note in box.taken[4:]]
    assert len(quiet) == len(busy) == 4
    assert len({len(note) for note in quiet + busy}) == 1
    assert len({without_what_is_random(note) for note in quiet + busy}) == 1


def test_a_note_says_where_to_look_and_nothing_else(built: Built, team: Team, smtp: MailServer, box: Postbox) -> None:
    _, _, case_id = send_report(built, team.office, "He keeps sending me messages.")
    send(with_mail(built, team, smtp))
    note = message_from_bytes(box.taken[0][1])
    text = base64.b64decode(str(note.get_payload())).decode()
    assert "look at your inbox" in text
    assert "says nothing about whether anything happened" in text
    assert note["Subject"] == "Notes"
    assert note["From"] == "notes@example.org"
    for told in (case_id.hex(), case_id.hex()[:8], team.office.name, "Amina", "case", "report", "messages", "http"):
        assert told not in text
    assert set(note.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip


def test_it_goes_to_everybody_who_handles_cases_and_gave_an_address_and_to_nobody_else(
    built: Built, team: Team, smtp: MailServer, box: Postbox
) -> None:
    working = with_mail(built, team, smtp)
    auditor = add_staff(built, team.desk, Role.AUDITOR, "Axel Lindqvist")
    with pytest.raises(NotFound):
        in_unit(built, mail.set_address, None, auditor.staff_id, "axel@example.org")
    in_unit(built, mail.set_address, None, team.ben.staff_id, "")
    in_unit(built, accounts.disable, None, team.ines.staff_id)
    assert send(working) == "sent"
    assert sorted(box.addresses) == ["0@example.org", "3@example.org"]


@pytest.mark.parametrize(
    ("moment", "zone", "comes"),
    [
        ("2026-03-02 07:59", "UTC", False),
        ("2026-03-02 08:00", "UTC", True),
        ("2026-03-02 23:59", "UTC", True),
        ("2026-03-07 12:00", "UTC", False),
        ("2026-03-08 12:00", "UTC", False),
        ("2026-03-06 23:30", "Asia/Tokyo", False),
        ("2026-03-01 23:30", "Asia/Tokyo", True),
        ("2026-03-02 12:30", "America/New_York", False),
        ("2026-03-02 13:30", "America/New_York", True),
        ("2026-03-29 05:30", "Europe/Chisinau", False),
        ("2026-03-30 05:30", "Europe/Chisinau", True),
        ("2026-03-27 05:30", "Europe/Chisinau", False),
    ],
)
def test_it_comes_from_eight_o_clock_on_a_working_day_of_the_office(
    built: Built, smtp: MailServer, box: Postbox, moment: str, zone: str, comes: bool
) -> None:
    office = add_office(built, "Elsewhere", time_zone=zone)
    member = add_reader(built, office, Role.CASE_MANAGER, "Elena Rusu")
    in_unit(built, mail.set_address, None, member.staff_id, "elena@example.org")
    built.clock.moment = datetime.fromisoformat(moment)
    send(replace(built, house=replace(built.house, mail=smtp)))
    assert box.addresses == (["elena@example.org"] if comes else [])


def test_holidays_and_the_week_end_of_the_office_are_kept(built: Built, smtp: MailServer, box: Postbox) -> None:
    office = add_office(built, "Elsewhere", weekend="fri,sat", holidays="2026-03-02")
    member = add_reader(built, office, Role.CASE_MANAGER, "Elena Rusu")
    in_unit(built, mail.set_address, None, member.staff_id, "elena@example.org")
    working = replace(built, house=replace(built.house, mail=smtp))
    came = {}
    for day in ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-06", "2026-03-07", "2026-03-08"):
        built.clock.moment, before = datetime.fromisoformat(f"{day} 12:00"), len(box.taken)
        assert send(working) == "sent"
        came[day] = len(box.taken) > before
    assert [day for day, there in came.items() if there] == ["2026-03-01", "2026-03-03", "2026-03-08"]


def test_it_comes_once_a_day_however_often_the_chore_runs(
    built: Built, team: Team, smtp: MailServer, box: Postbox
) -> None:
    working = with_mail(built, team, smtp)
    for _ in range(5):
        send(working)
        built.clock.forward(hours=2)
    assert len(box.taken) == 4
    built.clock.forward(days=1)
    send(working)
    assert len(box.taken) == 8


def test_a_refused_address_holds_up_nobody_else_and_is_tried_again(
    built: Built, team: Team, smtp: MailServer, box: Postbox
) -> None:
    working = with_mail(built, team, smtp)
    box.refused = {"0@example.org"}
    assert send(working) == "not all sent: the mail server refuses"
    assert len(box.taken) == 3
    box.refused = set()
    assert send(working) == "sent"
    assert sorted(box.addresses) == [f"{number}@example.org" for number in range(4)]


def test_after_a_server_that_was_away_the_note_comes_the_same_day(
    built: Built, team: Team, smtp: MailServer, box: Postbox
) -> None:
    working = with_mail(built, team, smtp)
    with bad_server() as broken:
        assert send(with_mail(built, team, broken)) == "not all sent: the mail server does not answer"
    built.clock.forward(minutes=15)
    assert send(working) == "sent"
    assert len(box.taken) == 4


@pytest.mark.parametrize(
    "lines",
    [
        (b"",),
        (b"220 hello\r\n",),
        (b"220 hello\r\n", b"250 OK\r\n"),
        (b"220 hello\r\n", b"250 OK\r\n", b"250 OK\r\n", b"250 OK\r\n"),
        (b"220 hello\r\n", b"250 OK\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"),
        (b"554 not you\r\n",),
        (b"\xff\xfe" * 2000 + b"\r\n",),
        (b"220 hello\r\n", b"421 busy\r\n"),
    ],
    ids=["at once", "greeted", "named", "recipient", "half-way", "not you", "noise", "busy"],
)
def test_a_server_that_dies_half_way_loses_no_note(built: Built, team: Team, lines: tuple[bytes, ...]) -> None:
    with bad_server(*lines) as broken:
        working = with_mail(built, team, broken)
        assert send(working).startswith("not all sent")
    assert staff_row(built, team.amina).mailed_on is None


@pytest.mark.req("P8")
@pytest.mark.principle("safety")
def test_a_server_that_hangs_holds_up_no_report_and_no_other_chore(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SECONDS", 2.0)
    in_unit(built, chores.ensure)
    with bad_server(b"220 hello\r\n", hang=True) as hanging:
        working = with_mail(built, team, hanging)
        ended: dict[str, str] = {}
        runner = threading.Thread(target=lambda: ended.update(chores.run_due(working.stores, working.house)))
        begun = time.monotonic()
        runner.start()
        time.sleep(0.5)
        assert runner.is_alive(), "it waits for the mail server meanwhile"
        before = time.monotonic()
        send_report(built, team.office, "He keeps sending me messages.")
        assert time.monotonic() - before < 1.0
        assert runner.is_alive()
        runner.join(20)
        assert time.monotonic() - begun < 6
    assert ended["daily-mail"] == "not all sent: the mail server does not answer"
    assert ended["verify-audit"] == "whole"
    with reading(built.stores) as work:
        assert mail.outcome_of(work) == ended["daily-mail"]


@pytest.mark.parametrize("direct", [False, True], ids=["starttls", "tls"])
def test_a_server_that_proves_who_it_is_gets_name_password_and_note(
    built: Built, team: Team, box: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, direct: bool
) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with post_office(box, certificate=certificate, direct=direct) as sealed:
        assert send(with_mail(built, team, sealed)) == "sent"
    assert len(box.taken) == 4
    assert box.signed_in == [not direct] * 4


@pytest.mark.parametrize("direct", [False, True], ids=["starttls", "tls"])
@pytest.mark.parametrize("name", ["127.0.0.1", "mail.example.org"], ids=["unknown", "another host"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    built: Built, team: Team, box: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, direct: bool, name: str
) -> None:
    certificate = make_certificate(tmp_path, name)
    if name != "127.0.0.1":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with post_office(box, certificate=certificate, direct=direct) as sealed:
        assert send(with_mail(built, team, sealed)) == "not all sent: the mail server cannot be trusted"
    assert box.taken == []


def test_a_server_that_does_not_offer_tls_gets_nothing(
    built: Built, team: Team, smtp: MailServer, box: Postbox
) -> None:
    working = with_mail(built, team, replace(smtp, security="starttls"))
    assert send(working) == "not all sent: the mail server cannot be trusted"
    assert box.taken == []


def test_a_wrong_password_is_told_and_ends_the_round(
    built: Built, team: Team, box: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with post_office(box, certificate=certificate) as sealed:
        working = with_mail(built, team, replace(sealed, password="another"))
        assert send(working) == "not all sent: the mail server refuses"
    assert box.taken == []


@pytest.mark.parametrize(
    "address",
    [
        "amina", "amina@", "@example.org", "a b@example.org", "a@example", "a@b@example.org",
        "a@example.org\nBcc: x@y.org", "a@example.org\r\nX: y",
        "Amina <a@example.org>", "a@exämple.org", "a..b@example.org", "a" * 65 + "@example.org",
        "a@" + "b" * 250 + ".org", "a@example.org,b@example.org", "a@example.org\0",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(built: Built, team: Team, address: str) -> None:
    with pytest.raises(NotAName):
        in_unit(built, mail.set_address, None, team.amina.staff_id, address)
    assert staff_row(built, team.amina).mail_address is None


def test_that_an_address_was_changed_is_recorded_but_not_which(built: Built, team: Team) -> None:
    in_unit(built, mail.set_address, team.amina.staff_id, team.amina.staff_id, " amina@example.org ")
    assert staff_row(built, team.amina).mail_address == "amina@example.org"
    assert last_events(built, 1) == [("account_changed", "mail")]


def test_without_settings_no_mail_is_sent(built: Built, team: Team) -> None:
    in_unit(built, mail.set_address, None, team.amina.staff_id, "amina@example.org")
    assert send(built) == "off"
    assert mail.server_of(built.settings) is None
