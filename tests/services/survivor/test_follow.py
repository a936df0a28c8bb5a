"""Her page says what is true: where her case stands, who can read it, who opened it, and what she may do."""

import pytest

from reporting.domain.case import Act, CaseKind, ItemKind, Status
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.questions import Door
from reporting.domain.reading.consent import Purpose
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.errors import NotFound
from reporting.services.organisation import accounts
from reporting.services.oversight import audit
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing, follow
from reporting.services.survivor.follow import Deed, content_of
from reporting.store.database import reading
from tests.builders import Built, Team, add_office, in_unit, send_report
from tests.services.acts import her_page, read_case, take_up
from tests.services.people import set_columns


@pytest.mark.req("P7")
@pytest.mark.principle("informed_consent")
def test_nobody_has_read_it_until_somebody_opened_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    assert not her_page(built, reporter, case_id).was_opened
    in_unit(built, casework.names_to_check, team.amina, case_id)
    take_up(built, team.amina, case_id)
    assert not her_page(built, reporter, case_id).was_opened
    read_case(built, team.amina, case_id)
    page = her_page(built, reporter, case_id)
    assert page.was_opened
    assert [(line.who, line.action) for line in page.ledger][:2] == [
        ("Amina Diallo", StaffEvent.NAMES_SEEN),
        ("Amina Diallo", StaffEvent.NO_CONFLICT_DECLARED),
    ]


@pytest.mark.principle("respect")
def test_she_reads_what_she_may_do_now(built: Built, team: Team) -> None:
    _, reporter, private = send_report(built, None)
    assert her_page(built, reporter, private).acts == (Act.OPEN, Act.ERASE_LATER)
    _, reporter, case_id = send_report(built, team.office)
    page = her_page(built, reporter, case_id)
    assert (page.status, page.acts) == (Status.RECEIVED, (Act.WITHDRAW, Act.ERASE_LATER))
    assert page.stage.clock == "acknowledge"


@pytest.mark.req("U7")
def test_she_sees_who_reads_and_whom_else_she_could_let_in(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, named=("Ben Okafor",))
    page = her_page(built, reporter, case_id)
    assert [reader.display_name for reader in page.readers] == ["Amina Diallo"]
    assert [(reader.display_name, reader.resembles) for reader in page.others] == [
        ("Ben Okafor", True),
        ("Olga Petrenko", False),
    ]
    assert [reader.office_name for reader in page.others] == ["Geneva", "Outside desk"]


@pytest.mark.req("L1", "U7")
def test_a_complaint_offers_nobody_of_the_team_not_even_whom_she_closed_out(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.COMPLAINT, kind=CaseKind.COMPLAINT)
    in_unit(built, choosing.close_to, reporter, case_id, team.ines.staff_id)
    page = her_page(built, reporter, case_id)
    assert [reader.display_name for reader in (*page.readers, *page.others)] == ["Olga Petrenko"]


@pytest.mark.req("P8")
@pytest.mark.principle("support")
@pytest.mark.parametrize("lost", ["new code", "row without a key", "account gone"])
def test_her_page_opens_whatever_became_of_a_reader(built: Built, team: Team, lost: str) -> None:
    _, reporter, case_id = send_report(built, team.office)
    if lost == "new code":
        in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    elif lost == "row without a key":
        set_columns(built, team.ben.staff_id, public_key=None)
    else:
        set_columns(built, team.ben.staff_id, office_id=add_office(built, "Nairobi").id)
    names = [reader.display_name for reader in her_page(built, reporter, case_id).readers]
    assert names == (["Amina Diallo", "Ben Okafor"] if lost == "account gone" else ["Amina Diallo"])


@pytest.mark.req("P3")
def test_her_own_deeds_are_told_by_day_the_newest_first(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for _ in range(2):
        in_unit(built, choosing.set_consent, reporter, case_id, Purpose.CONTACT, given=True)
    built.clock.forward(days=1)
    in_unit(built, audit.link_days)
    in_unit(built, messages.ask_to_talk, reporter, case_id, "May we talk?")
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        deeds = follow.deeds(work, built.house, opened)
    today = built.house.today()
    assert set(deeds[:2]) == {Deed(today, ReporterEvent.MESSAGE_WRITTEN), Deed(today, ReporterEvent.TALK_ASKED_FOR)}
    assert {deed.action for deed in deeds[2:]} == {ReporterEvent.REPORT_SENT, ReporterEvent.CONSENT_GIVEN}
    assert len(deeds) == 4


@pytest.mark.req("P6")
def test_her_page_is_hers_alone(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    _, stranger, _ = send_report(built, team.office)
    for unseen in (case_id, bytes(16)):
        with pytest.raises(NotFound):
            her_page(built, stranger, unseen)


def test_what_no_key_opens_is_not_found(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        with pytest.raises(NotFound):
            content_of(work, opened, ItemKind.WORKING_TITLE)
