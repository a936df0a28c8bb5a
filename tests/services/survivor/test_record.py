"""A record that only she opens: going on with it, opening it to an office, coming back to a closed case."""

from dataclasses import replace

import pytest

from reporting.domain.case import CaseKind, Compartment, Part, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.questions import CATALOGUE_VERSION, Door
from reporting.domain.reading.consent import NewReaders, Purpose
from reporting.domain.sealed.disclosure import Answer, AnswerState, Choices, Disclosure, Identity, People
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.errors import AlreadySent, NobodyLeft, NotAllowed, NotFound
from reporting.services.reading import identity
from reporting.services.reading.readers import Audience, audience_of
from reporting.services.survivor import choosing, erasure, record
from reporting.services.survivor.report import Submission
from reporting.store.database import reading
from reporting.store.offices import Office, find_office
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import (
    called,
    close_by_two,
    conclude,
    declare_duty,
    grants,
    her_page,
    holders,
    opens,
    readable,
    take_up,
)


def audience(built: Built, office: Office, people: People | None = None) -> Audience:
    """Return who would read at an office."""
    with reading(built.stores) as work:
        found = find_office(work.main, office.id)
        assert found is not None
        work.main.refresh(found)
        return audience_of(work, built.house, found, people or People())


def submission(text: str, *, about: Identity | None = None) -> Submission:
    """Return what she writes the second time."""
    answers = (Answer("account.story", "In your own words", AnswerState.ANSWERED, text),)
    return Submission(
        Disclosure(CATALOGUE_VERSION, "en", Door.PRIVATE, answers, "2026-03-02"),
        People(),
        Choices(Door.PRIVATE, "en", new_readers=NewReaders.TELL),
        about or Identity(),
    )


def open_it(built: Built, reporter: Reporter, case_id: bytes, to: Audience) -> None:
    """Open a record to an office, for someone to talk to."""
    in_unit(built, record.open_to_office, reporter, case_id, to, Door.INFORMAL)


@pytest.mark.req("U4", "P1")
@pytest.mark.principle("informed_consent")
def test_a_private_record_opens_to_an_office_when_she_wants_and_to_nobody_before(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None, "Mine.", identity=called("Nadia"))
    built.clock.forward(days=40)
    open_it(built, reporter, case_id, audience(built, team.office))
    assert holders(built, case_id) == {team.amina.staff_id, team.ben.staff_id}
    assert readable(built, team.amina, case_id) == {"disclosure", "people", "choices"}
    page = her_page(built, reporter, case_id)
    assert (page.status, page.choices.door, page.opened.row.waiting) == (Status.RECEIVED, Door.INFORMAL, True)
    assert page.opened.row.received_on == built.house.today()
    take_up(built, team.amina, case_id)
    in_unit(built, casework.name_case, team.amina, case_id, "The stairs")
    assert in_unit(built, casework.view_case, team.amina, case_id).title == "The stairs"


@pytest.mark.req("U3")
@pytest.mark.parametrize("visible", [True, False])
def test_opening_a_record_shows_her_identity_only_where_she_said_so(built: Built, team: Team, visible: bool) -> None:
    _, reporter, case_id = send_report(built, None, identity=called("Nadia", visible=visible))
    open_it(built, reporter, case_id, audience(built, team.office))
    assert ("identity" in readable(built, team.amina, case_id)) is visible


def test_what_she_wrote_can_be_written_anew_while_it_is_hers_alone(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None, "First.")
    in_unit(built, record.rewrite_record, reporter, case_id, submission("Second.", about=called("Nadia")))
    page = her_page(built, reporter, case_id)
    assert page.disclosure.answers[0].text == "Second."
    assert page.identity.answers[0].text == "Nadia"
    assert not opens(built, team.amina, case_id)


@pytest.mark.req("P8")
def test_what_somebody_reads_already_is_not_written_anew_and_a_second_send_is_known(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None, "First.")
    again = submission("Second.")
    in_unit(built, record.rewrite_record, reporter, case_id, again)
    open_it(built, reporter, case_id, audience(built, team.office))
    with pytest.raises(AlreadySent):
        in_unit(built, record.rewrite_record, reporter, case_id, again)
    with pytest.raises(NotAllowed):
        in_unit(built, record.rewrite_record, reporter, case_id, submission("Third."))
    assert her_page(built, reporter, case_id).disclosure.answers[0].text == "Second."


@pytest.mark.req("U7")
def test_a_record_opens_to_nobody_where_everybody_is_closed_out(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None)
    out = People(excluded_words=("Amina", "Ben", "Olga"))
    with pytest.raises(NobodyLeft):
        open_it(built, reporter, case_id, audience(built, team.office, out))
    assert her_page(built, reporter, case_id).status is Status.PRIVATE


@pytest.mark.req("P7")
@pytest.mark.parametrize("state", ["received", "closed by staff", "erasing"])
def test_a_case_that_is_not_hers_alone_is_not_opened_to_a_second_office(built: Built, team: Team, state: str) -> None:
    _, reporter, case_id = send_report(built, team.office)
    if state == "closed by staff":
        close_by_staff(built, team, reporter, case_id)
    elif state == "erasing":
        in_unit(built, erasure.erase_later, reporter, case_id)
    before = holders(built, case_id)
    with pytest.raises(NotAllowed):
        open_it(built, reporter, case_id, audience(built, team.desk))
    assert holders(built, case_id) == before


def close_by_staff(built: Built, team: Team, reporter: Reporter, case_id: bytes) -> None:
    """Take a case to its end; she does not want to hear the outcome."""
    take_up(built, team.amina, case_id)
    conclude(built, team.amina, reporter, case_id)
    close_by_two(built, team.amina, team.ben, case_id)


@pytest.mark.req("U4")
@pytest.mark.principle("respect")
def test_a_case_that_she_closed_opens_again_to_readers_she_chooses_anew(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia", visible=True))
    in_unit(built, erasure.close, reporter, case_id)
    with pytest.raises(NotAllowed):
        in_unit(built, record.reopen, reporter, case_id)
    out = People(excluded_staff=(team.amina.staff_id.hex(),))
    open_it(built, reporter, case_id, audience(built, team.office, out))
    assert not opens(built, team.amina, case_id)
    assert readable(built, team.ben, case_id) >= {"disclosure", "identity"}
    take_up(built, team.ben, case_id)
    in_unit(built, casework.write_note, team.ben, case_id, "Again with us.")


@pytest.mark.req("U9", "U10")
def test_a_case_that_staff_closed_is_reopened_with_the_same_readers(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    close_by_staff(built, team, reporter, case_id)
    closed = her_page(built, reporter, case_id)
    assert (closed.status, closed.opened.row.keep_until is not None) == (Status.CLOSED, True)
    in_unit(built, record.reopen, reporter, case_id)
    page = her_page(built, reporter, case_id)
    assert (page.status, page.opened.row.due_what, page.opened.row.keep_until) == (
        Status.ASSESSING,
        Clock.FEEDBACK,
        None,
    )
    assert page.opened.row.waiting
    assert opens(built, team.amina, case_id)


@pytest.mark.req("U3")
def test_a_duty_that_is_declared_where_she_opens_it_covers_what_is_sealed_under_older_keys(
    built: Built, team: Team
) -> None:
    office = declare_duty(built, team.office)
    _, reporter, case_id = send_report(built, office, identity=called("Nadia"))
    in_unit(built, erasure.close, reporter, case_id)
    in_unit(
        built,
        record.open_to_office,
        reporter,
        case_id,
        audience(built, office),
        Door.INFORMAL,
        duty="Child protection act",
    )
    halves = {(g.holder, g.generation) for g in grants(built, case_id) if g.part == Part.HANDLERS_HALF}
    assert {generation for _, generation in halves} == {1, 2}
    take_up(built, team.amina, case_id)
    in_unit(built, identity.ask_by_duty, team.amina, case_id, identity.Ground.COURT_ORDER)
    for approver in (team.ben, team.desk_reader):
        (asked,) = in_unit(built, identity.to_approve, approver)
        in_unit(built, identity.approve, approver, asked.request_id)
    built.clock.forward(days=2)
    assert in_unit(built, identity.see_identity, team.amina, case_id).answers[0].text == "Nadia"


@pytest.mark.req("P6")
def test_a_record_of_somebody_else_is_not_found(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, None)
    _, stranger, _ = send_report(built, None)
    with pytest.raises(NotFound):
        in_unit(built, record.rewrite_record, stranger, case_id, submission("Mine?"))
    with pytest.raises(NotFound):
        open_it(built, stranger, case_id, audience(built, team.office))
    with pytest.raises(NotFound):
        in_unit(built, record.reopen, stranger, case_id)


def test_her_consents_before_opening_hold_after_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None)
    for purpose in (Purpose.STATISTICS, Purpose.IDENTITY):
        in_unit(built, choosing.set_consent, reporter, case_id, purpose, given=True)
    before = her_page(built, reporter, case_id).choices
    open_it(built, reporter, case_id, audience(built, team.office))
    assert her_page(built, reporter, case_id).choices == replace(before, door=Door.INFORMAL)
    assert her_page(built, reporter, case_id).opened.row.kind == CaseKind.REPORT
    assert [g.compartment for g in grants(built, case_id) if g.holder == team.amina.holder].count(
        Compartment.IDENTITY
    ) == 1
