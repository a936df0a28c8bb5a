"""Who would read: the office she chose, minus everyone she closes it to, and the outside desk behind it."""

import pytest

from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import People, Person
from reporting.services.errors import NotAllowed
from reporting.services.organisation import accounts, offices
from reporting.services.reading import readers
from reporting.services.reading.readers import Audience, audience_of
from reporting.store.database import reading, writing
from reporting.store.offices import Office, find_office
from tests.builders import Built, Team, add_desk, add_office, add_reader, add_staff, in_unit, staff_row, vouch_for
from tests.directory import add_help

NOBODY = People()


def audience(built: Built, office: Office, people: People = NOBODY, *, desk_only: bool = False) -> Audience:
    """Return who would read a report to this office."""
    with reading(built.stores) as work:
        found = find_office(work.main, office.id)
        assert found is not None
        return audience_of(work, built.house, found, people, desk_only=desk_only)


def names(found: tuple[readers.Reader, ...]) -> list[str]:
    """Return the display names of readers."""
    return [reader.display_name for reader in found]


@pytest.mark.req("U6")
def test_a_report_is_read_by_the_case_managers_and_not_yet_by_an_investigator(built: Built, team: Team) -> None:
    found = audience(built, team.office)
    assert names(found.open_to) == ["Amina Diallo", "Ben Okafor"]
    assert names(found.desk_readers) == ["Olga Petrenko"]
    assert not found.goes_to_desk
    assert {reader.office_name for reader in found.open_to} == {"Geneva"}


@pytest.mark.req("U7", "P6")
@pytest.mark.principle("safety")
def test_whom_she_excludes_gets_no_key(built: Built, team: Team) -> None:
    found = audience(built, team.office, People(excluded_staff=(team.amina.staff_id.hex(),)))
    assert names(found.open_to) == ["Ben Okafor"]


@pytest.mark.req("U7", "P6")
@pytest.mark.principle("safety")
def test_a_reader_whose_name_resembles_one_she_gave_starts_closed(built: Built, team: Team) -> None:
    found = audience(built, team.office, People(named=(Person(name="ben okafor"),)))
    assert names(found.open_to) == ["Amina Diallo"]
    closed = next(reader for reader in found.case_managers if reader.closed)
    assert (closed.display_name, closed.resembles) == ("Ben Okafor", True)


@pytest.mark.principle("informed_consent")
def test_she_may_open_it_to_somebody_although_the_name_resembles(built: Built, team: Team) -> None:
    people = People(named=(Person(name="Ben"),), opened_to=(team.ben.staff_id.hex(),))
    assert names(audience(built, team.office, people).open_to) == ["Amina Diallo", "Ben Okafor"]


@pytest.mark.req("U7", "S18")
def test_when_nobody_in_the_office_is_left_it_goes_to_the_outside_desk(built: Built, team: Team) -> None:
    people = People(excluded_words=("Amina", "Okafor"))
    found = audience(built, team.office, people)
    assert found.goes_to_desk
    assert names(found.open_to) == ["Olga Petrenko"]
    everybody = People(excluded_words=("Amina", "Okafor", "Olga"))
    assert audience(built, team.office, everybody).open_to == ()


def test_a_complaint_asks_nobody_in_the_team(built: Built, team: Team) -> None:
    found = audience(built, team.office, desk_only=True)
    assert found.case_managers == ()
    assert names(found.open_to) == ["Olga Petrenko"]


def test_what_is_sent_to_a_desk_itself_is_read_there(built: Built, team: Team) -> None:
    found = audience(built, team.desk)
    assert found.desk is not None
    assert found.desk.id == team.desk.id
    assert names(found.open_to) == ["Olga Petrenko"]


def test_an_office_without_a_desk_has_no_second_line(built: Built, team: Team) -> None:
    lonely = add_office(built, "Nairobi")
    add_reader(built, lonely, Role.CASE_MANAGER, "Chen Wei")
    found = audience(built, lonely)
    assert (names(found.open_to), found.desk, found.desk_readers) == (["Chen Wei"], None, ())
    assert team.office.id != lonely.id


@pytest.mark.req("P5")
def test_only_trusted_active_keys_are_in_the_audience(built: Built, team: Team) -> None:
    add_staff(built, team.office, Role.CASE_MANAGER, "Nobody Vouched", vouched=False)
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    assert names(audience(built, team.office).open_to) == ["Amina Diallo"]


def test_an_account_without_a_key_is_never_taken_for_a_reader(built: Built, team: Team) -> None:
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    with reading(built.stores) as work, pytest.raises(ValueError, match="without a key"):
        readers.as_reader(work, staff_row(built, team.ben), "Geneva", NOBODY)


@pytest.mark.req("G1")
@pytest.mark.principle("safety")
def test_reporting_opens_with_two_case_managers_and_a_staffed_desk_and_not_before(empty: Built) -> None:
    add_help(empty)
    desk = add_desk(empty)
    office = add_office(empty, desk=desk)

    def refused() -> bool:
        try:
            in_unit(empty, offices.open_office, office.id)
        except NotAllowed:
            return True
        return False

    assert refused()
    add_reader(empty, office, Role.CASE_MANAGER, "Amina Diallo")
    add_reader(empty, desk, Role.OUTSIDE_DESK, "Olga Petrenko")
    assert refused()
    ben = add_staff(empty, office, Role.CASE_MANAGER, "Ben Okafor", vouched=False)
    assert refused()
    with writing(empty.stores) as work:
        assert readers.open_offices(work) == []
    vouch_for(empty, ben)
    assert not refused()
    with writing(empty.stores) as work:
        assert [found.id for found in readers.open_offices(work)] == [office.id]


def test_two_case_managers_without_a_desk_are_not_enough(empty: Built) -> None:
    office = add_office(empty)
    for name in ("Amina Diallo", "Ben Okafor"):
        add_reader(empty, office, Role.CASE_MANAGER, name)
    with pytest.raises(NotAllowed):
        in_unit(empty, offices.open_office, office.id)
