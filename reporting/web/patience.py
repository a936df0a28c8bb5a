"""What a view may ask of the server, which waits for the line (serving/patience.py): more time than a form gets."""

from typing import Final, Protocol

from flask import request

ENVIRON: Final = "reporting.patience"
"""Under this name the server lays it into the environment of a request."""


class Patience(Protocol):
    """The patience with one request."""

    def lengthen(self) -> None:
        """Let this request take hours, as long as its line carries something."""

    def work(self) -> None:
        """A stretch of our own work begins; the line is not blamed for it."""

    def is_waiting(self) -> bool:
        """Return whether we wait for the line now."""
        ...

    def carried(self) -> int:
        """Return how many bytes the line has carried so far."""
        ...

    def give_way(self) -> None:
        """End this request for another one; called from the thread of that."""


class _Endless:
    """Where no server of ours runs, as in tests, nobody waits."""

    def lengthen(self) -> None:
        """Do nothing."""

    def work(self) -> None:
        """Do nothing."""

    def is_waiting(self) -> bool:
        """Return that there is no line."""
        return False

    def carried(self) -> int:
        """Return that it carries nothing."""
        return 0

    def give_way(self) -> None:
        """Do nothing."""


def patience() -> Patience:
    """Return who is patient with this request."""
    found: Patience = request.environ.get(ENVIRON) or _Endless()
    return found
