"""Words for hard moments, and messages that are begun: offered in her language, kept sealed, sent only when whole."""

import pytest

from reporting.domain.casework.hard_moments import WORDS, Moment, blanks_left
from reporting.services.casework.messages import thread
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, Team, send_report
from tests.services.acts import take_up
from tests.web.colleague import at_case, at_work

BEGUN = "I have begun to write and was called away."


@pytest.mark.parametrize("moment", list(Moment))
def test_words_are_offered_and_not_sent_while_something_is_left_open(built: Built, team: Team, moment: Moment) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    amina, words = at_work(built, team.amina), WORDS[moment]
    assert words in amina.read(at_case(case_id) + f"?words={moment.value}").replace("\r\n", "\n")
    if not blanks_left(words, words):
        return
    page = amina.do(at_case(case_id, "/messages"), {"message": words})
    assert "Your message is kept as a draft, not sent." in page
    assert words in page
    with reading(built.stores) as work:
        assert thread(work, open_case(work, reporter, built.house, case_id)) == []


def test_an_unknown_moment_offers_nothing(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    page = at_work(built, team.amina).read(at_case(case_id) + "?words=<script>")
    assert "<script>" not in page


@pytest.mark.principle("confidentiality")
def test_a_draft_is_kept_for_its_writer_and_goes_when_it_is_sent(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    amina, ben = at_work(built, team.amina), at_work(built, team.ben)
    assert BEGUN in amina.do(at_case(case_id, "/messages"), {"message": BEGUN, "keep": "yes"})
    assert BEGUN not in ben.read(at_case(case_id))
    with reading(built.stores) as work:
        assert thread(work, open_case(work, reporter, built.house, case_id)) == []
    amina.do(at_case(case_id, "/messages"), {"message": BEGUN})
    assert amina.read(at_case(case_id)).count(BEGUN) == 1, "in the talk, and no longer in the field"
    assert (
        BEGUN not in amina.do(at_case(case_id, "/messages"), {"message": "x", "keep": "yes"}).partition("<form")[2][:0]
    )
    amina.do(at_case(case_id, "/messages"), {"message": "", "keep": "yes"})


def test_brackets_of_ones_own_are_left_alone(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    page = at_work(built, team.amina).do(at_case(case_id, "/messages"), {"message": "See [annex 3] please."})
    assert "See [annex 3] please." in page
    assert "Your message stands" in page
