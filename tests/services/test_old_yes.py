"""What must not outlive the key it was meant for: a seat in a case, and a duty once agreed."""

import threading

import pytest

from reporting.crypto.token import draw
from reporting.domain.reading.consent import NewReaders
from reporting.services.casework import case as casework
from reporting.services.errors import NotFound
from reporting.services.reading import assignment
from reporting.services.survivor import choosing, tokens
from reporting.store.database import writing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import grants, opens, readable, take_up
from tests.services.people import enrolled_again
from tests.services.reading.test_identity import approve, claim, name_seen, under_duty

OTHER = "harvest canoe walnut drizzle 7"


@pytest.mark.req("P1")
@pytest.mark.principle("informed_consent")
def test_where_she_is_asked_first_a_new_key_gets_no_notes_before_her_yes(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, new_readers=NewReaders.TELL)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
    in_unit(built, casework.write_note, team.amina, case_id, "Spoke with the head of unit.")
    in_unit(built, choosing.set_new_readers, reporter, case_id, NewReaders.ASK)
    ben = enrolled_again(built, team.ben, OTHER, team.amina)
    in_unit(built, choosing.close_to, reporter, case_id, team.ines.staff_id)
    in_unit(built, casework.view_case, team.amina, case_id)
    assert readable(built, ben, case_id) == set()
    assert not opens(built, ben, case_id)


@pytest.mark.req("P1", "P7")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("how", ["closed out and let in again", "new key"])
def test_a_duty_once_agreed_opens_nothing_for_whoever_left_and_came_back(built: Built, team: Team, how: str) -> None:
    reporter, case_id = under_duty(built, team)
    claim(built, team.amina, case_id)
    approve(built, team.ben, team.desk_reader)
    built.clock.forward(days=7)
    amina = team.amina
    assert name_seen(built, amina, case_id)
    if how == "new key":
        amina = enrolled_again(built, amina, OTHER, team.ben)
        in_unit(built, assignment.assign, team.ben, case_id, amina.staff_id)
    else:
        in_unit(built, choosing.close_to, reporter, case_id, amina.staff_id)
        in_unit(built, choosing.open_to, reporter, case_id, amina.staff_id)
    claim(built, amina, case_id)
    approve(built, team.ben, team.desk_reader)
    with pytest.raises(NotFound):
        name_seen(built, amina, case_id)
    built.clock.forward(days=7)
    assert name_seen(built, amina, case_id)


@pytest.mark.req("P8")
def test_a_token_made_while_somebody_is_closed_out_opens_the_new_keys_too(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    spare = tokens.reporter_from(built.house, draw("en"))
    making = threading.Thread(target=in_unit, args=(built, tokens.add_token, reporter, spare))
    with writing(built.stores) as work:
        choosing.close_to(work, built.house, reporter, case_id, team.amina.staff_id)
        work.main.flush()
        making.start()
        making.join(1)
    making.join()
    held = {
        holder: {(grant.compartment, grant.generation) for grant in grants(built, case_id) if grant.holder == holder}
        for holder in (reporter.holder, spare.holder)
    }
    assert held[reporter.holder] == held[spare.holder]
