"""A passphrase opens its own seed, is never reset, and is refused when others would guess it."""

import subprocess
import sys
import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto import parameters, passphrases
from reporting.crypto.errors import CannotOpen, Tampered, UnknownVersion, WrongPassphrase
from reporting.crypto.parameters import KIB, Cost
from reporting.crypto.passphrases import (
    MINIMUM_LENGTH,
    SEALED_SEED_SIZE,
    SealedSeed,
    Weakness,
    seal_seed,
    unseal_seed,
    waste_time,
    weakness,
)
from reporting.crypto.secret import Seed
from tests.crypto.builders import CHEAP, flipped

pytestmark = pytest.mark.req("L5")

SEED = Seed(b"s" * 32)
PASSPHRASE = "a lantern under the river"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "STAFF_COST", CHEAP)


def test_a_passphrase_opens_its_seed_at_the_real_cost() -> None:
    sealed = seal_seed(PASSPHRASE, SEED)
    assert sealed.cost.memory_kib >= 64 * KIB
    assert sealed.cost.passes >= 3
    assert unseal_seed(PASSPHRASE, SealedSeed.from_bytes(sealed.to_bytes())) == SEED


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("wrong", ["", "a lantern under the rive", "A lantern under the river", PASSPHRASE + " "])
def test_another_passphrase_does_not(wrong: str) -> None:
    with pytest.raises(WrongPassphrase) as refusal:
        unseal_seed(wrong, seal_seed(PASSPHRASE, SEED))
    assert "lantern" not in str(refusal.value)


@pytest.mark.usefixtures("cheap")
def test_the_same_passphrase_on_another_keyboard_opens_it() -> None:
    composed = unicodedata.normalize("NFC", "été à la forêt déserte")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert unseal_seed(decomposed, seal_seed(composed, SEED)) == SEED


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("passphrase", ["\ud800" * 15, "\0" * 15, "سلام يا صباح الخير", "🌊" * 15])
def test_whatever_a_client_sends_is_a_passphrase_and_not_a_crash(passphrase: str) -> None:
    assert unseal_seed(passphrase, seal_seed(passphrase, SEED)) == SEED


@pytest.mark.usefixtures("cheap")
def test_two_people_with_one_passphrase_share_no_stored_byte_of_it() -> None:
    one, other = seal_seed(PASSPHRASE, SEED), seal_seed(PASSPHRASE, SEED)
    assert one.salt != other.salt
    assert one.verifier != other.verifier
    assert one.sealed[:32] != other.sealed[:32]


@pytest.mark.usefixtures("cheap")
def test_the_login_verifier_is_not_the_key_and_not_the_commitment() -> None:
    sealed = seal_seed(PASSPHRASE, SEED)
    material, verifier = passphrases._material(PASSPHRASE, sealed.salt, sealed.cost)
    assert len({verifier, material[:32], material[32:]}) == 3


@pytest.mark.usefixtures("cheap")
def test_the_stored_form_is_read_back_and_shows_no_secret() -> None:
    sealed = seal_seed(PASSPHRASE, SEED)
    stored = sealed.to_bytes()
    assert len(stored) == SEALED_SEED_SIZE == 153
    assert SealedSeed.from_bytes(stored) == sealed
    assert SEED.raw not in stored
    assert sealed.verifier.hex() not in repr(sealed)
    assert repr(sealed.verifier) not in repr(sealed)


@pytest.mark.usefixtures("cheap")
def test_every_flipped_byte_of_the_stored_form_is_noticed() -> None:
    stored = seal_seed(PASSPHRASE, SEED).to_bytes()
    # A flipped bit of the cost may ask for more memory than this test should take: those are tested below.
    for place in [0, *range(1, 17), *range(29, SEALED_SEED_SIZE)]:
        with pytest.raises(CannotOpen):
            unseal_seed(PASSPHRASE, SealedSeed.from_bytes(flipped(stored, place)))


@pytest.mark.usefixtures("cheap")
def test_a_replaced_verifier_lets_nobody_in() -> None:
    theirs = seal_seed("the intruder's own passphrase", SEED)
    forged = replace(seal_seed(PASSPHRASE, SEED), salt=theirs.salt, verifier=theirs.verifier)
    with pytest.raises(CannotOpen):
        unseal_seed("the intruder's own passphrase", forged)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(256 * KIB + 1, 3, 1),
        Cost(2**32 - 1, 3, 1),
        Cost(64 * KIB, 17, 1),
        Cost(64 * KIB, 3, 9),
        Cost(64 * KIB, 0, 1),
        Cost(64 * KIB, 3, 0),
        Cost(7, 3, 1),
    ],
)
def test_an_altered_cost_cannot_exhaust_the_machine(cost: Cost) -> None:
    stored = SealedSeed(bytes(16), cost, bytes(32), bytes(92)).to_bytes()
    with pytest.raises(Tampered):
        SealedSeed.from_bytes(stored)


def test_a_stored_form_of_another_size_or_version_is_refused() -> None:
    stored = SealedSeed(bytes(16), CHEAP, bytes(32), bytes(92)).to_bytes()
    for other in (b"", stored[:-1], stored + b"\0"):
        with pytest.raises(Tampered):
            SealedSeed.from_bytes(other)
    with pytest.raises(UnknownVersion):
        SealedSeed.from_bytes(b"\2" + stored[1:])


def test_an_unknown_user_name_costs_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = []

    def noted(_password: bytes, _salt: bytes, cost: Cost) -> bytes:
        costs.append(cost)
        return bytes(32)

    monkeypatch.setattr(passphrases, "stretch", noted)
    seal_seed(PASSPHRASE, SEED)
    waste_time()
    assert costs == [parameters.STAFF_COST] * 2


def test_fifteen_characters_are_enough_and_fourteen_are_not() -> None:
    assert MINIMUM_LENGTH == 15
    assert weakness("zq4vkw8mhx2pty", []) == Weakness.TOO_SHORT
    assert weakness("zq4vkw8mhx2ptyj", []) is None


def test_no_mix_of_characters_is_demanded() -> None:
    assert weakness("lantern river copper meadow", []) is None
    assert weakness("فانوس نهر نحاس مرج بعيد", []) is None


def test_length_is_counted_in_composed_characters() -> None:
    assert weakness(unicodedata.normalize("NFD", "é" * 8), []) == Weakness.TOO_SHORT


def test_absurd_lengths_are_refused_before_they_cost_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "_guessable", lambda *_: pytest.fail("was scored"))
    assert weakness("x" * 257, []) == Weakness.TOO_LONG


@pytest.mark.parametrize(
    "common",
    [
        "passwordpassword",
        "123456789012345",
        "aaaaaaaaaaaaaaaaaa",
        "qwertyuiopasdfgh",
        "iloveyouiloveyou",
        "P@ssw0rdP@ssw0rd",
    ],
)
def test_common_passphrases_are_refused(common: str) -> None:
    assert weakness(common, []) == Weakness.COMMON


def test_ones_own_name_is_no_passphrase() -> None:
    assert weakness("amina.diallo.geneva", []) is None
    assert weakness("amina.diallo.geneva", ["amina.diallo", "Geneva"]) == Weakness.COMMON


@given(st.text(alphabet=st.characters(), min_size=15, max_size=300))
def test_judging_a_passphrase_never_crashes(passphrase: str) -> None:
    assert weakness(passphrase, ["amina"]) in {None, *Weakness}


def test_the_estimator_is_not_loaded_before_it_is_needed() -> None:
    check = "import sys, reporting.crypto.passphrases; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.mark.principle("safety")
def test_accents_without_end_are_refused_in_a_moment() -> None:
    """To put them in order takes the square of their number, and no other request is answered meanwhile."""
    sealed = seal_seed(PASSPHRASE, SEED)
    begun = time.monotonic()
    assert weakness("\u0300\u0323" * 100_000, []) is Weakness.TOO_LONG
    with pytest.raises(WrongPassphrase):
        unseal_seed("\u0300\u0323" * 100_000, sealed)
    assert time.monotonic() - begun < 5
