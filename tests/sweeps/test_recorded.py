"""Every page on which staff read something of a case leaves an event in the record of that case."""

from collections.abc import Callable

import pytest

from reporting.domain.people import Role
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.oversight import audit
from reporting.store.database import reading
from tests.builders import in_unit
from tests.sweeps.world import STRANGER, Sent, World

READERS = {
    Role.CASE_MANAGER.value: lambda world: world.hers,
    Role.INVESTIGATOR.value: lambda world: world.hers,
    Role.OUTSIDE_DESK.value: lambda world: world.desks,
    STRANGER: lambda world: world.foreign,
}
ANSWER, NOTE = "An answer of the team", "A note of the team"


def events(world: World, sent: Sent) -> int:
    """Return how much stands in her ledger."""
    with reading(world.built.stores) as work:
        return len(audit.staff_ledger(work, world.built.house, sent.case_id))


@pytest.mark.req("P7")
@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("who", READERS)
def test_no_page_shows_content_without_an_event_in_her_ledger(fresh: Callable[[], World], who: str) -> None:
    world = fresh()
    sent, member = READERS[who](world), world.staff[who]
    in_unit(world.built, casework.declare_no_conflict, member, sent.case_id)
    in_unit(world.built, messages.write_as_staff, member, sent.case_id, ANSWER)
    in_unit(world.built, casework.write_note, member, sent.case_id, NOTE)
    contents = (*world.marks_of(who), ANSWER, NOTE)
    shown, unrecorded = 0, []
    for rule in world.with_method("GET"):
        before, answer = events(world, sent), world.visitor(who).get(world.url(rule, world.own_of(who)))
        if any(content in answer.text for content in contents):
            shown += 1
            unrecorded += [rule.rule] if events(world, sent) == before else []
    assert unrecorded == []
    assert shown, "the story at least"
