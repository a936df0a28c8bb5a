"""A watch in the place of the module `time`, for what measures how long something takes."""

from types import ModuleType

import pytest


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Return the present moment."""
        return self.now


def watched(monkeypatch: pytest.MonkeyPatch, module: ModuleType) -> Watch:
    """Let a module look at a watch for the rest of a test, and return it."""
    watch = Watch()
    monkeypatch.setattr(module, "time", watch)
    return watch
