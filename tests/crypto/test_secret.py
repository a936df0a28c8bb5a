"""A secret cannot be shown, stored or compared by mistake."""

import ast
import copy
import hmac
import logging
import pickle
from pathlib import Path

import pytest

import reporting.crypto
from reporting.crypto.keyring import Keyring
from reporting.crypto.keys import KeyPair, SigningKey
from reporting.crypto.secret import CompartmentKey, Guarded, Secret, Seed, SessionSecret, ShredKey
from reporting.crypto.token import ReporterKeys, Token

RAW = b"never-show-these-thirty-two-byte"
KINDS = [Secret, Seed, CompartmentKey, ShredKey, SessionSecret]

pytestmark = pytest.mark.principle("confidentiality")


def every_secret() -> list[Guarded]:
    return [kind(RAW) for kind in KINDS] + [Token(RAW[:10])]


def shown(thing: object) -> str:
    return f"{thing} {thing!r} {thing!s:>5} %s %r {[thing]} {{'a': {(thing,)}}}" % (thing, thing)


@pytest.mark.parametrize("secret", every_secret(), ids=lambda secret: type(secret).__name__)
def test_a_secret_is_redacted_however_it_is_written(secret: Guarded) -> None:
    assert "never-show" not in shown(secret)
    assert RAW[:10].hex() not in shown(secret)


def test_what_holds_a_secret_is_redacted_too() -> None:
    seed = Seed(RAW)
    holders = [
        KeyPair.from_seed(seed),
        SigningKey.from_seed(seed),
        ReporterKeys(RAW[:16], seed),
        Keyring(Secret(RAW), b""),
    ]
    assert all("never-show" not in shown(holder) for holder in holders)


def test_a_logged_secret_is_redacted(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("crypto").warning("seed %s", Seed(RAW))
    assert "never-show" not in caplog.text
    assert "redacted" in caplog.text


@pytest.mark.parametrize("secret", [*every_secret(), Keyring(Secret(RAW), b"")], ids=lambda it: type(it).__name__)
def test_a_secret_is_never_pickled_or_copied(secret: object) -> None:
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(secret)


def test_what_holds_a_secret_is_never_pickled() -> None:
    for holder in (KeyPair.from_seed(Seed(RAW)), SigningKey.from_seed(Seed(RAW)), ReporterKeys(b"", Seed(RAW))):
        with pytest.raises(TypeError):
            pickle.dumps(holder)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_secret_has_exactly_32_bytes_and_a_refusal_does_not_repeat_them(size: int) -> None:
    with pytest.raises(ValueError, match="exactly 32 bytes") as refusal:
        Seed(b"never-show".ljust(size, b"!")[:size])
    assert "never-show" not in str(refusal.value)


def test_a_secret_never_changes() -> None:
    seed = Seed(RAW)
    with pytest.raises(AttributeError):
        seed.raw = b""  # type: ignore[misc]  # what the type forbids must fail when it runs, too
    with pytest.raises(AttributeError):
        seed._raw = bytes(32)
    with pytest.raises(AttributeError):
        del seed._raw
    assert seed.raw == RAW


def test_secrets_are_equal_only_within_their_kind() -> None:
    assert Seed(RAW) == Seed(RAW)
    assert Seed(RAW) != Seed(bytes(32))
    assert Seed(RAW) != CompartmentKey(RAW)
    assert Seed(RAW) != Secret(RAW)
    assert Seed(RAW) != RAW


def test_a_secret_is_not_hashable() -> None:
    with pytest.raises(TypeError):
        hash(Seed(RAW))


def test_every_drawn_secret_is_new() -> None:
    drawn = [ShredKey.random() for _ in range(100)]
    assert len({key.raw for key in drawn}) == 100
    assert all(type(key) is ShredKey for key in drawn)


def test_secrets_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def spy(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr(hmac, "compare_digest", spy)
    assert Seed(RAW) != Seed(RAW)
    assert compared == [(RAW, RAW)]


def is_a_length(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"


def names_in(node: ast.AST) -> list[str]:
    """Every name and attribute in an expression, but for those whose length alone is asked."""
    if is_a_length(node):
        return []
    own = [node.attr] if isinstance(node, ast.Attribute) else [node.id] if isinstance(node, ast.Name) else []
    return own + [name for child in ast.iter_child_nodes(node) for name in names_in(child)]


def compared_with_an_operator(path: Path) -> set[str]:
    """Every name that some `==` or `!=` of a module touches."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    compared = [node for node in nodes if isinstance(node, ast.Compare)]
    equalities = [node for node in compared if any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)]
    return {name for node in equalities for name in names_in(node)}


def test_no_module_compares_secret_bytes_with_an_operator() -> None:
    modules = sorted(Path(str(reporting.crypto.__file__)).parent.glob("*.py"))
    secret_names = {"raw", "_raw", "key", "material", "commitment", "verifier", "tag", "passphrase", "signature"}
    assert modules
    for module in modules:
        assert secret_names.isdisjoint(compared_with_an_operator(module)), module.name
