"""A hold as the page of a case shows it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HoldShown:
    """What was asked, by whom, and what became of it; an address is empty where nothing can be done."""

    asked_by: str
    asked_on: date
    until: date
    reason: str
    items: list[str]
    lasts: bool
    begin_url: str
    end_url: str
    begun: bool
