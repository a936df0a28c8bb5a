"""A report in the making: sealed under what only her form and cookie carry, and gone after its day."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from reporting.crypto.errors import TooLong
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import Answer, AnswerState, People, Person
from reporting.services.errors import NotFound
from reporting.services.survivor import drafts
from reporting.services.survivor.drafts import Draft, DraftKey, new_draft
from reporting.store.database import reading, writing
from reporting.store.shred import DraftRow
from tests.builders import Built, in_unit
from tests.engines import on_sqlite

STORY = Answer("account.story", "In your own words", AnswerState.ANSWERED, "It began in May.")
WHEN = Answer("details.when", "When?", AnswerState.NOT_SURE)


def found(built: Built, key: DraftKey) -> Draft | None:
    """Return the draft that is kept."""
    with reading(built.stores) as work:
        return drafts.find_draft(work, built.house, key)


def row(built: Built) -> DraftRow:
    """Return the one row of a draft, apart from the store."""
    with reading(built.stores) as work:
        (only,) = work.shred.query(DraftRow).all()
        work.shred.expunge(only)
        return only


def kept(built: Built, **facts: object) -> tuple[DraftKey, Draft]:
    """Keep a draft with one answer."""
    key, draft = DraftKey.new(), drafts.new_draft("en", Door.FORMAL).with_answers((STORY,))
    return key, in_unit(built, drafts.keep_draft, key, draft, **facts)


def test_a_key_survives_form_and_cookie_and_nothing_else_is_taken_for_one() -> None:
    key = DraftKey.new()
    assert DraftKey.parse(key.text()) == key
    for no_key in (None, "", "é", "abc", key.text()[:-4], key.text() + "aaaa"):
        assert DraftKey.parse(no_key) is None


@pytest.mark.req("P1", "P2")
@pytest.mark.principle("confidentiality")
def test_a_draft_opens_with_its_key_and_the_store_holds_neither_her_words_nor_the_token(empty: Built) -> None:
    key, draft = kept(empty)
    assert found(empty, key) == draft
    assert found(empty, DraftKey.new()) is None
    stored = row(empty)
    for secret in (b"It began", draft.drawn_token().raw, key.value, draft.token.encode()):
        assert secret not in stored.id_hash + stored.sealed


@pytest.mark.req("P1")
def test_a_row_under_the_name_of_another_draft_does_not_open(empty: Built) -> None:
    kept(empty)
    other = DraftKey.new()
    with writing(empty.stores) as work:
        work.shred.query(DraftRow).update({"id_hash": other.id_hash})
    assert found(empty, other) is None


@pytest.mark.req("P3")
@pytest.mark.principle("safety")
def test_a_draft_ends_at_a_full_hour_after_its_day(empty: Built) -> None:
    empty.clock.forward(minutes=17)
    key, _ = kept(empty)
    ends = row(empty).expires_hour
    assert (ends.minute, ends.second, ends.microsecond) == (0, 0, 0)
    assert timedelta(hours=24) <= ends - empty.house.now() <= timedelta(hours=25)
    empty.clock.forward(hours=25)
    assert found(empty, key) is None
    assert in_unit(empty, drafts.drop_expired) == 1
    assert in_unit(empty, drafts.drop_expired) == 0


def test_a_draft_whose_day_is_over_begins_anew_under_the_same_key(empty: Built) -> None:
    key, old = kept(empty)
    empty.clock.forward(hours=25)
    fresh = drafts.new_draft("en", Door.FORMAL)
    assert in_unit(empty, drafts.keep_draft, key, fresh) == fresh
    assert found(empty, key) == fresh
    assert fresh.token != old.token


@pytest.mark.req("P8")
def test_writing_on_keeps_the_token_and_starts_the_day_again(empty: Built) -> None:
    key, draft = kept(empty)
    empty.clock.forward(hours=20)
    other = drafts.new_draft("en", Door.FORMAL).with_answers((WHEN,))
    again = in_unit(empty, drafts.keep_draft, key, other)
    assert (again.token, again.answers) == (draft.token, (WHEN,))
    empty.clock.forward(hours=20)
    assert found(empty, key) == again


@pytest.mark.req("P2", "P7")
def test_after_sending_her_answers_are_gone_and_the_token_waits_until_she_has_it(empty: Built) -> None:
    key, draft = kept(empty)
    in_unit(empty, drafts.mark_sent, key, draft)
    sent = found(empty, key)
    assert sent is not None
    assert (sent.sent, sent.answers, sent.drawn_token()) == (True, (), draft.drawn_token())
    in_unit(empty, drafts.forget_token, key)
    tombstone = found(empty, key)
    assert tombstone is not None
    assert (tombstone.sent, tombstone.token) == (True, "")
    with pytest.raises(NotFound):
        tombstone.drawn_token()


@pytest.mark.req("P8")
def test_what_was_sent_stays_sent_when_an_old_page_is_sent_again(empty: Built) -> None:
    key, draft = kept(empty)
    in_unit(empty, drafts.mark_sent, key, draft)
    again = in_unit(empty, drafts.keep_draft, key, draft.with_answers((WHEN,)))
    assert again == found(empty, key)
    assert (again.sent, again.answers) == (True, ())


@pytest.mark.principle("safety")
def test_throwing_a_draft_away_leaves_nothing(empty: Built) -> None:
    key, _ = kept(empty)
    with writing(empty.stores) as work:
        drafts.discard(work, empty.house, key)
    assert found(empty, key) is None
    in_unit(empty, drafts.forget_token, key)
    with reading(empty.stores) as work:
        assert work.shred.query(DraftRow).count() == 0


@on_sqlite
@pytest.mark.principle("safety")
@pytest.mark.parametrize("way", ["thrown away", "over"])
def test_a_draft_that_is_gone_is_in_no_file_any_more(empty: Built, way: str) -> None:
    key, _ = kept(empty)
    sealed, folder = row(empty).sealed[-100:], empty.settings.data

    def lies_somewhere() -> bool:
        return any(sealed in path.read_bytes() for path in folder.glob("shred.sqlite3*"))

    assert lies_somewhere()
    with writing(empty.stores) as work:
        if way == "over":
            empty.clock.forward(hours=30)
            assert drafts.drop_expired(work, empty.house) == 1
        else:
            drafts.discard(work, empty.house, key)
    assert not lies_somewhere()


@pytest.mark.req("P8")
def test_a_draft_that_is_too_long_is_refused_and_the_one_before_is_kept(empty: Built) -> None:
    key, draft = kept(empty)
    long = draft.with_answers((Answer("account.story", "?", AnswerState.ANSWERED, "a" * (1024 * 1024)),))
    with pytest.raises(TooLong):
        in_unit(empty, drafts.keep_draft, key, long)
    assert found(empty, key) == draft


def test_answers_are_put_in_or_replaced_and_the_others_stay() -> None:
    draft = drafts.new_draft("en", Door.FORMAL).with_answers((STORY, WHEN))
    changed = Answer("account.story", "In your own words", AnswerState.ANSWERED, "In June.")
    after = draft.with_answers((changed,))
    assert after.answer("account.story") == changed
    assert after.answer("details.when") == WHEN
    assert after.answer("details.where") is None


def test_the_people_of_a_draft_are_whom_it_names_closes_out_and_lets_in() -> None:
    draft = Draft("", "en", Door.FORMAL, named=(Person("Ben"),), excluded_staff=("a" * 32,), opened_to=("b" * 32,))
    assert draft.people == People((Person("Ben"),), ("a" * 32,), (), ("b" * 32,))


@pytest.mark.req("S12")
def test_a_draft_from_before_duties_were_kept_with_it_goes_on_without_one() -> None:
    body = json.loads(replace(new_draft("en", Door.INFORMAL), law="An act").to_bytes())
    body["format"] = 2
    del body["duty"]
    old = Draft.from_bytes(json.dumps(body).encode())
    assert (old.law, old.duty) == ("An act", "")
