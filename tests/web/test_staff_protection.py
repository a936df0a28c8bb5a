"""The pages on which handlers plan: measures, the named person, assistance. What the program refuses, they explain."""

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.measures import MeasureState
from reporting.domain.questions import Door
from reporting.services.actors import Reporter
from reporting.services.protection import measures
from reporting.services.protection.telling import plans_of
from reporting.services.survivor import follow
from reporting.store.database import reading
from tests.builders import Built, Team, send_report
from tests.engines import on_sqlite
from tests.services.acts import take_up
from tests.services.planning import NAMED, file_for, in_days, keep_safe, known, plan, propose, says
from tests.web.colleague import at_case, at_work, words_of

pytestmark = on_sqlite


def held(built: Built, team: Team, door: Door = Door.FORMAL) -> tuple[Reporter, bytes]:
    _, reporter, case_id = send_report(built, team.office, named=(NAMED,), door=door)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return reporter, case_id


def day(built: Built, count: int) -> str:
    return in_days(built, count).isoformat()


def measure_fields(built: Built, **more: str) -> dict[str, str]:
    usual = {
        "kind": "remote_work",
        "moves": "named",
        "words": "Works from home.",
        "starts_on": day(built, 0),
        "review_on": day(built, 30),
        "replaces": "",
    }
    return {f"measure-{name}": value for name, value in (usual | more).items()}


@pytest.mark.req("U8")
def test_a_measure_is_proposed_begun_looked_at_and_ended(built: Built, team: Team) -> None:
    _, case_id = held(built, team)
    amina = at_work(built, team.amina)
    page = amina.do(at_case(case_id, "/measures"), measure_fields(built))
    assert "Saved. It stands on the reporter’s page now." in page
    (one,) = measures.measures_of(file_for(built, team.amina, case_id))
    it = {"item": one.id.hex()}
    assert "Runs" in amina.do(at_case(case_id, "/measures/begin"), it)
    built.clock.forward(days=30)
    assert "Due" in words_of(at_work(built, team.amina).read(at_case(case_id, "/measures")))
    amina = at_work(built, team.amina)
    assert "Please choose a day that fits" in amina.do(at_case(case_id, "/measures/review"), it | {"again_on": "soon"})
    page = amina.do(at_case(case_id, "/measures/review"), it | {"again_on": day(built, 20)})
    assert "Last looked at" in page
    page = amina.do(at_case(case_id, "/measures/end"), it | {"because": "settled"})
    assert "The case is settled." in words_of(page)


@pytest.mark.req("U8")
@pytest.mark.principle("informed_consent")
def test_the_page_offers_no_beginning_without_her_yes_and_a_forged_one_is_refused(built: Built, team: Team) -> None:
    reporter, case_id = held(built, team)
    measure_id = propose(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    page = amina.read(at_case(case_id, "/measures"))
    assert "It cannot begin before the reporter says yes to it." in page
    assert "/measures/begin" not in page
    fields = {"item": measure_id.hex(), "said": "yes", "answer": "yes", "state": "running"}
    assert "This is not possible now." in amina.do(at_case(case_id, "/measures/begin"), fields)
    assert known(built, reporter, case_id, measure_id).measure.state is MeasureState.PROPOSED


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": " "}, "Please fill this in."),
        ({"kind": "jail"}, "Please choose one."),
        ({"kind": "leave", "moves": "her"}, "Leave as a measure is for the named person only."),
        ({"starts_on": "2020-01-01"}, "This day is over."),
        ({"starts_on": "tomorrow"}, "Please give a day."),
        ({"review_on": "2030-01-01"}, "at most three months later."),
        ({"replaces": "0" * 32}, "Please choose one."),
    ],
)
def test_a_measure_that_cannot_be_comes_back_with_what_was_typed(
    built: Built, team: Team, fields: dict[str, str], sentence: str
) -> None:
    _, case_id = held(built, team)
    page = at_work(built, team.amina).refused(
        at_case(case_id, "/measures"), measure_fields(built, **({"words": "Kept words."} | fields))
    )
    assert sentence in page
    assert "Kept words." in page or fields.get("words") == " "


@pytest.mark.principle("safety")
def test_the_page_of_the_named_person_says_what_is_missing_until_nothing_is(built: Built, team: Team) -> None:
    reporter, case_id = held(built, team)
    amina = at_work(built, team.amina)
    fields = {
        "telling-person": NAMED,
        "telling-tell_on": day(built, 10),
        "telling-by": "The head of conduct",
        "telling-content": "That remarks were reported.",
        "telling-shows": "",
    }
    where = at_case(case_id, "/named-person")
    assert "Please fill this in." in amina.refused(where, fields)
    assert "Tomorrow at the earliest" in amina.refused(
        where, fields | {"telling-shows": "The day.", "telling-tell_on": day(built, 0)}
    )
    page = words_of(amina.do(where, fields | {"telling-shows": "The day."}))
    for missing in ("The day has not come.", "The safety plan has not been looked at", "still has time to do so."):
        assert missing in page
    (one,) = _plans(built, team, case_id)
    forged = {"item": one.hex(), "told_on": day(built, 0), "said": "yes"}
    assert "This is not possible now." in amina.do(where + "/told", forged)
    says(built, reporter, case_id, one, Said.YES)
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=10)
    amina = at_work(built, team.amina)
    assert "Everything is there." in amina.read(where)
    assert "The reporter’s page says that the person has been told." in amina.do(where + "/told", forged)


def test_a_second_person_is_asked_with_a_reason_and_agrees_on_the_page(built: Built, team: Team) -> None:
    reporter, case_id = held(built, team)
    telling_id = plan(built, team.amina, case_id)
    says(built, reporter, case_id, telling_id, Said.NO)
    amina, where, it = at_work(built, team.amina), at_case(case_id, "/named-person"), {"item": telling_id.hex()}
    assert "This is not possible now." in amina.do(where + "/second", it | {"why": " "})
    page = amina.do(where + "/second", it | {"why": "Two others were hurt."})
    assert "A second person is asked now." in page
    page = at_work(built, team.ben).read("/en/staff/approvals")
    assert "Tell the named person without the reporter's yes" in page


@pytest.mark.req("P5")
def test_what_the_named_person_says_stands_on_the_page_of_the_handlers(built: Built, team: Team) -> None:
    _, case_id = held(built, team)
    amina, where = at_work(built, team.amina), at_case(case_id, "/named-person")
    fields = {"side-person": NAMED, "side-kind": "evidence_against", "side-words": "A rota of that week."}
    assert "A rota of that week." in amina.do(where + "/side", fields)
    assert "This is not possible now." in amina.do(where + "/side", fields | {"side-kind": "reply"})
    assert "Please choose one." in amina.refused(where + "/side", fields | {"side-person": "Else"})


@pytest.mark.req("U14")
@pytest.mark.principle("support")
def test_assistance_is_planned_on_its_own_page(built: Built, team: Team) -> None:
    _, case_id = held(built, team)
    amina, where = at_work(built, team.amina), at_case(case_id, "/assistance")
    safety = {"plan-words": "A friend walks along.", "plan-review_on": day(built, 14)}
    assert "A friend walks along." in amina.do(where + "/plan", safety)
    assert "Please choose a day after today." in amina.refused(
        where + "/plan", safety | {"plan-review_on": day(built, 0)}
    )
    again = {"again-words": "How was it?", "again-due_on": day(built, 3)}
    page = amina.do(where + "/follow-up", again)
    assert "How was it?" in page
    assert "This day is over." in amina.refused(where + "/follow-up", again | {"again-due_on": "2020-01-01"})


@pytest.mark.req("U7")
@pytest.mark.parametrize("step", ["/measures", "/named-person", "/assistance", "/referrals"])
def test_who_holds_no_grant_finds_no_such_page_and_who_has_not_declared_sees_the_names_first(
    built: Built, team: Team, step: str
) -> None:
    _, _, case_id = send_report(built, team.office, named=(NAMED,))
    assert at_work(built, team.desk_reader).get(at_case(case_id, step)).status_code == 404
    answer = at_work(built, team.amina).get(at_case(case_id, step))
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/names")


def test_each_opening_of_these_pages_stands_in_her_ledger(built: Built, team: Team) -> None:
    _, case_id = held(built, team)
    amina = at_work(built, team.amina)
    for step in ("/measures", "/named-person", "/assistance"):
        amina.read(at_case(case_id, step))
    with reading(built.stores) as work:
        actions = [line.action for line in follow.ledger(work, built.house, case_id)]
    assert actions.count(StaffEvent.FILE_OPENED) == 3


def _plans(built: Built, team: Team, case_id: bytes) -> list[bytes]:
    return [one.id for one in plans_of(file_for(built, team.amina, case_id))]
