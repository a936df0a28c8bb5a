"""Amounts as exact decimals, codes with check digits, and entries that sum to zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.fund.accounts import BETWEEN, Account, Movement, entries_of
from reporting.domain.fund.codes import CODE_SIZE, SIGNS, NotACode, parse, spell
from reporting.domain.fund.money import CURRENCIES, NotAnAmount, decimal_of, exponent, parse_amount
from reporting.domain.fund.requests import CRITERIA, NEEDS, OVER, REASONS, RESERVED, TO_HER, WAITING, State

pytestmark = pytest.mark.req("S13")
CODES = st.binary(min_size=CODE_SIZE, max_size=CODE_SIZE)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12", "MDL", 1200),
        ("12.5", "MDL", 1250),
        ("12,05", "EUR", 1205),
        ("١٢٫٥", "EUR", 1250),
        ("१२", "INR", 1200),
        (" 7 ", "JPY", 7),
        ("1.234", "KWD", 1234),
        ("0.01", "USD", 1),
    ],
)
def test_an_amount_is_read_in_digits_of_any_script(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    "text", ["", "0", "0.00", "-1", "+1", "1e3", "1 000", "1.000", "1,000.00", ".5", "NaN", "²", "9" * 30]
)
def test_what_could_be_read_in_two_ways_or_in_none_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_amount(text, "EUR")


@given(st.integers(1, 10**13), st.sampled_from(sorted(CURRENCIES)))
def test_minor_units_and_decimals_are_the_same_number(minor: int, currency: str) -> None:
    amount = decimal_of(minor, currency)
    assert isinstance(amount, Decimal)
    assert parse_amount(str(amount), currency) == minor if exponent(currency) else amount == minor


@pytest.mark.parametrize(
    ("currency", "places"), [("MDL", 2), ("JPY", 0), ("KWD", 3), ("XOF", 0), ("UAH", 2), ("TND", 3)]
)
def test_a_currency_has_the_decimals_of_its_standard(currency: str, places: int) -> None:
    assert exponent(currency) == places


@given(CODES)
def test_a_code_is_read_back_however_it_was_typed(code: bytes) -> None:
    written = spell(code)
    assert len(written) == 22
    forgiven = written.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    arabic = written.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    body, check = forgiven[:-2], written[-2:]
    assert parse(written) == parse(body + check) == parse(arabic) == code


@given(CODES, st.integers(0, 15), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_found(code: bytes, place: int, sign: str) -> None:
    signs = list(spell(code).replace("-", ""))
    if signs[place] != sign:
        signs[place] = sign
        with pytest.raises(NotACode):
            parse("".join(signs))


@given(CODES, st.integers(0, 14))
def test_two_exchanged_neighbours_are_always_found(code: bytes, place: int) -> None:
    signs = list(spell(code).replace("-", ""))
    if signs[place] != signs[place + 1]:
        signs[place], signs[place + 1] = signs[place + 1], signs[place]
        with pytest.raises(NotACode):
            parse("".join(signs))


@pytest.mark.parametrize("text", ["", "1", "U" * 18, "0" * 17, "0" * 5000, "🙂" * 18, "ﬃ" * 18])
def test_what_is_no_code_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(NotACode) as refused:
        parse(text)
    assert not text or text not in str(refused.value)


def test_a_ligature_is_no_way_around_the_length_of_a_code() -> None:
    """One sign that is read as two makes a number with too many bits, and check digits that fit it are easily found."""
    for check in range(100):
        with pytest.raises(NotACode):
            parse("ﬆ" + "Z" * 15 + f"{check:02d}")


@given(st.sampled_from(Movement), st.integers(1, 10**13))
def test_what_a_movement_enters_sums_to_zero(movement: Movement, amount: int) -> None:
    entries = entries_of(movement, amount)
    assert sum(entries.values()) == 0
    assert set(entries) == set(BETWEEN[movement]) <= set(Account)


def test_every_state_has_its_sentence_and_its_place() -> None:
    assert set(TO_HER) == set(State) == {*WAITING, *RESERVED, *OVER}
    assert NEEDS
    assert CRITERIA
    assert REASONS
