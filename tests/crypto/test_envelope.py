"""A sealed item opens with its key, in its place, unaltered, and never otherwise."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reporting.crypto.envelope import OVERHEAD, ItemContext, open_box, open_item, seal_box, seal_item
from reporting.crypto.errors import CannotOpen, Tampered, TooLong, UnknownVersion, WrongKey
from reporting.crypto.padding import CLASSES
from reporting.crypto.secret import CompartmentKey, SessionSecret
from tests.crypto.builders import CASE, ITEM_CONTEXT, KEY, OTHER_KEY, flipped, item_contexts, keys

pytestmark = pytest.mark.principle("confidentiality")

SEALED = seal_item(KEY, ITEM_CONTEXT, b"what happened")
BOX = seal_box(SessionSecret(b"s" * 32), "session", b"seed", size=64)
ELSEWHERE: dict[str, Any] = {
    "case_id": b"d" * 16,
    "compartment": "identity",
    "generation": 2,
    "item_id": b"j" * 16,
    "kind": "message",
}


@given(keys, item_contexts, st.binary(max_size=9000))
def test_what_is_sealed_opens_again(key: CompartmentKey, context: ItemContext, text: bytes) -> None:
    assert open_item(key, context, seal_item(key, context, text)) == text


@given(keys, keys, item_contexts)
def test_another_key_is_told_apart_and_opens_nothing(
    key: CompartmentKey, other: CompartmentKey, context: ItemContext
) -> None:
    assume(key != other)
    sealed = seal_item(key, context, b"text")
    with pytest.raises(WrongKey):
        open_item(other, context, sealed)


@given(item_contexts, item_contexts)
def test_two_places_never_share_an_encoding(one: ItemContext, other: ItemContext) -> None:
    assert (one.to_bytes() == other.to_bytes()) == (one == other)


@pytest.mark.parametrize("name", [field.name for field in fields(ItemContext)])
def test_an_item_moved_elsewhere_does_not_open(name: str) -> None:
    elsewhere = replace(ITEM_CONTEXT, **{name: ELSEWHERE[name]})
    with pytest.raises(WrongKey if name == "item_id" else Tampered):
        open_item(KEY, elsewhere, SEALED)


def expected_refusal(place: int) -> type[CannotOpen]:
    return UnknownVersion if place == 0 else WrongKey if place <= 32 else Tampered


def test_every_flipped_byte_is_noticed_by_the_part_it_is_in() -> None:
    for place in range(len(SEALED)):
        with pytest.raises(expected_refusal(place)):
            open_item(KEY, ITEM_CONTEXT, flipped(SEALED, place, place % 8))


def test_no_truncation_opens() -> None:
    for length in range(len(SEALED)):
        with pytest.raises(Tampered):
            open_item(KEY, ITEM_CONTEXT, SEALED[:length])


@given(st.integers(0, 255), st.integers(0, 255))
def test_reordered_blocks_do_not_open(one: int, other: int) -> None:
    assume(one != other)
    blocks = [SEALED[45 + 16 * i :][:16] for i in range(256)]
    blocks[one], blocks[other] = blocks[other], blocks[one]
    with pytest.raises(Tampered):
        open_item(KEY, ITEM_CONTEXT, SEALED[:45] + b"".join(blocks) + SEALED[-16:])


@given(st.binary(min_size=1, max_size=40))
def test_an_appended_tail_does_not_open(tail: bytes) -> None:
    with pytest.raises(Tampered):
        open_item(KEY, ITEM_CONTEXT, SEALED + tail)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_and_never_crash(junk: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_item(KEY, ITEM_CONTEXT, junk)
    with pytest.raises(CannotOpen):
        open_box(SessionSecret(bytes(32)), "session", junk)


@given(st.integers(0, 70_000), st.sampled_from(CLASSES))
def test_a_sealed_item_shows_its_class_only(length: int, floor: int) -> None:
    assert len(seal_item(KEY, ITEM_CONTEXT, bytes(length), floor=floor)) - OVERHEAD in CLASSES


def test_sealing_twice_gives_different_bytes() -> None:
    assert seal_item(KEY, ITEM_CONTEXT, b"again") != seal_item(KEY, ITEM_CONTEXT, b"again")


def test_an_item_beyond_the_largest_class_is_refused() -> None:
    with pytest.raises(TooLong):
        seal_item(KEY, ITEM_CONTEXT, bytes(CLASSES[-1]))


def test_two_generations_of_a_key_share_no_item() -> None:
    later = replace(ITEM_CONTEXT, generation=2)
    with pytest.raises(WrongKey):
        open_item(KEY, later, seal_item(OTHER_KEY, later, b"after she excluded someone"))


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20), st.binary(max_size=5000))
def test_a_box_opens_again(raw: bytes, label: str, content: bytes) -> None:
    secret = SessionSecret(raw)
    assert open_box(secret, label, seal_box(secret, label, content)) == content


def test_a_box_of_exact_size_shows_nothing_of_its_content() -> None:
    secret = SessionSecret(b"s" * 32)
    boxes = [seal_box(secret, "session", b"x" * length, size=64) for length in (0, 1, 60)]
    assert {len(box) for box in boxes} == {64 + OVERHEAD}
    with pytest.raises(TooLong):
        seal_box(secret, "session", b"x" * 61, size=64)


def test_a_box_opens_for_its_secret_and_its_label_alone() -> None:
    assert open_box(SessionSecret(b"s" * 32), "session", BOX) == b"seed"
    for secret, label in ((SessionSecret(b"t" * 32), "session"), (SessionSecret(b"s" * 32), "draft")):
        with pytest.raises(WrongKey):
            open_box(secret, label, BOX)


def test_every_flipped_or_missing_byte_of_a_box_is_noticed() -> None:
    for place in range(len(BOX)):
        with pytest.raises(expected_refusal(place)):
            open_box(SessionSecret(b"s" * 32), "session", flipped(BOX, place))
        with pytest.raises(CannotOpen):
            open_box(SessionSecret(b"s" * 32), "session", BOX[:place])


def test_one_secret_keeps_items_and_boxes_apart() -> None:
    with pytest.raises(WrongKey):
        open_box(KEY, ITEM_CONTEXT.kind, SEALED)
    with pytest.raises(WrongKey):
        open_item(KEY, ITEM_CONTEXT, seal_box(KEY, CASE.decode(), b""))
