"""Every code has words, and every page that the policy allows is in view."""

from enum import StrEnum
from typing import Any

import pytest

from reporting.crypto.passphrases import Weakness
from reporting.domain.case import TRANSITIONS, CaseKind, MacroState, Side, Status
from reporting.domain.casework.assessment import Detriment, Risk
from reporting.domain.casework.classification import ConductKind, Factor, Fork, Party, Path, Setting, Target, Urgency
from reporting.domain.casework.clear_check import CHECKS, Check
from reporting.domain.casework.clocks import Clock
from reporting.domain.casework.interviews import Record, Whom
from reporting.domain.casework.outcome import CONSEQUENCES, TO_HER, Consequence, Finding
from reporting.domain.casework.resolution import MEASURES, Measure
from reporting.domain.casework.tasks import TaskKind, TaskState
from reporting.domain.casework.ways import MEANS, Way
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.people import READERS, STAFF, Role
from reporting.domain.questions import Door
from reporting.policy import Permission, may_enter
from reporting.services.actors import StaffMember
from reporting.services.chores import TASKS
from reporting.services.reading.identity import Ground
from reporting.web.staff import record_words, work_words
from reporting.web.staff import words as staff_words
from reporting.web.staff.forms import weakness_sentence
from reporting.web.staff.navigation import PLACES, places_of
from reporting.web.staff.notices import DONE, NOT_DONE
from tests.builders import Built
from tests.engines import on_sqlite


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (staff_words.ROLES, STAFF),
        (staff_words.STATUSES, Status),
        (staff_words.KINDS, CaseKind),
        (staff_words.DOORS, Door),
        (staff_words.DUE, Clock),
        (staff_words.GROUNDS, Ground),
        (record_words.EVENTS, StaffEvent),
        (record_words.DEEDS, ReporterEvent),
        (record_words.CHORES, TASKS),
        (work_words.CONDUCT, ConductKind),
        (work_words.SETTINGS, Setting),
        (work_words.FACTORS, Factor),
        (work_words.TARGETS, Target),
        (work_words.FORKS, Fork),
        (work_words.PATHS, Path),
        (work_words.URGENCIES, Urgency),
        (work_words.PARTIES, Party),
        (work_words.RISKS, Risk),
        (work_words.DETRIMENTS, Detriment),
        (work_words.TASKS, TaskKind),
        (work_words.TASK_STATES, TaskState),
        (work_words.PARTS, Whom),
        (work_words.RECORDS, Record),
        (work_words.FINDINGS, Finding),
        (work_words.WAYS, Way),
        (MEANS, Way),
        (CONSEQUENCES, Consequence),
        (TO_HER, Finding),
        (MEASURES, Measure),
        (CHECKS, Check),
        (staff_words.STAGES, MacroState),
        (staff_words.STEPS, {row.act for row in TRANSITIONS if row.side is Side.HANDLER}),
        (staff_words.STEP_MEANS, staff_words.STEPS),
    ],
)
def test_every_code_that_staff_can_meet_has_words(table: dict[StrEnum, str], codes: Any) -> None:
    assert set(table) == set(codes)
    assert all(words.strip() for words in table.values())


def test_what_a_page_says_after_a_step_is_said_once() -> None:
    sentences = [*DONE.values(), *NOT_DONE.values()]
    assert len(set(sentences)) == len(sentences)
    assert not DONE.keys() & NOT_DONE.keys()


@pytest.mark.principle("respect")
def test_nobody_is_called_a_victim_or_doubted_in_the_words_of_staff() -> None:
    words = " ".join(
        [
            *record_words.EVENTS.values(),
            *record_words.DEEDS.values(),
            *staff_words.STEP_MEANS.values(),
            *DONE.values(),
            *NOT_DONE.values(),
        ]
    ).lower()
    for word in ("victim", "alleged", "claim", "accus", "perpetrator", "complainant"):
        assert word not in words


@pytest.mark.parametrize("role", sorted(STAFF))
def test_the_pages_in_view_are_those_that_the_policy_allows(role: Role) -> None:
    member = StaffMember(b"", "", "", role, b"", None)  # type: ignore[arg-type]  # no key is needed to look
    shown = places_of(member)
    assert {place.endpoint for place in shown} == {p.endpoint for p in PLACES if may_enter(role, p.permission)}
    assert shown[-1].endpoint == "account.own"
    assert len(shown) > 1, "everybody has a first page of their own"
    assert (shown[0].endpoint == "inbox.first") is (role in READERS)


def test_no_place_in_view_is_for_everybody_or_for_her() -> None:
    for place in PLACES:
        assert not may_enter(Role.ANYONE, place.permission)
        assert not may_enter(Role.SURVIVOR, place.permission)
    assert {place.permission for place in PLACES} <= set(Permission)


@on_sqlite
def test_every_reason_against_a_passphrase_has_a_sentence(built: Built) -> None:
    with built.app.test_request_context("/en/staff"):
        assert len({weakness_sentence(why) for why in Weakness}) == len(Weakness)
