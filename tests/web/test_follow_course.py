"""The course of her case on her pages: support only, an informal offer, mediation, and the outcome or not."""

import re
from typing import Any

import pytest

from reporting.domain.case import Act
from reporting.domain.casework.outcome import Consequence, Finding
from reporting.domain.casework.resolution import Measure
from reporting.domain.casework.ways import Way
from reporting.services.casework import outcome, resolution
from reporting.services.casework.case import take_step
from reporting.services.casework.course import course
from reporting.services.casework.outcome import Decided
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import take_up
from tests.web.her import her_at, plain

pytestmark = on_sqlite


def begun(built: Built, team: Team) -> tuple[Any, Any, bytes]:
    token, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    return token, reporter, case_id


@pytest.mark.req("U4")
@pytest.mark.principle("respect")
def test_she_goes_from_any_way_to_any_other(built: Built, team: Team) -> None:
    token, _, _ = begun(built, team)
    her = her_at(built, token)
    for way, says in (
        ("support", "Support only: the people who read it help you"),
        ("formal", "Formally: an investigation."),
        ("informal", "Informally: someone to talk to."),
        ("support", "Support only"),
        ("informal", "Informally"),
        ("formal", "Formally"),
        ("support", "Support only"),
    ):
        page = plain(her.do("/choices/way", {"door": way}))
        assert f"Now {says}" in page


@pytest.mark.req("U4")
@pytest.mark.principle("informed_consent")
def test_an_offer_stands_on_her_page_until_she_answers_and_she_can_change_her_mind(built: Built, team: Team) -> None:
    token, _, case_id = begun(built, team)
    offer = in_unit(built, resolution.offer, team.amina, case_id, Measure.WORD, "I would speak with him.")
    her = her_at(built, token)
    page = her.read()
    assert "Amina Diallo: A word with the person I would speak with him. Both answers are right." in plain(page)
    found = re.search(r'name="offer" value="([0-9a-f]{16})"', page)
    assert found is not None
    assert offer.id.hex() not in page
    for data in ({"offer": "0" * 16, "answer": "yes"}, {"offer": found[1], "answer": "maybe"}, {}):
        assert her.post(her.page() + "/offer", data).status_code in (400, 404)
    assert "Your yes is saved." in her.do("/offer", {"offer": found[1], "answer": "yes"})
    assert "you said yes" in her.read()
    assert "Nothing of this is done." in her.do("/offer", {"offer": found[1], "answer": "no"})
    assert "you said no" in her.read()


@pytest.mark.req("U10", "U16")
@pytest.mark.principle("informed_consent")
def test_what_comes_next_is_not_promised_again_once_the_outcome_stands_there(built: Built, team: Team) -> None:
    token, _, case_id = begun(built, team)
    her = her_at(built, token)
    in_unit(built, take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    in_unit(built, outcome.record_outcome, team.amina, case_id, Decided(Finding.NONE, "Advice.", frozenset()))
    in_unit(built, take_step, team.amina, case_id, Act.CONCLUDE)
    assert "Before it closes the case, it tells you the outcome here" in plain(her.read())
    in_unit(built, outcome.tell_outcome, team.amina, case_id, "We stay there for you.", frozenset())
    page = plain(her.read())
    assert "Before it closes the case" not in page
    assert "The outcome stands below. You can answer it" in page
    her.do("/choices/outcome", {"answer": "no"})
    page = plain(her.read())
    assert "The outcome stands below" not in page
    assert "You do not want to hear the outcome." in page


@pytest.mark.req("U10")
@pytest.mark.principle("respect")
def test_she_need_not_hear_the_outcome_and_can_hear_it_later(built: Built, team: Team) -> None:
    token, _, case_id = begun(built, team)
    her = her_at(built, token)
    assert "You do not want to hear it." in her.do("/choices/outcome", {"answer": "no"})
    decided = Decided(Finding.NONE, "She wished for advice.", frozenset({Consequence.SUPPORT}))
    in_unit(built, outcome.record_outcome, team.amina, case_id, decided)
    in_unit(built, outcome.tell_outcome, team.amina, case_id, "We stay there for you.", frozenset())
    for step in ("", "/copy"):
        assert "We stay there for you." not in her.read(step)
    assert "it stays folded away until you want to read it" in her.read()
    assert "We stay there for you." in her.do("/choices/outcome", {"answer": "yes"})
    assert "We stay there for you." in her.read("/copy")
    assert "She wished for advice." not in her.read() + her.read("/copy"), "the reasons are the handlers'"
    assert her.post(her.page() + "/choices/outcome", {"answer": "perhaps"}).status_code == 400


@pytest.mark.req("U4")
def test_she_asks_for_mediation_herself_and_can_take_it_back(built: Built, team: Team) -> None:
    token, reporter, case_id = begun(built, team)
    her = her_at(built, token)

    def wanted() -> bool:
        with reading(built.stores) as work:
            return course(work, open_case(work, reporter, built.house, case_id)).wants_mediation

    assert "You asked for mediation." in her.do("/choices/mediation", {"answer": "yes"})
    assert wanted()
    assert "Ask for mediation" in her.do("/choices/mediation", {"answer": "no"})
    assert not wanted()
    assert her.post(her.page() + "/choices/mediation").status_code == 400
    in_unit(built, choosing.change_way, reporter, case_id, Way.FORMAL)
    assert "mediation" not in her.read("/choices")


@pytest.mark.req("P6")
def test_nobody_answers_for_her(built: Built, team: Team) -> None:
    token, _, case_id = begun(built, team)
    in_unit(built, resolution.offer, team.amina, case_id, Measure.WORD, "I would speak with him.")
    page = her_at(built, token)
    found = re.search(r'name="offer" value="([0-9a-f]{16})"', page.read())
    other, _, _ = begun(built, team)
    assert found is not None
    somebody = her_at(built, other)
    assert somebody.post(page.page() + "/offer", {"offer": found[1], "answer": "yes"}).status_code == 404
    assert somebody.post(somebody.page() + "/offer", {"offer": found[1], "answer": "yes"}).status_code == 404
