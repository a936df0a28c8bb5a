"""Showing the passphrase once more before what is most protected opens."""

import pytest

from reporting.services import proof
from reporting.services.errors import NotFound
from reporting.services.sessions import Ticket
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit
from tests.services.people import signed_in


@pytest.mark.req("ASVS-7.5.3")
def test_what_is_most_protected_opens_for_minutes_after_the_passphrase_was_shown_again(
    built: Built, team: Team
) -> None:
    ticket = signed_in(built, team.amina)

    def proved() -> bool:
        with reading(built.stores) as work:
            return proof.is_proved(work, built.house, ticket)

    assert not proved()
    in_unit(built, proof.note_proof, ticket)
    assert proved()
    built.clock.forward(minutes=5)
    assert not proved()
    with reading(built.stores) as work:
        assert not proof.is_proved(work, built.house, Ticket.new())
    with pytest.raises(NotFound):
        in_unit(built, proof.note_proof, Ticket.new())
