"""Whatever is sent again is there once: by token, by the case drawn with the draft, by what stands in the record."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from reporting.crypto.token import draw
from reporting.domain.questions import CATALOGUE_VERSION, Door
from reporting.domain.sealed.disclosure import Answer, AnswerState, Choices, Disclosure, Identity, People
from reporting.services.actors import Reporter
from reporting.services.errors import AlreadySent, NotAllowed
from reporting.services.reading.readers import audience_of
from reporting.services.survivor.drafts import DraftKey, find_draft, forget_token, keep_draft, mark_sent, new_draft
from reporting.services.survivor.record import open_to_office, rewrite_record
from reporting.services.survivor.report import Submission, seal_report, submit_report
from reporting.store.cases import Case
from reporting.store.database import add_first, reading, writing
from reporting.store.offices import Office
from reporting.store.reporters import Reporter as ReporterRow
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import count

CASE_ID = bytes(range(16))


def written(built: Built, text: str = "As it was") -> Submission:
    """Return something to send."""
    answers = (Answer("account.story", "In your own words", AnswerState.ANSWERED, text),)
    disclosure = Disclosure(CATALOGUE_VERSION, "en", Door.INFORMAL, answers, built.house.today().isoformat())
    return Submission(disclosure, People(), Choices(Door.INFORMAL, "en"), Identity())


def add(built: Built, reporter: Reporter, case_id: bytes) -> None:
    """Add another case of a token that she has."""
    sealed = seal_report(built.house, reporter, written(built), None, today=built.house.today(), case_id=case_id)
    in_unit(built, submit_report, reporter, sealed, first=False)


def open_up(built: Built, reporter: Reporter, case_id: bytes, submission: Submission, office: Office) -> None:
    """Write a record anew and open it, as one form does."""
    with writing(built.stores) as work:
        rewrite_record(work, built.house, reporter, case_id, submission)
        audience = audience_of(work, built.house, office, submission.people)
        open_to_office(work, built.house, reporter, case_id, audience, Door.INFORMAL)


@pytest.mark.req("P8", "U11")
def test_another_case_of_her_token_sent_twice_is_one_case(built: Built, team: Team) -> None:
    _, reporter, _ = send_report(built, team.office)
    add(built, reporter, CASE_ID)
    with pytest.raises(AlreadySent):
        add(built, reporter, CASE_ID)
    assert count(built, Case) == 2


@pytest.mark.req("P8")
def test_a_record_that_is_opened_twice_with_the_same_words_is_told_from_one_with_others(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, None)
    open_up(built, reporter, case_id, written(built, "As it was"), team.office)
    with pytest.raises(AlreadySent):
        open_up(built, reporter, case_id, written(built, "As it was"), team.office)
    with pytest.raises(NotAllowed):
        open_up(built, reporter, case_id, written(built, "Something else"), team.office)


@pytest.mark.req("P8")
def test_the_first_of_two_tabs_draws_token_and_case_for_both(built: Built) -> None:
    key, first, second = DraftKey.new(), new_draft("en", Door.FORMAL), new_draft("en", Door.FORMAL)
    in_unit(built, keep_draft, key, first)
    kept = in_unit(built, keep_draft, key, second)
    assert (kept.token, kept.case_id) == (first.token, first.case_id)


@pytest.mark.req("P2", "P8")
def test_a_late_second_send_does_not_bring_a_token_back_that_she_has_noted(built: Built) -> None:
    key, draft = DraftKey.new(), new_draft("en", Door.FORMAL)
    for step in (keep_draft, mark_sent):
        in_unit(built, step, key, draft)
    in_unit(built, forget_token, key)
    in_unit(built, mark_sent, key, draft)
    with reading(built.stores) as work:
        found = find_draft(work, built.house, key)
    assert found is not None
    assert found.sent
    assert not found.token


@pytest.mark.req("P8")
def test_a_row_that_is_refused_for_another_reason_is_not_taken_for_a_second_send(built: Built) -> None:
    token = draw("en").raw
    with pytest.raises(IntegrityError), writing(built.stores) as work:
        add_first(work.main, ReporterRow(lookup_id=token + bytes(6), public_key=None, tag=bytes(32)))
    with reading(built.stores) as work:
        assert not work.main.scalars(select(ReporterRow)).all()
