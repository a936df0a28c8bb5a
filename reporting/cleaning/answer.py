"""What a decoder gives back, and the reasons why it may give nothing."""

from dataclasses import dataclass


class NotReadable(Exception):  # noqa: N818 - it names what is the matter
    """The file cannot be parsed as what it seems to be, or is locked."""


class TooMuch(Exception):  # noqa: N818 - it names what is the matter
    """The file would take more memory, time, members or pixels than is given to it."""


class NoProgram(Exception):  # noqa: N818 - it names what is the matter
    """A program that this kind needs is not installed."""


@dataclass(frozen=True)
class Cleaned:
    """A working copy: its bytes, its media type, and how many pages it has (0 where it has none)."""

    content: bytes
    type: str
    pages: int = 0
