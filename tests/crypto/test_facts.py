"""A statistical fact has one size and opens only for a release job."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto.errors import Tampered, TooLong, UnknownVersion, WrongKey
from reporting.crypto.facts import FACT_CAPACITY, SEALED_FACT_SIZE, open_fact, seal_fact
from tests.crypto.builders import CASE, OTHER_PAIR, PAIR, flipped

pytestmark = [pytest.mark.req("G1"), pytest.mark.principle("confidentiality")]


@given(st.binary(max_size=FACT_CAPACITY))
def test_every_fact_has_one_size_and_opens_for_the_statistics_key(fact: bytes) -> None:
    sealed = seal_fact(PAIR.public_key, CASE, fact)
    assert len(sealed) == SEALED_FACT_SIZE == 1201
    assert open_fact(PAIR, CASE, sealed) == fact


def test_a_fact_too_long_to_hide_is_refused() -> None:
    with pytest.raises(TooLong) as refusal:
        seal_fact(PAIR.public_key, CASE, bytes(FACT_CAPACITY + 1))
    assert refusal.value.limit == 60


def test_a_fact_opens_neither_elsewhere_nor_for_others_nor_altered() -> None:
    sealed = seal_fact(PAIR.public_key, CASE, b"not counted")
    for pair, case_id in ((OTHER_PAIR, CASE), (PAIR, b"d" * 16)):
        with pytest.raises(WrongKey):
            open_fact(pair, case_id, sealed)
    for place in (1, 1100, 1121, 1200):
        with pytest.raises(WrongKey):
            open_fact(PAIR, CASE, flipped(sealed, place))
    with pytest.raises(UnknownVersion):
        open_fact(PAIR, CASE, flipped(sealed, 0))
    with pytest.raises(Tampered):
        open_fact(PAIR, CASE, sealed[:-1])
