"""A file of a case that leaves the house: for whom, why, what is in it, and who took it on which day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from reporting.domain.file.listing import Named
from reporting.domain.sealed.entry import Entry


@dataclass(frozen=True)
class Export(Entry):
    """An export as it was asked for and, from `taken_on` on, as it was taken by `taken_by` (a staff id in hex).

    `shown` says that the passphrase of its archive has stood on a page. `originals` says why the originals of listed
    files leave beside their working copies; where it is empty, they stay.
    """

    WHAT = "export"
    FORMAT = 2
    UPGRADES: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: lambda old: old | {"originals": ""}}

    for_whom: str = ""
    reason: str = ""
    items: tuple[Named, ...] = ()
    identity: bool = False
    taken_on: str = ""
    taken_by: str = ""
    shown: bool = False
    originals: str = ""
