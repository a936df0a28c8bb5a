"""What the demonstration holds: the people and cases that it promises, made as real people would make them."""

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from reporting.config import Settings
from reporting.crypto.keyring import open_statistics_key
from reporting.crypto.token import parse
from reporting.demo.cast import PLAYERS
from reporting.demo.folder import FILE, Demonstration, within
from reporting.demo.stories import (
    AFTERWARDS,
    ASKING,
    CHAT,
    DIARY,
    FIELD_TRIP,
    TRAINING,
    TRYING,
    UNANSWERED,
    UNIT_HEAD,
    WITNESSED,
    Story,
)
from reporting.domain.case import CaseKind, Status
from reporting.domain.people import STAFF
from reporting.domain.questions import question
from reporting.domain.sealed.disclosure import People
from reporting.services.actors import Reporter
from reporting.services.evidence.pieces import pieces_in
from reporting.services.house import House
from reporting.services.opening import open_house
from reporting.services.organisation.accounts import check_passphrase, stored_seed
from reporting.services.reading.requests import RequestState
from reporting.services.survivor.follow import CasePage, view
from reporting.services.survivor.tokens import come_back, reporter_from
from reporting.store.database import Stores, reading

STORIES = (UNIT_HEAD, CHAT, TRAINING, AFTERWARDS, WITNESSED, ASKING, FIELD_TRIP, DIARY, UNANSWERED, TRYING)


class Visit:
    """A demonstration, opened."""

    def __init__(self, data: Path) -> None:
        self.settings = within(Settings.from_environment({"REPORTING_DATA": str(data)}))
        self.stores, self.house = self._open()
        self.known = Demonstration.from_json((data / FILE).read_text(encoding="utf-8"))

    def _open(self) -> tuple[Stores, House]:
        return open_house(self.settings)

    def reporter(self, token: str) -> Reporter:
        """Come back with a token as it is printed."""
        return reporter_from(self.house, parse(token))

    def page(self, token: str) -> CasePage:
        """Return her page of the single case that a token opens."""
        reporter = self.reporter(token)
        with reading(self.stores) as work:
            (case_id,) = come_back(work, reporter)
            return view(work, self.house, reporter, case_id)


@pytest.fixture
def visit(demonstration: Path) -> Visit:
    """A demonstration of the test's own, opened."""
    return Visit(demonstration)


def test_every_passphrase_signs_its_person_in(visit: Visit) -> None:
    for account in visit.known.accounts:
        assert len(account.passphrase) >= 15
        with reading(visit.stores) as work:
            found = stored_seed(work, account.username)
        check_passphrase(found, account.passphrase)


def test_every_role_can_be_tried(visit: Visit) -> None:
    assert {account.role for account in visit.known.accounts} == set(STAFF)
    assert Counter(account.office for account in visit.known.accounts)["Regional ombuds desk"] == 2


def test_the_token_opens_a_report_with_an_answer_and_a_question_that_wait(visit: Visit) -> None:
    page = visit.page(visit.known.token)
    assert page.status is Status.ASSESSING
    assert [message.from_reporter for message in page.messages] == [False, True, False]
    assert [request.state for request in page.requests] == [RequestState.WAITING]
    assert page.requests[0].about == "Amina Diallo"
    assert page.was_opened


def test_the_private_record_is_read_by_nobody(visit: Visit) -> None:
    page = visit.page(visit.known.other_tokens["private record"])
    assert (page.status, list(page.readers), page.was_opened) == (Status.PRIVATE, [], False)


def test_the_complaint_lies_at_the_outside_desk_alone(visit: Visit) -> None:
    page = visit.page(visit.known.other_tokens["complaint"])
    assert page.opened.row.kind == CaseKind.COMPLAINT
    assert {reader.office_name for reader in page.readers} == {"Regional ombuds desk"}


def test_cases_stand_at_every_stage_and_one_is_late(demonstration: Path) -> None:
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection:
        statuses = Counter(status for (status,) in connection.execute("SELECT status FROM cases"))
        (late,) = connection.execute(
            "SELECT count(*) FROM cases WHERE due_on < date() AND status = 'received'"
        ).fetchone()
    assert set(statuses) == {"private", "received", "assessing", "addressing", "concluded", "closed", "set_aside"}
    assert sum(statuses.values()) == len(STORIES)
    assert late >= 1


@pytest.mark.req("S26")
def test_somebody_was_told_of_the_late_report_and_it_stands_among_what_lies_still(demonstration: Path) -> None:
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection:
        told = connection.execute("SELECT count(DISTINCT staff_id) FROM escalations GROUP BY case_id").fetchall()
        lying = connection.execute(
            "SELECT count(*) FROM inactions JOIN escalations USING (case_id) WHERE sign = 'unopened'"
        ).fetchone()
        bands = connection.execute("SELECT count(*) FROM inaction_bands").fetchone()
    assert told
    assert lying[0] >= 1
    assert bands[0] >= 4


def test_the_statistics_passphrase_opens_the_statistics_key(visit: Visit) -> None:
    open_statistics_key(visit.settings.keys, visit.known.statistics_passphrase)


@pytest.mark.principle("confidentiality")
def test_nothing_that_is_told_stands_in_a_database_in_clear(demonstration: Path) -> None:
    stored = b"".join(path.read_bytes() for path in demonstration.iterdir() if path.is_file() and path.name != FILE)
    for story in STORIES:
        for said in story.said.values():
            assert not isinstance(said, str) or said.encode() not in stored
        assert all(person.name.encode() not in stored for person in story.named if person.name)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.door.value)
def test_a_story_answers_questions_of_its_own_door(story: Story) -> None:
    assert all(story.door in question(question_id).doors for question_id in story.said)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.door.value)
def test_nobody_who_reads_is_taken_for_somebody_named(story: Story) -> None:
    people = People(named=story.named)
    assert [player.name for player in PLAYERS if people.resembles(player.name)] == []


def test_how_to_get_in_is_kept_for_this_account_of_the_machine_alone(demonstration: Path) -> None:
    assert (demonstration / FILE).stat().st_mode & 0o777 == 0o600
    assert set(json.loads((demonstration / FILE).read_text())) == {
        "accounts",
        "token",
        "other_tokens",
        "statistics_passphrase",
    }


def test_her_evidence_is_of_every_kind_and_its_copies_hide_nothing(visit: Visit) -> None:
    """Only what the machine has no program for may be without a copy."""
    page = visit.page(visit.known.token)
    with reading(visit.stores) as work:
        pieces = [piece.evidence for piece in pieces_in(work, page.opened)]
    kinds = Counter(piece.original.type.partition("/")[0] if piece.original else "words" for piece in pieces)
    assert kinds == {"image": 4, "audio": 1, "application": 2, "text": 1, "words": 2}
    without = {piece.name for piece in pieces if piece.original is not None and piece.clean is None}
    assert without <= {"notes.txt", "voice.wav"}
    (thread,) = {piece.thread for piece in pieces if piece.thread}
    assert re.fullmatch("[0-9a-f]{16}", thread), "a form takes no other, so nothing could be added to the talk"
    assert any(piece.link for piece in pieces)
