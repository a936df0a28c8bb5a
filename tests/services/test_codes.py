"""A one-time code on its way waits under the seal of the session of whoever made it."""

import pytest

from reporting.services import codes
from reporting.services.errors import NotFound
from reporting.services.sessions import Ticket
from reporting.store.database import reading
from reporting.store.shred import StaffSession
from tests.builders import Built, Team, in_unit
from tests.services.people import signed_in, staff_name


@pytest.mark.req("P1", "ASVS-14.2.1")
def test_a_code_waits_under_the_seal_of_the_session_until_it_is_handed_over(built: Built, team: Team) -> None:
    ticket = signed_in(built, team.amina)
    in_unit(built, codes.keep_code, ticket, team.ben.staff_id, "abcde-fghjk-mnpqr-stuvw")
    with reading(built.stores) as work:
        code = codes.waiting_code(work, built.house, ticket)
        (row,) = work.shred.query(StaffSession).all()
        assert b"fghjk" not in row.sealed
        assert codes.waiting_code(work, built.house, Ticket.new()) is None
    assert code == codes.Code(team.ben.staff_id, "abcde-fghjk-mnpqr-stuvw")
    in_unit(built, codes.forget_code, ticket)
    with reading(built.stores) as work:
        assert codes.waiting_code(work, built.house, ticket) is None
    assert staff_name(built, ticket) == "Amina Diallo"
    for act, more in ((codes.keep_code, (team.ben.staff_id, "x")), (codes.forget_code, ())):
        with pytest.raises(NotFound):
            in_unit(built, act, Ticket.new(), *more)
