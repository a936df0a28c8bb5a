"""A case with a referral that she agreed to."""

import pytest

from reporting.domain.case import ItemKind
from reporting.services.casework.case import write_note
from reporting.services.casework.messages import write_as_reporter
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import called, take_up
from tests.services.protection.referring import MESSAGE, NAME, NOTE, STORY, Linked, agree, of_kind, offer, ticks


@pytest.fixture
def agreed(built: Built, team: Team) -> Linked:
    """A case in which she agreed that a service reads her account, and not her message."""
    _, reporter, case_id = send_report(built, team.office, STORY, identity=called(NAME))
    take_up(built, team.amina, case_id)
    in_unit(built, write_as_reporter, reporter, case_id, MESSAGE)
    in_unit(built, write_note, team.amina, case_id, NOTE)
    both = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE, ItemKind.MESSAGE)
    assert len(both) == 2
    referral_id = offer(built, team.amina, case_id, both)
    (account,) = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE)
    hers = [one for one in ticks(built, reporter, case_id, referral_id) if one[0] == account]
    agree(built, reporter, case_id, referral_id, hers, "Call after six")
    return reporter, case_id, referral_id
