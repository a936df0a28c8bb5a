"""Reading a file that people wrote by hand: every fault is found in one go and said in a whole sentence.

A `Table` knows where it stands, so that each sentence names table and key. What nobody asked for is a fault, too: a
key that is misspelt must not be ignored in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_ALLOWED_BREAK = "\n"


class Unfit(ValueError):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """The file cannot be used. `problems` says why, in whole sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass
class Table:
    """One table of the file: takes its keys one by one and notes what is wrong with them."""

    path: str
    values: Mapping[str, Any]
    problems: list[str]
    taken: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return how a sentence calls this table."""
        return f"[{self.path}]" if self.path else "the top of the file"

    def problem(self, sentence: str) -> None:
        """Note that something is wrong."""
        self.problems.append(sentence)

    def integer(self, key: str, lowest: int, highest: int, because: str = "") -> int:
        """Return a whole number between two limits, both included.

        :param because: why it is not more, in half a sentence.
        """
        value = self._take(key)
        if value is None:
            return lowest
        if type(value) is not int or not lowest <= value <= highest:
            reason = f", {because}" if because and type(value) is int and value > highest else ""
            self.problem(f"{key} in {self.name} must be a whole number from {lowest} to {highest}{reason}.")
            return lowest
        return value

    def integers(self, key: str, lowest: int, highest: int) -> tuple[int, ...]:
        """Return a list of whole numbers, each greater than the one before."""
        value = self._take(key)
        if value is None:
            return ()
        whole = isinstance(value, list) and all(type(one) is int and lowest <= one <= highest for one in value)
        if not whole or value != sorted(set(value)):
            self.problem(
                f"{key} in {self.name} must be a list of whole numbers from {lowest} to {highest}, "
                "each greater than the one before."
            )
            return ()
        return tuple(value)

    def text(self, key: str, longest: int) -> str:
        """Return a text that is not empty and has no characters that a page cannot show."""
        value = self._take(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.problem(f"{key} in {self.name} must be a text that says something.")
            return ""
        if len(value) > longest:
            self.problem(f"{key} in {self.name} is too long: {len(value)} characters, and at most {longest} fit.")
        if not all(letter.isprintable() or letter == _ALLOWED_BREAK for letter in value):
            self.problem(f"{key} in {self.name} holds a character that no page can show.")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            self.problem(f"{key} in {self.name} must be a list of texts.")
            return ()
        return tuple(value)

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """Return one of a closed list of words."""
        value = self._take(key)
        if value is None:
            return allowed[0]
        if value not in allowed:
            self.problem(f"{key} in {self.name} must be one of {', '.join(allowed)}.")
            return allowed[0]
        return str(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false, or the default where the key is missing."""
        if key not in self.values:
            return default
        value = self._take(key)
        if not isinstance(value, bool):
            self.problem(f"{key} in {self.name} must be true or false.")
            return default
        return value

    def has(self, key: str) -> bool:
        """Return whether a key is there, without taking it."""
        return key in self.values

    def table(self, key: str) -> "Table":
        """Return a table inside this one; an empty one where it is missing, which its own keys then say."""
        path = f"{self.path}.{key}" if self.path else key
        self.taken.add(key)
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.problem(f"[{path}] must be a table.")
            value = {}
        return Table(path, value, self.problems)

    def names(self) -> tuple[str, ...]:
        """Return the keys that nobody has taken yet, in their order."""
        return tuple(key for key in self.values if key not in self.taken)

    def end(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.names():
            self.problem(f"{key} in {self.name} is no key of a policy pack.")

    def _take(self, key: str) -> Any:
        self.taken.add(key)
        if key not in self.values:
            self.problem(f"{key} is missing in {self.name}.")
        return self.values.get(key)
