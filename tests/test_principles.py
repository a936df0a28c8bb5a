"""Each of the seven principles of victim support is the subject of at least one test (U12)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.machine import CHECKOUT

PRINCIPLES: Final = (
    "respect",
    "non_discrimination",
    "safety",
    "confidentiality",
    "informed_consent",
    "support",
    "prevention",
)
_REQUIREMENT: Final = re.compile(r"([UGLS][1-9]\d?|ASVS-\d+\.\d+\.\d+|WCAG-\d+\.\d+\.\d+|P([1-9]|1[01]))")


def marks(kind: str) -> Iterator[tuple[Path, str]]:
    """Read every `pytest.mark.<kind>(...)` from the files, so that choosing a few tests does not empty the list."""
    for path in sorted((CHECKOUT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == kind:
                yield from ((path, ast.literal_eval(argument)) for argument in node.args if _of_pytest(node.func))


def _of_pytest(mark: ast.Attribute) -> bool:
    return ast.unparse(mark.value) in {"pytest.mark", "mark"}


@pytest.mark.parametrize("principle", PRINCIPLES)
@pytest.mark.req("U12")
def test_each_principle_is_the_subject_of_a_test(principle: str) -> None:
    assert principle in {name for _, name in marks("principle")}


@pytest.mark.req("U12")
def test_no_test_names_a_principle_that_does_not_exist() -> None:
    assert [one for one in marks("principle") if one[1] not in PRINCIPLES] == []


def test_every_requirement_that_a_test_names_is_written_as_the_requirements_write_it() -> None:
    assert [one for one in marks("req") if not _REQUIREMENT.fullmatch(one[1])] == []
