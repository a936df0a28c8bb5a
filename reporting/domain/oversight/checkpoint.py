"""A checkpoint: where both chains stood on a day, as a small text file to be kept somewhere else.

It holds no event, no name and no time of day, only places in the chains and the hashes that stood there, so that a
chain that is rewritten later, even by somebody who holds the instance key, no longer fits the copy outside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Self

TITLE: Final = "harbour audit checkpoint 1"
CHAINS: Final = ("audit_events", "audit_days")
MARKS: Final = 64
LONGEST: Final = 64 * 1024

_MARK: Final = re.compile(r"(audit_events|audit_days) ([0-9]{1,12}) ([0-9a-f]{64})")
_SIGNED: Final = re.compile(r"(.+\n)signature ([0-9a-f]{128})\n", re.DOTALL)


class NotACheckpoint(Exception):  # noqa: N818 - it names what is the matter
    """The text is none, or a line of it was cut or changed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stood at one place of a chain; place 0 is the start of every chain."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Both chains as they stood on a day: of each some marks in order, the last of them its end."""

    day: date
    public_key: bytes
    marks: Mapping[str, tuple[Mark, ...]]

    def length(self, chain: str) -> int:
        """Return how many links the chain had."""
        return self.marks[chain][-1].seq

    def body(self) -> str:
        """Return what is signed: every line but the last."""
        lines = [TITLE, f"day {self.day.isoformat()}", f"key {self.public_key.hex()}"]
        lines += [f"{chain} {mark.seq} {mark.hash.hex()}" for chain in CHAINS for mark in self.marks[chain]]
        return "\n".join(lines) + "\n"

    def to_text(self, signature: bytes) -> str:
        """Return the whole file."""
        return f"{self.body()}signature {signature.hex()}\n"

    @classmethod
    def from_text(cls, text: str) -> tuple[Self, bytes]:
        """Read a file back, forgiving only ends of lines; return it with its signature. Raises NotACheckpoint."""
        found = _SIGNED.fullmatch("\n".join(text.split("\r\n")).strip() + "\n") if len(text) <= LONGEST else None
        if found is None:
            raise NotACheckpoint
        checkpoint = cls._from_lines(found[1].splitlines())
        if checkpoint.body() != found[1]:
            raise NotACheckpoint
        return checkpoint, bytes.fromhex(found[2])

    @classmethod
    def _from_lines(cls, lines: list[str]) -> Self:
        marks = [_MARK.fullmatch(line) for line in lines[3:]]
        if len(lines) < 3 + len(CHAINS) or None in marks:
            raise NotACheckpoint
        by_chain: dict[str, list[Mark]] = {chain: [] for chain in CHAINS}
        for mark in marks:
            if mark is not None:
                by_chain[mark[1]].append(Mark(int(mark[2]), bytes.fromhex(mark[3])))
        try:
            day, key = date.fromisoformat(lines[1].removeprefix("day ")), bytes.fromhex(lines[2].removeprefix("key "))
        except ValueError:
            raise NotACheckpoint from None
        if not all(_in_order(found) for found in by_chain.values()):
            raise NotACheckpoint
        return cls(day, key, {chain: tuple(found) for chain, found in by_chain.items()})


def places(length: int) -> list[int]:
    """Return the places of a chain that a checkpoint notes: evenly spread, `MARKS` at most, and the end."""
    step = 1
    while length // step > MARKS:
        step *= 2
    return sorted({*range(step, length + 1, step), length})


def _in_order(marks: list[Mark]) -> bool:
    return bool(marks) and all(one.seq < other.seq for one, other in pairwise(marks))
