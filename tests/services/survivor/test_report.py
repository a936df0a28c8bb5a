"""From what she wrote to a case: sealed before the transaction begins, added once, and never half."""

import pytest
from sqlalchemy import select

from reporting.crypto.errors import TooLong
from reporting.crypto.token import draw
from reporting.domain.case import CaseKind, Compartment, Part, Status
from reporting.domain.questions import CATALOGUE_VERSION, Door
from reporting.domain.sealed.disclosure import Choices, Disclosure, Identity, People
from reporting.services.actors import Reporter
from reporting.services.errors import AlreadySent, NobodyLeft, ReadersChanged
from reporting.services.organisation import accounts
from reporting.services.reading.readers import audience_of
from reporting.services.survivor import tokens
from reporting.services.survivor.report import SealedCase, Submission, seal_report, submit_report
from reporting.store.audit import AuditPending
from reporting.store.cases import Case
from reporting.store.database import reading, writing
from reporting.store.holdings import Holding
from reporting.store.offices import Office, find_office
from reporting.store.reporters import Reporter as ReporterRow
from tests.builders import Built, Team, add_office, in_unit, send_report, sign_law
from tests.services.acts import called, count, declare_duty, grants, her_page, holders, opens, readable


def sealed_for(built: Built, office: Office) -> tuple[Reporter, SealedCase]:
    """Seal a report that is not added yet."""
    reporter = tokens.reporter_from(built.house, draw("en"))
    submission = Submission(
        Disclosure(CATALOGUE_VERSION, "en", Door.INFORMAL, (), built.house.today().isoformat()),
        People(),
        Choices(Door.INFORMAL, "en"),
        Identity(),
    )
    with reading(built.stores) as work:
        found = find_office(work.main, office.id)
        assert found is not None
        audience = audience_of(work, built.house, found, submission.people)
    return reporter, seal_report(built.house, reporter, submission, audience, today=built.house.today())


def acts_of(built: Built) -> list[str]:
    """Return what reporters did today."""
    with reading(built.stores) as work:
        return sorted(work.main.scalars(select(AuditPending.action)))


@pytest.mark.req("U2", "P1")
def test_a_report_is_received_by_the_case_managers_of_its_office(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    page = her_page(built, reporter, case_id)
    assert page.status is Status.RECEIVED
    assert [reader.display_name for reader in page.readers] == ["Amina Diallo", "Ben Okafor"]
    assert page.due_on is not None
    assert page.due_on.isoformat() == "2026-03-04"
    assert page.opened.row.waiting
    assert not page.is_complaint
    assert holders(built, case_id) == {team.amina.staff_id, team.ben.staff_id}
    assert acts_of(built) == ["report_sent"]


@pytest.mark.req("U3", "P1")
@pytest.mark.principle("confidentiality")
def test_a_private_record_opens_for_her_token_alone(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None)
    page = her_page(built, reporter, case_id)
    assert (page.status, page.office, page.due_on) == (Status.PRIVATE, None, None)
    assert not page.readers
    assert not page.others
    assert not holders(built, case_id)
    assert not any(opens(built, member, case_id) for member in (team.amina, team.ben, team.desk_reader))
    assert {grant.holder for grant in grants(built, case_id)} == {reporter.holder}
    assert acts_of(built) == ["record_kept"]


@pytest.mark.req("L1")
@pytest.mark.principle("support")
def test_a_complaint_goes_past_the_team_to_the_outside_desk(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.COMPLAINT, kind=CaseKind.COMPLAINT)
    assert opens(built, team.desk_reader, case_id)
    assert not any(opens(built, member, case_id) for member in (team.amina, team.ben, team.ines))
    assert her_page(built, reporter, case_id).is_complaint
    assert acts_of(built) == ["complaint_sent"]


@pytest.mark.req("P8")
def test_a_second_send_of_the_same_draft_finds_the_case_already_there(built: Built, team: Team) -> None:
    reporter, sealed = sealed_for(built, team.office)
    _, again = sealed_for(built, team.office)
    in_unit(built, submit_report, reporter, sealed)
    with pytest.raises(AlreadySent):
        in_unit(built, submit_report, reporter, again)
    assert count(built, Case) == 1


@pytest.mark.req("U7")
@pytest.mark.parametrize("change", ["disabled", "new key"])
def test_a_reader_who_lost_the_account_or_key_since_the_sealing_stops_the_sending(
    built: Built, team: Team, change: str
) -> None:
    reporter, sealed = sealed_for(built, team.office)
    end = accounts.disable if change == "disabled" else accounts.renew_code
    in_unit(built, end, None, team.ben.staff_id)
    with pytest.raises(ReadersChanged):
        in_unit(built, submit_report, reporter, sealed)
    assert [count(built, table) for table in (Case, Holding, ReporterRow)] == [0, 0, 0]


@pytest.mark.req("U7")
@pytest.mark.principle("safety")
def test_an_audience_that_is_closed_out_to_the_last_person_is_refused(built: Built, team: Team) -> None:
    everybody = tuple(member.staff_id.hex() for member in (team.amina, team.ben, team.desk_reader))
    with pytest.raises(NobodyLeft):
        send_report(built, team.office, people=People(excluded_staff=everybody))


@pytest.mark.req("P8")
def test_a_text_beyond_the_largest_class_is_refused_before_anything_is_stored(built: Built, team: Team) -> None:
    with pytest.raises(TooLong):
        send_report(built, team.office, "a" * (1024 * 1024))
    assert count(built, Case) == 0


@pytest.mark.req("P8", "U2")
@pytest.mark.principle("non_discrimination")
def test_a_long_text_in_any_script_is_kept_to_the_letter(built: Built, team: Team) -> None:
    text = "مرحبا\u200f 👩🏽‍⚖️ \u202eabc\u202c " * 4000
    _, reporter, case_id = send_report(built, team.office, text)
    assert her_page(built, reporter, case_id).disclosure.answers[0].text == text


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
def test_what_she_wrote_about_herself_opens_for_the_team_only_where_she_said_so(built: Built, team: Team) -> None:
    _, _, shown = send_report(built, team.office, identity=called("Nadia", visible=True))
    _, _, kept = send_report(built, team.office, identity=called("Nadia"))
    assert "identity" in readable(built, team.amina, shown)
    assert "identity" not in readable(built, team.amina, kept)


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
def test_where_no_duty_is_declared_no_half_of_her_identity_key_exists(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    of_identity = [grant for grant in grants(built, case_id) if grant.compartment == Compartment.IDENTITY]
    assert [(grant.holder, grant.part) for grant in of_identity] == [(reporter.holder, Part.WHOLE)]


@pytest.mark.req("U3")
def test_a_declared_duty_gives_one_half_to_each_side_and_both_to_nobody(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, declare_duty(built, team.office), identity=called("Nadia"))
    halves = {(g.holder, g.part) for g in grants(built, case_id) if g.part != Part.WHOLE}
    handlers = {(member.holder, Part.HANDLERS_HALF.value) for member in (team.amina, team.ben)}
    assert halves == handlers | {(team.desk_reader.holder, Part.DESK_HALF.value)}
    assert not opens(built, team.desk_reader, case_id)
    assert "identity" not in readable(built, team.amina, case_id)


@pytest.mark.req("U3", "S12")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("shown", ["", "Child protection act, as it was", "child protection act"])
def test_a_duty_that_she_was_not_shown_in_these_words_gives_no_halves(built: Built, team: Team, shown: str) -> None:
    office = declare_duty(built, team.office)
    _, _, case_id = send_report(built, office, identity=called("Nadia"), shown=("", shown))
    assert {grant.part for grant in grants(built, case_id)} == {Part.WHOLE}


@pytest.mark.req("U3", "S12")
@pytest.mark.principle("informed_consent")
def test_a_duty_gives_halves_until_the_last_day_of_its_profile_and_none_from_the_next_on(
    built: Built, team: Team
) -> None:
    office = sign_law(built, team.office, days=10, identity_duty="Child protection act")
    built.clock.forward(days=10)
    _, _, in_time = send_report(built, office, shown=("", "Child protection act"))
    built.clock.forward(days=1)
    _, _, too_late = send_report(built, office, shown=("", "Child protection act"))
    assert Part.HANDLERS_HALF in {grant.part for grant in grants(built, in_time)}
    assert {grant.part for grant in grants(built, too_late)} == {Part.WHOLE}


@pytest.mark.req("U3", "S12")
def test_the_law_of_another_country_gives_no_halves(built: Built, team: Team) -> None:
    elsewhere = add_office(built, "Nairobi", country="KE")
    sign_law(built, elsewhere, identity_duty="Child protection act")
    _, _, case_id = send_report(built, team.office, shown=("", "Child protection act"))
    assert {grant.part for grant in grants(built, case_id)} == {Part.WHOLE}


@pytest.mark.req("U3", "U7")
def test_a_report_that_goes_to_the_desk_has_no_halves(built: Built, team: Team) -> None:
    """Both sides would be the same people, and one of them could open it alone."""
    out = tuple(member.staff_id.hex() for member in (team.amina, team.ben))
    office = declare_duty(built, team.office)
    _, _, case_id = send_report(built, office, people=People(excluded_staff=out), identity=called("Nadia"))
    assert opens(built, team.desk_reader, case_id)
    assert {grant.part for grant in grants(built, case_id)} == {Part.WHOLE}


@pytest.mark.req("U11")
def test_two_cases_may_stand_under_one_token(built: Built, team: Team) -> None:
    token, reporter, first = send_report(built, team.office)
    _, _, second = send_report(built, team.office, token=token, door=Door.RETALIATION)
    assert opens(built, reporter, first)
    assert opens(built, reporter, second)
    assert count(built, ReporterRow) == 1
    with writing(built.stores) as work:
        assert sorted(tokens.come_back(work, reporter)) == sorted([first, second])
