"""Every released form is still read as it was, and refused where it was: what `tests/vectors/` promises."""

import json

import pytest

from reporting.crypto.errors import CannotOpen, KeysExist, KeysMissing, LooseModes, NotAToken
from tests.crypto.make_vectors import MAKERS
from tests.crypto.vectors import FOLDER, FORMS, Vector, every_vector, read, run

VECTORS = every_vector()
# These speak of a folder, not of bytes.
OF_FOLDERS = {KeysExist, KeysMissing, LooseModes}


def hold(vector: Vector) -> None:
    """Run one vector and compare the answer, or the error and what it tells."""
    if vector.expect == "success":
        answer = run(vector)
        assert answer == {name: vector.fields[name] for name in answer}
        return
    with pytest.raises((CannotOpen, KeyError)) as refusal:
        run(vector)
    assert type(refusal.value).__name__ == vector.expect
    told = vars(refusal.value)
    assert told == {name: vector.fields[name] for name in told}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector.file}: {vector.name}")
def test_a_released_form_is_read_and_refused_as_ever(vector: Vector) -> None:
    hold(vector)


def test_every_form_has_vectors_and_every_file_a_maker() -> None:
    assert {vector.form for vector in VECTORS} == set(FORMS)
    assert {path.name for path in FOLDER.glob("*.json")} >= set(MAKERS)


def test_every_refusal_of_the_floor_has_a_vector() -> None:
    refusals, queue = set(), [CannotOpen]
    while queue:
        found = queue.pop().__subclasses__()
        queue += found
        refusals |= set(found)
    expected = {vector.expect for vector in VECTORS}
    assert {refusal.__name__ for refusal in refusals - OF_FOLDERS - {NotAToken}} <= expected


@pytest.mark.parametrize("name", sorted(set(MAKERS) - {"passphrase-1.json", "token-1.json", "reporter-1.json"}))
def test_what_is_sealed_today_has_the_released_form(name: str) -> None:
    made, released = MAKERS[name](), json.loads((FOLDER / name).read_text(encoding="utf-8"))
    for vector in read(name, made):
        hold(vector)
    assert {field: type(value) for field, value in made["base"].items()} == {
        field: type(value) for field, value in released["base"].items()
    }
    assert len(made["base"].get("sealed", "")) == len(released["base"].get("sealed", ""))
