"""An administrator with a hand in the database makes no reader and opens nothing (DESIGN, promise 5).

After each attack life goes on: a report comes, somebody leaves, somebody is brought in. Then every case is tried with
the keys that the administrator knows, under every name.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from reporting.domain.people import READERS, Role
from reporting.services.actors import Actor, StaffMember
from reporting.services.casework import case as casework
from reporting.services.errors import NotAllowed, NotFound, Refused
from reporting.services.reading import assignment, identity, trust
from reporting.services.signing_in.sessions import find_staff_of, open_fully, start_staff_session
from reporting.services.survivor import choosing
from reporting.store.cases import Case
from reporting.store.database import reading, writing
from reporting.store.requests import Request
from reporting.store.staff import Staff
from tests.builders import Built, Team, add_staff, in_unit, send_report, staff_row
from tests.services.acts import called, declare_duty, opens, take_up
from tests.services.people import is_trusted
from tests.services.plots import ATTACKS, Plot, swaps_sealed_seeds


@pytest.fixture
def plot(built: Built, team: Team) -> Plot:
    """An administrator who made an account for a reader that does not exist."""
    office = declare_duty(built, team.office)
    administrator = add_staff(built, office, Role.ADMINISTRATOR, "Ada Root")
    puppet = add_staff(built, office, Role.CASE_MANAGER, "Victor Puppet", vouched=False)
    _, reporter, case_id = send_report(built, office, identity=called("Nadia"))
    known = [puppet.pair, administrator.pair]
    return Plot(built, replace(team, office=office), administrator, puppet, reporter, case_id, known)


def tries(built: Built, service: Callable[..., Any], *arguments: object) -> None:
    """Carry out a service; a refusal is as good as an answer."""
    try:
        in_unit(built, service, *arguments)
    except Refused:
        return


def life_goes_on(plot: Plot) -> None:
    """A report comes, somebody leaves, somebody is brought in; what is refused is refused."""
    built, team, case_id = plot.built, plot.team, plot.case_id
    try:
        send_report(built, team.office, identity=called("Zoe", visible=True))
    except Refused:
        assert not is_trusted(built, team.amina.staff_id)
    everybody = (plot.puppet, plot.administrator, team.ines, team.amina)
    for member in (team.amina, team.ben):
        tries(built, casework.declare_no_conflict, member, case_id)
        for other in everybody:
            tries(built, assignment.assign, member, case_id, other.staff_id)
    for other in (plot.puppet, plot.administrator):
        tries(built, choosing.open_to, plot.reporter, case_id, other.staff_id)
    tries(built, choosing.close_to, plot.reporter, case_id, team.ben.staff_id)
    tries(built, assignment.recuse, team.amina, case_id)


def disguises(plot: Plot) -> Iterator[StaffMember]:
    """Yield the two keys that the administrator knows, under every name and role that there is."""
    with reading(plot.built.stores) as work:
        names = list(work.main.scalars(select(Staff.id)))
    for pair in plot.known:
        for staff_id in names:
            yield replace(plot.puppet, staff_id=staff_id, pair=pair)


def open_to(plot: Plot) -> list[bytes]:
    """Return the cases that open with a key of the administrator's, staff's or reporter's side alike."""
    with reading(plot.built.stores) as work:
        cases = list(work.main.scalars(select(Case.id)))
    hers = [replace(plot.reporter, pair=pair) for pair in plot.known]
    actors: list[Actor] = [*disguises(plot), *hers]
    return [case_id for case_id in cases if any(opens(plot.built, actor, case_id) for actor in actors)]


@pytest.mark.req("P5", "U7")
@pytest.mark.principle("prevention")
@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.__name__ for attack in ATTACKS])
def test_a_puppet_gets_nothing_sealed_to_it_and_opens_nothing(plot: Plot, attack: Callable[[Plot], None]) -> None:
    attack(plot)
    assert not any(is_trusted(plot.built, who.staff_id) for who in (plot.puppet, plot.administrator))
    life_goes_on(plot)
    assert open_to(plot) == []


def test_the_search_for_a_case_that_opens_would_find_one(plot: Plot) -> None:
    plot.known.append(plot.team.amina.pair)
    assert open_to(plot) == [plot.case_id]


@pytest.mark.req("P5")
@pytest.mark.principle("prevention")
def test_a_puppet_can_vouch_for_nobody_and_approve_nothing(plot: Plot) -> None:
    words = trust.fingerprint(staff_row(plot.built, plot.puppet))
    for voucher in (plot.administrator, plot.puppet):
        for role in READERS:
            with pytest.raises((NotAllowed, NotFound)):
                in_unit(plot.built, trust.vouch, replace(voucher, role=role), plot.puppet.staff_id, words)
    take_up(plot.built, plot.team.amina, plot.case_id)
    in_unit(plot.built, identity.ask_by_duty, plot.team.amina, plot.case_id, identity.Ground.COURT_ORDER)
    with reading(plot.built.stores) as work:
        request_id = work.main.scalars(select(Request.id)).one()
        assert identity.to_approve(work, plot.built.house, plot.puppet) == []
    with pytest.raises(NotFound):
        in_unit(plot.built, identity.approve, plot.puppet, request_id)


@pytest.mark.req("P5")
def test_a_session_whose_key_is_not_that_of_the_account_is_no_session(plot: Plot) -> None:
    """The puppet's passphrase opens Amina's account after a swap of sealed seeds, and still nobody is signed in."""
    swaps_sealed_seeds(plot)
    with writing(plot.built.stores) as work:
        ticket = start_staff_session(work, plot.built.house, plot.team.amina.staff_id, plot.puppet.pair.seed)
        ticket = open_fully(work, plot.built.house, ticket)
    with reading(plot.built.stores) as work:
        assert find_staff_of(work, plot.built.house, ticket) is None
