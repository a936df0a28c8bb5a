"""A policy pack: definitions, clocks, doors and their wording, as one file that an organisation owns.

The file is TOML. It is read strictly: an unknown key, a missing text or a clock that runs longer than the law allows is
refused with a sentence that names table and key. A pack may promise more than the law, never less.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from reporting.domain.casework.clocks import ACKNOWLEDGE_DAYS_AT_MOST, FEEDBACK_MONTHS, Terms
from reporting.domain.declared import Table, Unfit
from reporting.domain.questions import Door
from reporting.domain.words import is_language

FORMAT: Final = 1
LARGEST: Final = 256 * 1024  # bytes of a file
INVESTIGATION_DAYS_AT_MOST: Final = 180  # no law says so: our own limit to what may be promised
TIME_BAR_MONTHS_AT_MOST: Final = 120
FIRST_CHECK_IN, LAST_CHECK_IN, CHECK_INS = 30, 365, 4
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LABEL, LONGEST_LINE, LONGEST_CODE = 120, 4000, 60, 200, 20_000
MOST_DEFINITIONS: Final = 40
CLOSABLE: Final = (Door.INFORMAL, Door.WITNESS, Door.QUESTION)
"""The ways in that an organisation may leave out. Nobody closes the others: they are how she is protected."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Conduct(StrEnum):
    """What a definition is about: sexual harassment, sexual exploitation and abuse, or punishment for speaking up."""

    HARASSMENT = "harassment"
    EXPLOITATION = "exploitation"
    RETALIATION = "retaliation"


@dataclass(frozen=True, slots=True)
class Wording:
    """A title and a text in one language; for a door its label and its line."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One thing that the rules name, with its wording in every language of the pack."""

    name: str
    kind: Conduct
    wording: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class DoorRule:
    """Whether a way in is offered, and its own wording where the pack gives one."""

    offered: bool
    wording: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class CodeOfConduct:
    """What colleagues accept before a case opens to them: its version, and the text by language."""

    version: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one organisation. The first of the languages stands in for those that are missing."""

    title: str
    languages: tuple[str, ...]
    terms: Terms
    time_bar_months: int
    definitions: tuple[Definition, ...]
    doors: Mapping[Door, DoorRule]
    code: CodeOfConduct

    def language_for(self, wanted: str) -> str:
        """Return the language in which somebody who reads `wanted` sees these texts."""
        return wanted if wanted in self.languages else self.languages[0]

    def offers(self, door: Door) -> bool:
        """Return whether this way in is offered."""
        return self.doors[door].offered

    def words_for(self, door: Door, language: str) -> Wording | None:
        """Return the pack's own words for a door in exactly this language; nothing means the program's."""
        return self.doors[door].wording.get(language)


def parse(content: bytes) -> Pack:
    """Read and check a pack.

    :raises Unfit: with everything that is wrong with it, in whole sentences.
    """
    if len(content) > LARGEST:
        raise Unfit([f"The file is too large: {len(content)} bytes, and at most {LARGEST} are read."])
    try:
        values = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise Unfit(["The file is not written in UTF-8."]) from None
    except tomllib.TOMLDecodeError as error:
        raise Unfit([f"The file is not TOML: {error}."]) from None
    except RecursionError:
        raise Unfit(["The file is nested too deeply."]) from None
    return _pack(Table("", values, []))


def check_change(before: Pack, after: Pack) -> None:
    """Refuse a pack that changes under the same version what colleagues have accepted.

    :raises Unfit: the code of conduct has another text and no other version.
    """
    if before.code.version == after.code.version and before.code.text != after.code.text:
        raise Unfit(["version in [code_of_conduct] must be another one, because the text below it has changed."])


def _pack(top: Table) -> Pack:
    top.integer("format", FORMAT, FORMAT)
    title, languages = top.text("title", LONGEST_TITLE), _languages(top)
    pack = Pack(
        title,
        languages,
        _terms(top.table("clocks")),
        _time_bar(top.table("time_bar")),
        _definitions(top.table("definitions"), languages),
        _doors(top.table("doors"), languages),
        _code(top.table("code_of_conduct"), languages),
    )
    top.end()
    if top.problems:
        raise Unfit(top.problems)
    return pack


def _languages(top: Table) -> tuple[str, ...]:
    languages = top.texts("languages")
    if any(not is_language(one) for one in languages) or len(set(languages)) != len(languages):
        top.problem("languages at the top of the file must be codes such as en or ar, each once.")
    return languages


def _terms(table: Table) -> Terms:
    law = "because the law allows no longer (Directive (EU) 2019/1937)"
    at_most = table.integer("acknowledge_days_at_most", 1, ACKNOWLEDGE_DAYS_AT_MOST, law)
    terms = Terms(
        acknowledge_working_days=table.integer("acknowledge_working_days", 1, ACKNOWLEDGE_DAYS_AT_MOST, law),
        acknowledge_days_at_most=at_most,
        feedback_months=table.integer("feedback_months", 1, FEEDBACK_MONTHS, law),
        sign_of_life_months=table.integer("sign_of_life_months", 1, 1, "because nobody waits longer for a word"),
        investigation_days=table.integer("investigation_days", 1, INVESTIGATION_DAYS_AT_MOST),
        check_in_days=_check_ins(table),
    )
    table.end()
    return terms


def _check_ins(table: Table) -> tuple[int, ...]:
    days = table.integers("check_in_days", 1, 1095)
    if days and (days[0] > FIRST_CHECK_IN or days[-1] < LAST_CHECK_IN or len(days) < CHECK_INS):
        table.problem(
            f"check_in_days in {table.name} must begin on day {FIRST_CHECK_IN} or before, go on to day {LAST_CHECK_IN} "
            f"or further, and have at least {CHECK_INS} days."
        )
    return days


def _time_bar(table: Table) -> int:
    months = table.integer("months", 0, TIME_BAR_MONTHS_AT_MOST)
    table.end()
    return months


def _definitions(table: Table, languages: tuple[str, ...]) -> tuple[Definition, ...]:
    names = table.names()
    if not names or len(names) > MOST_DEFINITIONS:
        table.problem(f"[definitions] must hold from 1 to {MOST_DEFINITIONS} definitions.")
    return tuple(_definition(name, table.table(name), languages) for name in names)


def _definition(name: str, table: Table, languages: tuple[str, ...]) -> Definition:
    if not _NAME.fullmatch(name):
        table.problem(f"{table.name} must be called by small letters, digits and hyphens, at most 40.")
    kind = Conduct(table.one_of("kind", tuple(Conduct)))
    wording = {one: _wording(table.table(one), "title", LONGEST_TITLE, "text", LONGEST_TEXT) for one in languages}
    table.end()
    return Definition(name, kind, MappingProxyType(wording))


def _wording(table: Table, title: str, longest_title: int, text: str, longest_text: int) -> Wording:
    wording = Wording(table.text(title, longest_title), table.text(text, longest_text))
    table.end()
    return wording


def _doors(table: Table, languages: tuple[str, ...]) -> Mapping[Door, DoorRule]:
    rules = {door: _door(door, table, languages) for door in Door}
    table.end()
    return MappingProxyType(rules)


def _door(door: Door, doors: Table, languages: tuple[str, ...]) -> DoorRule:
    if not doors.has(door):
        return DoorRule(offered=True, wording=MappingProxyType({}))
    table = doors.table(door)
    offered = table.flag("offered", default=True)
    if not offered and door not in CLOSABLE:
        table.problem(f"offered in {table.name} cannot be false: this way in is always open.")
    given = [one for one in languages if table.has(one)]
    wording = {one: _wording(table.table(one), "label", LONGEST_LABEL, "line", LONGEST_LINE) for one in given}
    table.end()
    return DoorRule(offered, MappingProxyType(wording))


def _code(table: Table, languages: tuple[str, ...]) -> CodeOfConduct:
    version = table.text("version", 20)
    text = {}
    for one in languages:
        inside = table.table(one)
        text[one] = inside.text("text", LONGEST_CODE)
        inside.end()
    table.end()
    return CodeOfConduct(version, MappingProxyType(text))
