"""The work list as a file for a spreadsheet: what stands in no cell is content, and no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from reporting.services.actors import StaffMember
from reporting.services.casework.inbox import Filters, InboxRow, inbox
from reporting.services.house import House
from reporting.store.database import Work

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection)."""


def rows(work: Work, house: House, actor: StaffMember) -> list[InboxRow]:
    """Return every case that this person holds and can open, the most overdue first."""
    found, after = inbox(work, house, actor, Filters())
    while after is not None:
        more, after = inbox(work, house, actor, Filters(), after)
        found += more
    return found


def as_csv(lines: Iterable[Sequence[str]]) -> str:
    """Return lines as CSV in which every cell is quoted and none begins like a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[harmless(cell) for cell in line] for line in lines])
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows and does not compute.

    Spaces before a sign do not stop every spreadsheet, so they do not count here either.
    """
    begins = cell.lstrip(" ").startswith(FORMULA) or cell.startswith(FORMULA)
    return f"'{cell}" if begins else cell
