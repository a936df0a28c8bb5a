"""An address that carries what somebody looks for tells nothing, ends by itself, and fits one page only."""

import base64
import secrets
from datetime import datetime

import pytest
from sqlalchemy import update

from reporting.crypto.errors import TooLong
from reporting.services.signing_in.throttle import drop_old
from reporting.store.database import reading, writing
from reporting.store.shred import PepperRow
from reporting.web.sealed_address import CAPACITY, LASTS, LENGTHS, ROOM, SMALL, open_address, seal_address
from tests.builders import Built, in_unit
from tests.engines import on_sqlite
from tests.sweeps.haystack import found_in

WORDS = b"was I touched, Geneva"


def sealed(built: Built, content: bytes = WORDS, use: str = "help") -> str:
    """Seal an address as a page does."""
    with built.app.test_request_context("/en/help"):
        return seal_address(use, content)


def opened(built: Built, argument: str, use: str = "help") -> bytes | None:
    """Open an address as a page does."""
    with built.app.test_request_context("/en/help"):
        return open_address(use, argument)


@pytest.mark.parametrize("content", [b"", WORDS, b"x" * CAPACITY])
def test_what_was_sealed_opens_again_and_every_argument_has_one_length(empty: Built, content: bytes) -> None:
    argument = sealed(empty, content)
    assert opened(empty, argument) == content
    assert len(argument) == LENGTHS[ROOM]


@on_sqlite
@pytest.mark.parametrize("content", [b"", WORDS])
def test_a_page_that_says_little_has_a_shorter_one(empty: Built, content: bytes) -> None:
    with empty.app.test_request_context("/en/help"):
        argument = seal_address("help", content, SMALL)
    assert opened(empty, argument) == content
    assert len(argument) == LENGTHS[SMALL]


@on_sqlite
def test_what_does_not_fit_is_refused(empty: Built) -> None:
    with pytest.raises(TooLong):
        sealed(empty, b"x" * (CAPACITY + 1))


@on_sqlite
@pytest.mark.req("P9", "L5")
@pytest.mark.principle("confidentiality")
def test_an_argument_tells_nothing_and_never_looks_the_same_twice(empty: Built) -> None:
    one, other = sealed(empty), sealed(empty)
    assert one != other
    raw = base64.urlsafe_b64decode(one)
    assert not found_in(raw + one.encode(), ["touched", "Geneva"])


@on_sqlite
@pytest.mark.parametrize("hour", [9, 23])
def test_it_ends_after_half_an_hour_also_over_midnight(empty: Built, hour: int) -> None:
    empty.clock.moment = datetime(2026, 3, 2, hour, 45)  # noqa: DTZ001 - the store keeps UTC without a mark
    argument = sealed(empty)
    empty.clock.forward(seconds=LASTS.total_seconds() - 1)
    in_unit(empty, drop_old)
    assert opened(empty, argument) == WORDS
    empty.clock.forward(seconds=1)
    assert opened(empty, argument) is None


@on_sqlite
def test_nobody_opens_it_when_the_key_of_its_day_has_gone(empty: Built) -> None:
    argument = sealed(empty)
    with writing(empty.stores) as work:
        work.shred.execute(update(PepperRow).values(pepper=secrets.token_bytes(32)))
    assert opened(empty, argument) is None
    empty.clock.forward(days=1)
    in_unit(empty, drop_old)
    with reading(empty.stores) as work:
        assert work.shred.query(PepperRow).count() == 0
    assert opened(empty, argument) is None


@on_sqlite
def test_it_opens_for_the_page_that_it_was_made_for_alone(empty: Built) -> None:
    assert opened(empty, sealed(empty, use="library")) is None


@on_sqlite
@pytest.mark.parametrize(
    "forged", ["", "a", "A" * LENGTHS[ROOM], "-" * (LENGTHS[ROOM] - 1) + "=", "é" * LENGTHS[ROOM], "%" * 9000]
)
def test_what_we_never_made_opens_nothing(empty: Built, forged: str) -> None:
    sealed(empty)
    assert opened(empty, forged) is None


@on_sqlite
def test_a_changed_letter_opens_nothing(empty: Built) -> None:
    argument = sealed(empty)
    for place in (0, 50, 400, LENGTHS[ROOM] - 4):
        letter = "A" if argument[place] != "A" else "B"
        assert opened(empty, argument[:place] + letter + argument[place + 1 :]) is None, place
