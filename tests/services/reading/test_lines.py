"""Who reports to whom: entered by the administrator, never in a circle, and only ever closing."""

import pytest

from reporting.domain.people import Role
from reporting.services.errors import DoesNotFit, NotFound
from reporting.services.reading.lines import above, line_of, set_supervisor
from reporting.store.database import reading
from reporting.store.staff import find_staff
from tests.builders import Built, Team, add_office, add_staff, in_unit
from tests.services.people import last_events, set_columns


def over(built: Built, staff_id: bytes) -> frozenset[str]:
    """Return whom and what a person works under."""
    with reading(built.stores) as work:
        staff = find_staff(work.main, staff_id)
        assert staff is not None
        return above(work, staff)


def under(built: Built, over_id: bytes) -> set[str]:
    """Return who works under a person or in the line of an office."""
    with reading(built.stores) as work:
        return {staff.display_name for staff in line_of(work, over_id)}


@pytest.mark.req("U7")
def test_a_line_reaches_as_far_as_people_report(built: Built, team: Team) -> None:
    in_unit(built, set_supervisor, None, team.ines.staff_id, team.ben.staff_id)
    in_unit(built, set_supervisor, None, team.ben.staff_id, team.amina.staff_id)
    assert under(built, team.amina.staff_id) == {"Ben Okafor", "Ines Moreau"}
    assert under(built, team.ben.staff_id) == {"Ines Moreau"}
    assert over(built, team.ines.staff_id) >= {team.amina.staff_id.hex(), team.ben.staff_id.hex()}
    assert last_events(built, 1) == [("account_changed", "")]


@pytest.mark.req("U7")
def test_the_line_of_an_office_are_those_who_work_in_it_or_under_it(built: Built, team: Team) -> None:
    unit = add_office(built, "Field unit", desk=team.desk, parent_id=team.office.id)
    add_staff(built, unit, Role.CASE_MANAGER, "Farah Haddad", vouched=False)
    assert under(built, team.office.id) == {"Amina Diallo", "Ben Okafor", "Ines Moreau", "Farah Haddad"}
    assert under(built, unit.id) == {"Farah Haddad"}


def test_nobody_comes_to_report_to_themselves(built: Built, team: Team) -> None:
    in_unit(built, set_supervisor, None, team.ben.staff_id, team.amina.staff_id)
    for boss in (team.amina.staff_id, team.ben.staff_id, b"x" * 16):
        with pytest.raises(DoesNotFit):
            in_unit(built, set_supervisor, None, team.amina.staff_id, boss)
    with pytest.raises(NotFound):
        in_unit(built, set_supervisor, None, b"x" * 16, team.amina.staff_id)


def test_a_circle_in_the_bare_database_ends(built: Built, team: Team) -> None:
    set_columns(built, team.ben.staff_id, supervisor_id=team.amina.staff_id)
    set_columns(built, team.amina.staff_id, supervisor_id=team.ben.staff_id)
    assert team.ben.staff_id.hex() in over(built, team.amina.staff_id)
    assert under(built, team.amina.staff_id) == {"Ben Okafor"}


def test_to_report_to_nobody_again_ends_the_line(built: Built, team: Team) -> None:
    in_unit(built, set_supervisor, None, team.ben.staff_id, team.amina.staff_id)
    in_unit(built, set_supervisor, None, team.ben.staff_id, None)
    assert under(built, team.amina.staff_id) == set()
