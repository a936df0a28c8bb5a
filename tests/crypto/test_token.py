"""A token is drawn evenly, shows no word that hurts, and always leads to the same keys."""

import secrets

import pytest

from reporting.crypto import token as module
from reporting.crypto.avoid import AVOID
from reporting.crypto.errors import WrongCheck
from reporting.crypto.secret import Seed
from reporting.crypto.token import Token, derive, draw, has_words, parse
from reporting.crypto.wordlists import WORD_LANGUAGES, indices, unspell, word_list
from tests.crypto.builders import TOKEN

pytestmark = [pytest.mark.req("U2", "U3"), pytest.mark.principle("respect")]


def test_only_languages_with_a_list_have_words() -> None:
    assert has_words("en")
    assert has_words("zh")
    assert not has_words("ar")
    with pytest.raises(KeyError):
        TOKEN.words("ar")


@pytest.mark.parametrize("language", [*sorted(WORD_LANGUAGES), "ar"])
def test_a_drawn_token_reads_back_and_shows_no_word_to_avoid(language: str) -> None:
    for _ in range(200):
        token = draw(language)
        assert parse(token.digits()) == token
        if has_words(language):
            assert AVOID[WORD_LANGUAGES[language]].isdisjoint(token.words(language))


def draw_from(monkeypatch: pytest.MonkeyPatch, *drawn: Token) -> None:
    queue = [token.raw for token in drawn]
    monkeypatch.setattr(secrets, "token_bytes", lambda _: queue.pop(0))


def avoided(token: Token) -> bool:
    return not AVOID["english"].isdisjoint(token.words("en"))


def test_a_draw_that_shows_a_word_to_avoid_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    frightening = Token(bytes(10))
    assert "abandon" in frightening.words("en")
    assert not avoided(TOKEN)
    draw_from(monkeypatch, frightening, frightening, TOKEN)
    assert draw("en") == TOKEN


def test_digits_frighten_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_from(monkeypatch, Token(bytes(10)))
    assert draw("ar") == Token(bytes(10))


def shared_words() -> list[int]:
    """Places in the English list of words that stand in the French one too."""
    french = set(word_list("french"))
    return [n for n, word in enumerate(word_list("english")) if word in french and word not in AVOID["english"]]


def test_a_token_whose_words_another_list_could_read_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ambiguous = token_of_shared_words()
    draw_from(monkeypatch, ambiguous)
    assert draw("en") == ambiguous
    # Each list has another check for these words, and one in 256 fits: let all of them fit.
    monkeypatch.setattr(module, "_checked", lambda _: TOKEN)
    draw_from(monkeypatch, ambiguous, TOKEN)
    assert draw("en") == TOKEN


def token_of_shared_words() -> Token:
    """A token all of whose words stand in the French list too; seven are chosen, the check makes the eighth."""
    places = shared_words()
    for last in range(2048):
        value = unspell([*places[:7], last])
        entropy = value.to_bytes(11, "big")[:10]
        written = Token(entropy)
        if set(indices(module._with_check(entropy))) <= set(places):
            return written
    raise AssertionError("no token of shared words; take other seven words")


def test_the_check_byte_keeps_the_lists_apart() -> None:
    token = token_of_shared_words()
    with pytest.raises(WrongCheck):
        module._from_list(list(token.words("en")), "french")
    assert parse(" ".join(token.words("en"))) == token


def test_the_same_token_and_salt_always_give_the_same_keys() -> None:
    keys = derive(TOKEN, b"s" * 16)
    assert keys.lookup_id == derive(parse(" ".join(TOKEN.words("fr"))), b"s" * 16).lookup_id
    assert len(keys.lookup_id) == 16
    assert type(keys.seed) is Seed
    assert keys.lookup_id not in keys.seed.raw


def test_another_salt_or_token_gives_other_keys() -> None:
    one, other, third = derive(TOKEN, b"s" * 16), derive(TOKEN, b"t" * 16), derive(Token(bytes(10)), b"s" * 16)
    assert len({one.lookup_id, other.lookup_id, third.lookup_id}) == 3
    assert one.seed != other.seed
    assert one.seed != third.seed


@pytest.mark.slow
@pytest.mark.principle("safety")
@pytest.mark.parametrize("language", sorted(WORD_LANGUAGES))
def test_a_million_drawn_tokens_favour_no_word(language: str) -> None:
    count = 1_000_000 // len(WORD_LANGUAGES)
    seen = [[0] * 2048 for _ in range(8)]
    distinct = set()
    for _ in range(count):
        raw = draw(language).raw
        distinct.add(raw)
        for places, index in zip(seen, indices(module._with_check(raw)), strict=True):
            places[index] += 1
    assert len(distinct) == count
    allowed = 2048 - len(AVOID[WORD_LANGUAGES[language]])
    for places in seen:
        found = [times for times in places if times]
        assert len(found) == allowed
        assert_even(found, count / allowed)


def assert_even(found: list[int], expected: float) -> None:
    """Chi-squared is near its degrees of freedom; seven standard deviations off is less than once in 10**9 runs."""
    statistic = sum((times - expected) ** 2 for times in found) / expected
    degrees = len(found) - 1
    assert abs(statistic - degrees) < 7 * (2 * degrees) ** 0.5
