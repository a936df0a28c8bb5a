"""Written pages are true where a machine can tell: links lead somewhere, and what they name in the code exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import click
import pytest

from reporting.cli import commands
from reporting.services.chores import TASKS
from tests.machine import CHECKOUT
from tests.test_packaging import lines

PAGES: Final = (CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md")), CHECKOUT / "keys" / "README.md")
DECISIONS: Final = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
ARCHITECTURE: Final = CHECKOUT / "docs" / "ARCHITECTURE.md"
THREATS: Final = CHECKOUT / "docs" / "THREAT_MODEL.md"

_LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
# `services/survivor/report.py` or `services/survivor/report.py: seal_report`
_PLACE: Final = re.compile(r"`([a-z_]+(?:/\w+)*\.py)(?:: (\w+))?`")
_FOLDER: Final = re.compile(r"`([a-z_]+(?:/[a-z_]+)*/)`")
# `tests/services/survivor/test_report.py::test_a_sentence`
_TEST: Final = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_ANY_TEST: Final = re.compile(r"`[^`]*::[^`]*`")
# `reporting staff vouch elena.rusu`
_INLINE: Final = re.compile(r"`([^`\n]+)`")
_COMMAND: Final = re.compile(r"(?:^|/bin/)reporting ([a-z].*)$", re.MULTILINE)
_MAKE: Final = re.compile(r"^make ([a-z]+)", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the anchors that the headings of a page get."""
    titles = _HEADING.findall(_CODE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


def places(page: Path) -> Iterator[tuple[str, str]]:
    """Return each module that a page names, with the name inside it or nothing."""
    yield from _PLACE.findall(_CODE.sub("", page.read_text(encoding="utf-8")))


def standing(path: str) -> Path:
    """Return a path of the pages: under the package, unless it begins with a folder of the top level."""
    return CHECKOUT / path if (CHECKOUT / path.partition("/")[0]).is_dir() and "/" in path else _inside(path)


def _inside(path: str) -> Path:
    return CHECKOUT / "reporting" / path


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return what a module defines at its top level, with the methods and members of its classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [node for kind in tree.body if isinstance(kind, ast.ClassDef) for node in kind.body]
    return frozenset(name for node in (*tree.body, *inside) for name in _defined(node))


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    yield from (target.id for target in targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(CHECKOUT)) for page in PAGES])
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(CHECKOUT), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(CHECKOUT)) for page in PAGES])
def test_every_module_and_name_that_a_page_mentions_exists(page: Path) -> None:
    for module, name in places(page):
        path = standing(module)
        assert path.is_file(), module
        assert not name or name in names_in(path), f"{module}: {name}"


def typed(page: Path) -> str:
    """Return what a page shows as typed: the lines of its blocks, and each inline piece on a line of its own."""
    text = page.read_text(encoding="utf-8")
    return "\n".join([*_CODE.findall(text), *_INLINE.findall(_CODE.sub("", text))])


def command_of(line: str) -> click.Command:
    """Return the command that a line calls; KeyError when it calls none."""
    found: click.Command = commands
    for word in line.split():
        if not isinstance(found, click.Group):
            break
        deeper = found.get_command(click.Context(found), word)
        if deeper is None:
            raise KeyError(line)
        found = deeper
    return found


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(CHECKOUT)) for page in PAGES])
def test_every_command_and_flag_that_a_page_mentions_exists(page: Path) -> None:
    text = typed(page)
    for line in _COMMAND.findall(text):
        known = {flag for option in command_of(line).params for flag in option.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", line)) <= known, line
    targets = set(re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(_MAKE.findall(text)) <= targets


def test_the_floors_of_the_architecture_are_those_that_are_checked() -> None:
    drawn = re.findall(r"^([a-z]+(?: \| [a-z]+)*)(?: {3,}|$)", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    assert drawn == lines("importlinter:contract:floors", "layers")


def test_every_folder_of_the_house_has_its_line_in_the_architecture() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    code = {path.parent for path in (CHECKOUT / "reporting").rglob("*.py")} - {CHECKOUT / "reporting"}
    told = {_inside(folder.rstrip("/")) for folder in _FOLDER.findall(text)}
    assert code <= told


def test_every_chore_stands_in_the_table_of_the_architecture() -> None:
    table = ARCHITECTURE.read_text(encoding="utf-8").partition("## Chores")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE) == list(TASKS)


def test_every_test_that_the_threat_model_names_exists() -> None:
    text = THREATS.read_text(encoding="utf-8")
    named = _TEST.findall(text)
    assert len(named) == len(_ANY_TEST.findall(text)), "a test is written as `tests/folder/test_file.py::test_name`"
    for path, name in named:
        assert (CHECKOUT / path).is_file(), path
        assert name in names_in(CHECKOUT / path), f"{path}::{name}"


def test_every_promise_names_a_test() -> None:
    parts = re.split(r"^### ", THREATS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    promises = {part.partition(".")[0]: part for part in parts if part.partition(".")[0].isdigit()}
    assert [int(number) for number in promises] == list(range(1, 12))
    assert [number for number, part in promises.items() if not _TEST.search(part)] == []


def test_decisions_are_numbered_without_a_gap_and_say_why() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert "**Decision.**" in text, path.name
        assert "**Context.**" in text, path.name


def test_the_readme_fits_one_screen() -> None:
    assert len((CHECKOUT / "README.md").read_text(encoding="utf-8").splitlines()) <= 60
