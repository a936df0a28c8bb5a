"""One seed is one actor: the same keys each time, and nobody else's."""

import hashlib
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto.errors import WrongKey
from reporting.crypto.hybrid import open_from, seal_to
from reporting.crypto.keys import KeyPair, SigningKey, fingerprint_words, verify
from reporting.crypto.parameters import PUBLIC_KEY_SIZE
from reporting.crypto.secret import Seed
from reporting.crypto.wordlists import word_list
from tests.crypto.builders import OTHER_PAIR, PAIR

SEED = Seed(b"p" * 32)
SIGNER = SigningKey.from_seed(SEED)


def test_a_seed_always_gives_the_same_public_keys() -> None:
    assert KeyPair.from_seed(SEED).public_key == PAIR.public_key != OTHER_PAIR.public_key
    assert SigningKey.from_seed(SEED).public_key == SIGNER.public_key
    assert (len(PAIR.public_key), len(SIGNER.public_key)) == (PUBLIC_KEY_SIZE, 32) == (1216, 32)


def test_the_key_pair_is_x_wing_as_published() -> None:
    # Seed and public key of the first vector in draft-connolly-cfrg-xwing-kem, the latter by its digest.
    seed = Seed(bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"))
    digest = hashlib.sha256(KeyPair.from_seed(seed).public_key).hexdigest()
    assert digest == "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb"


def test_the_signing_key_is_not_the_seed_itself() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    naive = Ed25519PrivateKey.from_private_bytes(SEED.raw).public_key().public_bytes_raw()
    assert SIGNER.public_key != naive


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_only_the_owner_signs_and_only_this_message(message: bytes, other: bytes) -> None:
    signature = SIGNER.sign(message)
    assert len(signature) == 64
    assert verify(SIGNER.public_key, message, signature)
    assert verify(SIGNER.public_key, other, signature) == (message == other)
    assert not verify(SigningKey.from_seed(Seed(b"q" * 32)).public_key, message, signature)


@pytest.mark.parametrize("public_key", [b"", b"x" * 31, b"\xff" * 32, bytes(32)])
@pytest.mark.parametrize("signature", [b"", bytes(64), b"\xff" * 64])
def test_malformed_keys_and_signatures_are_simply_not_valid(public_key: bytes, signature: bytes) -> None:
    assert not verify(public_key, b"message", signature)
    assert not verify(SIGNER.public_key, b"message", signature)


def test_a_fingerprint_is_eight_english_words_over_both_keys() -> None:
    words = fingerprint_words(PAIR.public_key, SIGNER.public_key)
    assert len(words) == 8
    assert set(words) <= set(word_list("english"))
    assert words == fingerprint_words(PAIR.public_key, SIGNER.public_key)
    swapped = SigningKey.from_seed(Seed(b"q" * 32)).public_key
    assert words != fingerprint_words(PAIR.public_key, swapped)
    assert words != fingerprint_words(OTHER_PAIR.public_key, SIGNER.public_key)


def test_a_key_pair_computes_nothing_before_it_is_asked() -> None:
    pair = KeyPair.from_seed(SEED)
    assert vars(pair) == {"seed": SEED}
    assert pair.private is pair.private


def test_a_key_pair_is_never_pickled() -> None:
    used = KeyPair.from_seed(SEED)
    assert used.public_key
    with pytest.raises(TypeError):
        pickle.dumps(used)


def test_what_is_sealed_to_one_opens_for_no_other() -> None:
    sealed = seal_to(PAIR.public_key, b"text", b"place")
    assert open_from(PAIR, sealed, b"place") == b"text"
    for pair, info in ((OTHER_PAIR, b"place"), (PAIR, b"elsewhere")):
        with pytest.raises(WrongKey):
            open_from(pair, sealed, info)


def test_a_worthless_encapsulation_is_refused_and_does_not_crash() -> None:
    sealed = seal_to(PAIR.public_key, b"text", b"")
    for forged in (b"", sealed[:1119], sealed[:1088] + bytes(32) + sealed[1120:], bytes(len(sealed))):
        with pytest.raises(WrongKey):
            open_from(PAIR, forged, b"")
