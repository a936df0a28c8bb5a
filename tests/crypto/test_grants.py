"""A grant opens for its holder, in its place, while its shred key lives."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given

from reporting.crypto import grants
from reporting.crypto.errors import CannotOpen, Tampered, UnknownVersion, WrongKey
from reporting.crypto.grants import GRANT_SIZE, GrantContext, join, open_grant, seal_grant, split
from reporting.crypto.sealing import lock, unlock
from reporting.crypto.secret import CompartmentKey, ShredKey
from tests.crypto.builders import GRANT_CONTEXT, KEY, OTHER_KEY, OTHER_PAIR, PAIR, flipped, keys

pytestmark = [pytest.mark.req("U3", "U7"), pytest.mark.principle("informed_consent")]

GRANT, SHRED = seal_grant(KEY, PAIR.public_key, GRANT_CONTEXT)
ELSEWHERE: dict[str, Any] = {
    "case_id": b"d" * 16,
    "compartment": "identity",
    "generation": 2,
    "part": "handlers_half",
    "holder": b"r" + b"h" * 16,
}


def test_a_grant_opens_for_its_holder() -> None:
    assert open_grant(GRANT, SHRED, PAIR, GRANT_CONTEXT) == KEY


def test_a_grant_does_not_open_for_somebody_else() -> None:
    with pytest.raises(WrongKey):
        open_grant(GRANT, SHRED, OTHER_PAIR, GRANT_CONTEXT)


@pytest.mark.req("L4")
def test_without_its_shred_key_a_grant_is_noise_even_for_its_holder() -> None:
    with pytest.raises(WrongKey):
        open_grant(GRANT, ShredKey.random(), PAIR, GRANT_CONTEXT)


@pytest.mark.parametrize("name", [field.name for field in fields(GrantContext)])
def test_a_grant_copied_to_another_row_does_not_open(name: str) -> None:
    with pytest.raises(Tampered):
        open_grant(GRANT, SHRED, PAIR, replace(GRANT_CONTEXT, **{name: ELSEWHERE[name]}))


@pytest.mark.parametrize("name", [field.name for field in fields(GrantContext)])
def test_the_inner_seal_binds_the_place_by_itself(name: str) -> None:
    # Someone who holds the shred store re-wraps the inner seal for another row: it still does not open.
    inner = unlock(grants._shred_material(SHRED), GRANT[1:], GRANT_CONTEXT.to_bytes())
    elsewhere = replace(GRANT_CONTEXT, **{name: ELSEWHERE[name]})
    moved = GRANT[:1] + lock(grants._shred_material(SHRED), inner, elsewhere.to_bytes())
    with pytest.raises(WrongKey):
        open_grant(moved, SHRED, PAIR, elsewhere)


def test_every_flipped_byte_of_a_grant_is_noticed() -> None:
    for place in range(GRANT_SIZE):
        refusal = UnknownVersion if place == 0 else WrongKey if place <= 32 else Tampered
        with pytest.raises(refusal):
            open_grant(flipped(GRANT, place), SHRED, PAIR, GRANT_CONTEXT)


def test_a_grant_of_another_size_is_refused() -> None:
    for other in (b"", GRANT[:-1], GRANT + b"\0"):
        with pytest.raises(Tampered):
            open_grant(other, SHRED, PAIR, GRANT_CONTEXT)


@given(keys)
def test_every_grant_has_the_same_size_and_its_own_shred_key(key: CompartmentKey) -> None:
    one, other = (seal_grant(key, PAIR.public_key, GRANT_CONTEXT) for _ in range(2))
    assert len(one[0]) == len(other[0]) == GRANT_SIZE == 1229
    assert one[1] != other[1]
    with pytest.raises(CannotOpen):
        open_grant(one[0], other[1], PAIR, GRANT_CONTEXT)


@pytest.mark.parametrize("public_key", [b"", bytes(1215), bytes(1216), b"\xff" * 1216])
def test_nothing_is_sealed_to_what_is_no_public_key(public_key: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the library words some of these refusals)
        seal_grant(KEY, public_key, GRANT_CONTEXT)


@given(keys)
def test_two_halves_give_the_key_and_one_says_nothing(key: CompartmentKey) -> None:
    one, other = split(key)
    assert join(one, other) == join(other, one) == key
    assert key not in (one, other)
    # The halves are drawn anew each time, so halves of two ceremonies do not fit together.
    assert join(one, split(key)[1]) != key


def test_halves_of_two_keys_give_neither() -> None:
    assert join(split(KEY)[0], split(OTHER_KEY)[1]) not in (KEY, OTHER_KEY)
