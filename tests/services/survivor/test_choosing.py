"""Her choices at any time: who reads, what she agrees to, which way it goes."""

import pytest

from reporting.domain.case import CaseKind, NotPossible, Status
from reporting.domain.casework.ways import Way, way_of
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.domain.reading.consent import NewReaders, Purpose
from reporting.domain.sealed.disclosure import People, Person
from reporting.services.errors import ClosedTo, NotAllowed, NotFound
from reporting.services.organisation import accounts
from reporting.services.reading.assignment import assign, recuse
from reporting.services.survivor import choosing, erasure
from tests.builders import Built, Team, add_reader, in_unit, send_report
from tests.services.acts import (
    called,
    her_page,
    holders,
    opens,
    readable,
    story_holders,
    take_up,
)


@pytest.mark.req("U7", "P6")
@pytest.mark.principle("safety")
def test_closing_the_case_to_a_person_takes_every_key_away_and_leaves_the_others_theirs(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    assert in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert not opens(built, team.amina, case_id)
    assert holders(built, case_id) == story_holders(built, case_id) == {team.ben.staff_id}
    assert "disclosure" in readable(built, team.ben, case_id)
    page = her_page(built, reporter, case_id)
    assert [reader.display_name for reader in page.readers] == ["Ben Okafor"]
    assert [reader.display_name for reader in page.others if reader.closed] == ["Amina Diallo"]


@pytest.mark.principle("informed_consent")
def test_she_can_open_the_case_again_to_whom_she_closed_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    in_unit(built, choosing.open_to, reporter, case_id, team.amina.staff_id)
    assert readable(built, team.amina, case_id) >= {"disclosure", "people", "choices"}
    assert her_page(built, reporter, case_id).people.excluded_staff == ()


@pytest.mark.principle("informed_consent")
def test_she_can_open_the_case_again_to_an_investigator_whom_she_closed_out(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    in_unit(built, assign, team.amina, case_id, team.ines.staff_id)
    in_unit(built, choosing.close_to, reporter, case_id, team.ines.staff_id)
    with pytest.raises(ClosedTo):
        in_unit(built, assign, team.amina, case_id, team.ines.staff_id)
    assert "Ines Moreau" in {reader.display_name for reader in her_page(built, reporter, case_id).others}
    in_unit(built, choosing.open_to, reporter, case_id, team.ines.staff_id)
    assert opens(built, team.ines, case_id)


@pytest.mark.req("U7")
def test_a_resembling_name_starts_closed_and_opens_by_her_word(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, named=("A. Diallo",))
    assert not opens(built, team.amina, case_id)
    in_unit(built, choosing.open_to, reporter, case_id, team.amina.staff_id)
    assert opens(built, team.amina, case_id)
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert not opens(built, team.amina, case_id)
    assert her_page(built, reporter, case_id).people.opened_to == ()


@pytest.mark.req("U7", "S18")
@pytest.mark.principle("support")
def test_when_the_last_reader_is_closed_out_the_case_goes_to_the_outside_desk(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia", visible=True))
    for member in (team.amina, team.ben):
        assert in_unit(built, choosing.close_to, reporter, case_id, member.staff_id)
    assert holders(built, case_id) == {team.desk_reader.staff_id}
    assert readable(built, team.desk_reader, case_id) >= {"disclosure", "identity"}
    assert her_page(built, reporter, case_id).status is Status.RECEIVED


@pytest.mark.req("U7")
def test_when_nobody_is_left_anywhere_the_case_is_hers_alone(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for member in (team.amina, team.ben):
        in_unit(built, choosing.close_to, reporter, case_id, member.staff_id)
    assert not in_unit(built, choosing.close_to, reporter, case_id, team.desk_reader.staff_id)
    assert holders(built, case_id) == set()
    assert her_page(built, reporter, case_id).status is Status.WITHDRAWN


@pytest.mark.req("U7")
@pytest.mark.principle("support")
@pytest.mark.parametrize("lost", [accounts.disable, accounts.renew_code], ids=["disabled", "lost the key"])
def test_a_handler_who_cannot_open_it_any_more_does_not_count_as_one_who_is_left(
    built: Built, team: Team, lost: object
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, lost, None, team.ben.staff_id)  # type: ignore[arg-type]  # one of two services
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert opens(built, team.desk_reader, case_id)


@pytest.mark.req("P7")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("end", [erasure.close, erasure.erase_later], ids=["closed", "erasing"])
def test_closing_to_a_person_opens_a_case_that_is_hers_alone_to_nobody(built: Built, team: Team, end: object) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, end, reporter, case_id)  # type: ignore[arg-type]  # one of two services
    before = her_page(built, reporter, case_id).status
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert holders(built, case_id) == set()
    assert not opens(built, team.desk_reader, case_id)
    assert her_page(built, reporter, case_id).status is before


def test_in_a_private_record_she_can_close_out_somebody_beforehand(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None)
    assert in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert her_page(built, reporter, case_id).people.excluded_staff == (team.amina.staff_id.hex(),)


@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("end", [None, erasure.close, erasure.erase_later], ids=["private", "closed", "erasing"])
def test_a_case_that_is_hers_alone_opens_to_nobody_one_by_one(built: Built, team: Team, end: object) -> None:
    _, reporter, case_id = send_report(built, team.office if end else None)
    if end:
        in_unit(built, end, reporter, case_id)  # type: ignore[arg-type]  # one of two services
    with pytest.raises(NotFound):
        in_unit(built, choosing.open_to, reporter, case_id, team.amina.staff_id)


def test_she_can_open_the_case_only_to_people_whom_her_page_offers(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    elsewhere = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak")
    in_unit(built, choosing.open_to, reporter, case_id, elsewhere.staff_id)
    assert opens(built, elsewhere, case_id)
    for stranger in (team.ines.staff_id, bytes(16)):
        with pytest.raises(NotFound):
            in_unit(built, choosing.open_to, reporter, case_id, stranger)


@pytest.mark.req("P6")
def test_only_her_token_chooses_readers(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    _, stranger, _ = send_report(built, team.office)
    for choose in (choosing.close_to, choosing.open_to):
        with pytest.raises(NotFound):
            in_unit(built, choose, stranger, case_id, team.amina.staff_id)


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
def test_the_identity_switch_gives_and_destroys_keys(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    for given in (True, False, True):
        in_unit(built, choosing.set_consent, reporter, case_id, Purpose.IDENTITY, given=given)
        assert [("identity" in readable(built, m, case_id)) for m in (team.amina, team.ben)] == [given, given]
        assert her_page(built, reporter, case_id).identity.visible_to_team is given


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("lost", [accounts.disable, accounts.renew_code], ids=["disabled", "lost the key"])
def test_the_identity_switch_works_although_a_handler_has_no_trusted_key_any_more(
    built: Built, team: Team, lost: object
) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    in_unit(built, lost, None, team.ben.staff_id)  # type: ignore[arg-type]  # one of two services
    in_unit(built, choosing.set_consent, reporter, case_id, Purpose.IDENTITY, given=True)
    assert "identity" in readable(built, team.amina, case_id)
    assert "identity" not in readable(built, team.ben, case_id)


@pytest.mark.req("G1")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("purpose", [Purpose.CONTACT, Purpose.STATISTICS, Purpose.TAKING_PART])
def test_each_consent_is_a_switch_of_its_own(built: Built, team: Team, purpose: Purpose) -> None:
    _, reporter, case_id = send_report(built, team.office)
    before = her_page(built, reporter, case_id).choices
    for given in (True, False):
        in_unit(built, choosing.set_consent, reporter, case_id, purpose, given=given)
        assert her_page(built, reporter, case_id).choices == before.with_consent(purpose, given)


def test_she_can_change_her_mind_about_new_readers(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, choosing.set_new_readers, reporter, case_id, NewReaders.ASK)
    assert her_page(built, reporter, case_id).choices.new_readers is NewReaders.ASK


@pytest.mark.req("U4")
@pytest.mark.principle("respect")
def test_she_can_change_the_way_of_her_case_at_any_time(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for way in (Way.FORMAL, Way.SUPPORT, Way.INFORMAL, Way.SUPPORT, Way.FORMAL):
        in_unit(built, choosing.change_way, reporter, case_id, way)
        page = her_page(built, reporter, case_id)
        assert (way_of(page.choices), page.opened.row.waiting) == (way, True)


@pytest.mark.req("U4", "U9")
def test_support_only_keeps_the_door_she_came_by_and_gives_it_back(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.RETALIATION)
    for way in (Way.SUPPORT, Way.FORMAL):
        in_unit(built, choosing.change_way, reporter, case_id, way)
        choices = her_page(built, reporter, case_id).choices
        assert (way_of(choices), choices.door) == (way, Door.RETALIATION)


def test_a_complaint_has_no_way_to_change(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, kind=CaseKind.COMPLAINT, door=Door.COMPLAINT)
    with pytest.raises(NotAllowed):
        in_unit(built, choosing.change_way, reporter, case_id, Way.SUPPORT)


def test_a_private_record_has_no_way_to_change(built: Built) -> None:
    _, reporter, private = send_report(built, None)
    for way in Way:
        with pytest.raises(NotAllowed):
            in_unit(built, choosing.change_way, reporter, private, way)


def test_names_she_typed_stay_with_her_choice_of_readers(built: Built, team: Team) -> None:
    people = People(named=(Person(name="Zed Zimmer"),), excluded_words=("Zoe",))
    _, reporter, case_id = send_report(built, team.office, people=people)
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    kept = her_page(built, reporter, case_id).people
    assert (kept.named, kept.excluded_words) == (people.named, people.excluded_words)


def test_an_unknown_step_of_hers_is_no_step(built: Built) -> None:
    _, reporter, case_id = send_report(built, None)
    with pytest.raises(NotPossible):
        in_unit(built, erasure.close, reporter, case_id)


@pytest.mark.req("U7")
def test_whoever_left_for_good_does_not_get_the_case_back_when_she_closes_out_the_last(
    built: Built, team: Team
) -> None:
    other = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak")
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, choosing.open_to, reporter, case_id, other.staff_id)
    in_unit(built, recuse, other, case_id)
    for member in (team.amina, team.ben):
        in_unit(built, choosing.close_to, reporter, case_id, member.staff_id)
    assert holders(built, case_id) == {team.desk_reader.staff_id}
