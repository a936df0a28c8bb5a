"""No finding before the named person could answer; what they say is for the handlers alone."""

from datetime import date

import pytest

from reporting.domain.casework.interviews import Whom
from reporting.domain.casework.outcome import Finding
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.named_person import AccountKind, Hindrance, TheirSide
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import People, Person
from reporting.services.actors import Reporter
from reporting.services.casework import interviews, outcome
from reporting.services.casework.interviews import Held
from reporting.services.casework.outcome import Decided
from reporting.services.errors import NotAllowed, NotFound, NotHeard, NotTold
from reporting.services.protection import named_person
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.services.planning import NAMED, file_for, in_days, keep_safe, plan, says, tell

OTHER = "Another Example"


def two_named(built: Built, team: Team) -> tuple[Reporter, bytes]:
    _, reporter, case_id = send_report(built, team.office, named=(NAMED, OTHER), door=Door.FORMAL)
    take_up(built, team.amina, case_id)
    return reporter, case_id


def told(built: Built, team: Team, reporter: Reporter, case_id: bytes, *names: str) -> None:
    plans = [plan(built, team.amina, case_id, person=name, tell_on=in_days(built, 1)) for name in names]
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=1)
    for telling_id in plans:
        says(built, reporter, case_id, telling_id, Said.YES)
        tell(built, team.amina, case_id, telling_id)


def note(built: Built, team: Team, case_id: bytes, kind: AccountKind, person: str = NAMED, words: str = "W.") -> None:
    in_unit(built, named_person.write_side, team.amina, case_id, person, kind, words)


def may_find(built: Built, team: Team, case_id: bytes, people: People | None = None) -> Hindrance | None:
    named = people or People(named=(Person(NAMED), Person(OTHER)))
    return named_person.hindrance(file_for(built, team.amina, case_id), named, built.house.today())


@pytest.mark.req("U7")
def test_there_is_no_finding_before_everyone_named_could_answer(built: Built, team: Team) -> None:
    reporter, case_id = two_named(built, team)
    assert may_find(built, team, case_id) is Hindrance.NOT_TOLD
    told(built, team, reporter, case_id, NAMED)
    assert may_find(built, team, case_id) is Hindrance.NOT_TOLD
    told(built, team, reporter, case_id, OTHER)
    assert may_find(built, team, case_id) is Hindrance.NOT_ASKED
    note(built, team, case_id, AccountKind.REPLY)
    note(built, team, case_id, AccountKind.ASKED, OTHER)
    built.clock.forward(days=13)
    assert may_find(built, team, case_id) is Hindrance.REPLY_OPEN
    built.clock.forward(days=1)
    assert may_find(built, team, case_id) is None


@pytest.mark.req("U7")
def test_an_outcome_about_a_person_waits_until_they_could_answer(built: Built, team: Team) -> None:
    reporter, case_id = two_named(built, team)

    def decide(finding: Finding) -> None:
        in_unit(built, outcome.record_outcome, team.amina, case_id, Decided(finding, "Two mails.", frozenset()))

    for finding in (Finding.SUPPORTED, Finding.PARTLY, Finding.NOT_SUPPORTED):
        with pytest.raises(NotHeard):
            decide(finding)
    decide(Finding.NOT_ENOUGH)
    told(built, team, reporter, case_id, NAMED, OTHER)
    for name in (NAMED, OTHER):
        note(built, team, case_id, AccountKind.REPLY, name)
    decide(Finding.SUPPORTED)


@pytest.mark.principle("safety")
def test_nobody_speaks_with_a_named_person_before_the_day_that_she_knows(built: Built, team: Team) -> None:
    reporter, case_id = two_named(built, team)

    def talk(day: date) -> None:
        held = Held(Whom.NAMED, day, "", True, "He came with a colleague.")
        in_unit(built, interviews.keep_interview, team.amina, case_id, held)

    with pytest.raises(NotTold):
        talk(in_days(built, 0))
    told(built, team, reporter, case_id, NAMED)
    with pytest.raises(NotTold):
        talk(in_days(built, -1))
    talk(in_days(built, 0))


def test_a_recorded_reason_stands_for_an_answer_that_is_not_possible(built: Built, team: Team) -> None:
    _, case_id = two_named(built, team)
    nobody = People()
    assert may_find(built, team, case_id, nobody) is Hindrance.NOT_TOLD
    note(built, team, case_id, AccountKind.NOT_POSSIBLE, "", "Nobody knows who it was.")
    assert may_find(built, team, case_id, nobody) is None
    assert may_find(built, team, case_id) is Hindrance.NOT_TOLD


def test_evidence_alone_is_no_answer(built: Built, team: Team) -> None:
    reporter, case_id = two_named(built, team)
    told(built, team, reporter, case_id, NAMED, OTHER)
    for kind in (AccountKind.EVIDENCE_FOR, AccountKind.EVIDENCE_AGAINST, AccountKind.REPRESENTATIVE):
        note(built, team, case_id, kind)
    assert may_find(built, team, case_id) is Hindrance.NOT_ASKED


def test_nobody_is_asked_to_reply_before_being_told(built: Built, team: Team) -> None:
    _, case_id = two_named(built, team)
    for kind in (AccountKind.ASKED, AccountKind.REPLY):
        with pytest.raises(NotAllowed):
            note(built, team, case_id, kind)
    with pytest.raises(NotAllowed):
        note(built, team, case_id, AccountKind.EVIDENCE_FOR, "Somebody else")
    with pytest.raises(NotAllowed):
        note(built, team, case_id, AccountKind.EVIDENCE_FOR, words="\n ")


@pytest.mark.req("P5")
def test_what_they_say_is_for_the_handlers_alone_and_stands_there_once(built: Built, team: Team) -> None:
    reporter, case_id = two_named(built, team)
    for _ in range(2):
        note(built, team, case_id, AccountKind.EVIDENCE_AGAINST, words="A rota of that week.")
    (kept,) = file_for(built, team.amina, case_id).all(TheirSide)
    assert kept.entry.words == "A rota of that week."
    assert file_for(built, reporter, case_id).all(TheirSide) == []
    with pytest.raises(NotFound):
        in_unit(built, named_person.write_side, team.desk_reader, case_id, NAMED, AccountKind.EVIDENCE_FOR, "W.")
