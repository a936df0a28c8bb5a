"""Why something would not open, one class per reason.

No message and no attribute carries a word, a key, or anything else a person typed: a caller may log them. The
survivor is told a position or a count, never shown her own wrong word again.
"""

from pathlib import Path


class CannotOpen(Exception):  # noqa: N818  (a refusal read aloud, not a fault of the program)
    """Base of every refusal of this package."""


class WrongKey(CannotOpen):
    """The key is not the one that sealed this: nothing was decrypted."""


class Tampered(CannotOpen):
    """The key is right, but the bytes or the place where they were found are not what was sealed."""


class UnknownVersion(CannotOpen):
    """The version byte belongs to no format that this release reads."""


class TooLong(CannotOpen):
    """The plaintext is larger than the largest padding class, or than the size asked for.

    `limit` is the number of bytes that would have fitted.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(f"at most {limit} bytes fit")
        self.limit = limit


class WrongPassphrase(CannotOpen):
    """The passphrase does not open this key."""


class NotAToken(CannotOpen):
    """Base of the three ways in which typed text fails to be a token."""


class UnknownWord(NotAToken):
    """The word at `position` (the first is 1) stands in no list; `known` others do."""

    def __init__(self, position: int, known: int = 0) -> None:
        super().__init__(f"word {position} stands in no list")
        self.position = position
        self.known = known


class WrongLength(NotAToken):
    """There are `found` words or digits where `expected` were due (8 words or 27 digits)."""

    def __init__(self, found: int, expected: int = 8) -> None:
        super().__init__(f"{found} found, {expected} expected")
        self.found = found
        self.expected = expected


class WrongCheck(NotAToken):
    """Every word or digit is possible, but together they were never handed out: one is wrong or out of order."""


class NotAShare(CannotOpen):
    """What was typed is no share of a recovery key, or the shares do not fit each other."""


class OtherShares(CannotOpen):
    """The share is whole, but belongs to another split than those before it."""


class SameShare(CannotOpen):
    """This share was given already."""


class KeysMissing(CannotOpen):
    """The file at `path` is not there. Keys are made by `reporting keys init`, never silently."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is missing. Make the keys with: reporting keys init")
        self.path = path


class KeysExist(CannotOpen):
    """The file at `path` is in the way: keys are never overwritten, because that would close every case."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Keys are never overwritten: choose an empty folder.")
        self.path = path


class LooseModes(CannotOpen):
    """Others on this machine may read `path`; `mend` is the command that ends it."""

    def __init__(self, path: Path, mode: int) -> None:
        self.path = path
        self.mend = f"chmod {mode:o} {path}"
        super().__init__(f"Others may read {path}. Mend it with: {self.mend}")
