"""No two lists of parts give the same bytes, and no two uses share a label."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto import parameters
from reporting.crypto.framing import frame, number

parts = st.lists(st.binary(max_size=6), max_size=5)


@given(parts, parts)
def test_different_parts_never_give_the_same_frame(one: list[bytes], other: list[bytes]) -> None:
    assert (frame(*one) == frame(*other)) == (one == other)


@given(st.binary(), st.binary(), st.integers(min_value=1))
def test_moving_bytes_between_parts_changes_the_frame(one: bytes, other: bytes, cut: int) -> None:
    joined = one + other
    cut %= len(joined) + 1
    if cut != len(one):
        assert frame(one, other) != frame(joined[:cut], joined[cut:])


def test_numbers_are_four_bytes_and_others_are_refused() -> None:
    assert number(0) == bytes(4)
    assert number(2**32 - 1) == b"\xff" * 4
    for outside in (-1, 2**32):
        with pytest.raises(OverflowError):
            number(outside)


def test_every_use_has_a_label_of_its_own() -> None:
    labels = [value for name, value in vars(parameters).items() if name.endswith("_LABEL")]
    assert len(labels) > 10
    assert max(Counter(labels).values()) == 1
    assert all(label.startswith(b"harbour/") and label[-2:] == b"/1" for label in labels)
