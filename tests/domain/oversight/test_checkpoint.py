"""The text of a checkpoint: small, plain, and read back only as it was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.oversight.checkpoint import CHAINS, LONGEST, MARKS, Checkpoint, Mark, NotACheckpoint, places

ONE = Checkpoint(
    date(2026, 3, 2),
    b"k" * 32,
    {"audit_events": (Mark(1, b"a" * 32), Mark(2, b"b" * 32)), "audit_days": (Mark(0, bytes(32)),)},
)
TEXT = ONE.to_text(b"s" * 64)

pytestmark = pytest.mark.req("ASVS-16.4.2")


@given(st.integers(0, 10**9))
def test_the_places_are_few_in_order_and_end_where_the_chain_ends(length: int) -> None:
    found = places(length)
    assert found == sorted(set(found))
    assert found[-1] == length
    assert len(found) <= MARKS + 1
    assert found[0] >= min(length, 1)


def test_every_place_of_a_short_chain_is_noted() -> None:
    assert places(5) == [1, 2, 3, 4, 5]
    assert places(0) == [0]


def test_it_is_read_back_as_it_was_written() -> None:
    assert Checkpoint.from_text(TEXT) == (ONE, b"s" * 64)
    assert Checkpoint.from_text("\r\n" + TEXT.replace("\n", "\r\n") + "\r\n\r\n") == (ONE, b"s" * 64), (
        "as mail leaves it"
    )
    assert ONE.length("audit_events") == 2


def test_the_largest_is_well_below_what_is_read() -> None:
    marks = tuple(Mark(seq, b"h" * 32) for seq in places(10**9))
    assert len(Checkpoint(date(2026, 3, 2), b"k" * 32, dict.fromkeys(CHAINS, marks)).to_text(bytes(64))) < LONGEST // 4


def test_a_sign_more_or_less_is_no_checkpoint_or_another_one() -> None:
    for place in range(len(TEXT)):
        for changed in (TEXT[:place] + TEXT[place + 1 :], TEXT[:place] + "0" + TEXT[place:]):
            try:
                found = Checkpoint.from_text(changed)
            except NotACheckpoint:
                continue
            assert found != (ONE, b"s" * 64) or changed.strip() == TEXT.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "signature " + "0" * 128 + "\n",
        TEXT.replace("day 2026-03-02", "day 2026-13-02"),
        TEXT.replace("audit_events 1", "audit_other 1"),
        TEXT.replace("audit_events 2", "audit_events 1"),
        TEXT.replace("audit_events 2", "audit_events 0"),
        TEXT.replace("audit_events 2", "audit_events 02"),
        TEXT.replace("audit_days 0", "audit_events 9"),
        TEXT.replace("key ", "key zz"),
        TEXT + TEXT,
        TEXT.upper(),
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        Checkpoint.from_text(text)
