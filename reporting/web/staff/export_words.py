"""An export as the page of a case shows it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ExportShown:
    """What was asked for, by whom, and when it was taken; an address is empty where nothing can be done."""

    for_whom: str
    reason: str
    items: list[str]
    identity: bool
    originals: str
    asked_by: str
    asked_on: date
    taken_on: date | None
    begin_url: str
    take_url: str
