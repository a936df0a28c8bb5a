"""A row shows one of five sizes, never how much someone wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto.errors import Tampered, TooLong
from reporting.crypto.padding import CAPACITY, CLASSES, pad, pad_to, unpad

pytestmark = pytest.mark.principle("confidentiality")

lengths = st.one_of(st.integers(0, 70_000), st.sampled_from([size + near for size in CLASSES for near in (-5, -4, -3)]))


@given(lengths, st.sampled_from(CLASSES))
def test_every_text_takes_the_smallest_class_above_its_floor(length: int, floor: int) -> None:
    if length > CAPACITY:
        return
    padded = pad(b"x" * length, floor)
    fitting = [size for size in CLASSES if size >= floor and size >= length + 4]
    assert len(padded) == fitting[0]
    assert unpad(padded) == b"x" * length


def test_the_classes_are_the_promised_five() -> None:
    assert CLASSES == (4096, 16384, 65536, 262144, 1048576)


def test_an_empty_text_looks_like_a_page() -> None:
    assert len(pad(b"")) == len(pad(b"I was at the office until late.")) == 4096


def test_trailing_zeros_of_a_text_survive() -> None:
    assert unpad(pad(b"kept\0\0\0")) == b"kept\0\0\0"


def test_what_exceeds_the_largest_class_is_refused_with_the_limit() -> None:
    assert len(pad(bytes(CAPACITY))) == CLASSES[-1]
    with pytest.raises(TooLong) as refusal:
        pad(bytes(CAPACITY + 1))
    assert refusal.value.limit == CAPACITY == 1048572


def test_a_floor_that_is_no_class_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="not a padding class"):
        pad(b"", floor=5000)


def test_an_exact_size_is_kept_or_refused() -> None:
    assert len(pad_to(b"abc", 64)) == 64
    assert unpad(pad_to(b"x" * 60, 64)) == b"x" * 60
    with pytest.raises(TooLong) as refusal:
        pad_to(b"x" * 61, 64)
    assert refusal.value.limit == 60


@pytest.mark.parametrize(
    "padded",
    [b"", b"\0\0\0", b"\0\0\0\5abcd", b"\xff\xff\xff\xff" + bytes(4092), b"\0\0\0\1a\0\0x"],
    ids=["nothing", "half a prefix", "longer than itself", "absurd length", "dirty padding"],
)
def test_padding_that_we_did_not_write_is_refused(padded: bytes) -> None:
    with pytest.raises(Tampered):
        unpad(padded)
