"""What a guest does beside her: reads the story of one case, writes or translates, and leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.domain.case import ItemKind
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.reading.guests import Guest, GuestKind, GuestState, Translation
from reporting.domain.sealed.disclosure import GUEST, Disclosure, Message
from reporting.domain.words import clean_text
from reporting.services.actors import GuestReader
from reporting.services.casework.messages import add_message, thread_items
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter
from reporting.services.reading.guests import come_as_guest, take_key
from reporting.services.sealed.entries import add, change, file_of
from reporting.services.sealed.sealing import OpenCase, open_case, read_one
from reporting.store.database import Work
from reporting.store.guests import find_guest
from reporting.store.holdings import refresh_holdings


@dataclass(frozen=True)
class GuestPage:
    """What a guest reads: the account, the talk, translations, until when, and under which name they write."""

    guest: Guest
    disclosure: Disclosure
    messages: Sequence[tuple[bytes, Message]]
    translations: Mapping[str, Translation]


def read_as_guest(work: Work, house: House, guest: GuestReader) -> GuestPage:
    """Open the story for a guest; her page says on which day.

    :raises NotFound: the access is over.
    """
    opened, entry = open_as_guest(work, house, guest)
    record_reporter(work, house, ReporterEvent.GUEST_READ, guest.case_id)
    account = read_one(work, opened, ItemKind.DISCLOSURE)
    if account is None:
        raise NotFound
    translations = {one.entry.of: one.entry for one in file_of(work, opened).all(Translation)}
    return GuestPage(entry, Disclosure.from_bytes(account), thread_items(work, opened), translations)


def write_as_guest(work: Work, house: House, guest: GuestReader, text: str) -> None:
    """Add a message of her representative, which she and the handlers read.

    :raises NotFound: the access is over.
    :raises NotAllowed: nothing to say, or a translator, who translates and does not speak.
    """
    opened, entry = open_as_guest(work, house, guest)
    if entry.kind is not GuestKind.REPRESENTATIVE:
        raise NotAllowed
    add_message(work, house, opened, GUEST, entry.name, text)
    opened.row.waiting = True
    refresh_holdings(work.main, opened.row)
    record_reporter(work, house, ReporterEvent.GUEST_WROTE, guest.case_id)


def translate(work: Work, house: House, guest: GuestReader, of: str, language: str, text: str) -> None:
    """Write a translation beside the account (`of` empty) or one message (its item id in hex).

    :raises NotFound: the access is over, or there is no such message.
    :raises NotAllowed: nothing written, or not a translator.
    """
    opened, entry = open_as_guest(work, house, guest)
    known = {"", *(item_id.hex() for item_id, _ in thread_items(work, opened))}
    if of not in known:
        raise NotFound
    if entry.kind is not GuestKind.TRANSLATOR or not text.strip():
        raise NotAllowed
    add(work, house, opened, guest, Translation(0, "", entry.name, "1970-01-01", of, language, clean_text(text)))
    record_reporter(work, house, ReporterEvent.GUEST_WROTE, guest.case_id)


def leave_as_guest(work: Work, house: House, guest: GuestReader) -> None:
    """End one's own access; the key of the story is renewed by the next handler who opens the case.

    :raises NotFound: it is over already.
    """
    opened, entry = open_as_guest(work, house, guest)
    filed = next(one for one in file_of(work, opened).all(Guest) if one.entry == entry)
    change(work, opened, replace(filed, entry=replace(entry, state=GuestState.ENDED)))
    row = find_guest(work.main, guest.lookup_id)
    if row is not None:
        take_key(work, row)
    record_reporter(work, house, ReporterEvent.GUEST_ENDED, guest.case_id)


def open_as_guest(work: Work, house: House, guest: GuestReader) -> tuple[OpenCase, Guest]:
    """Open the one case of a guest, who must still count at this very moment."""
    opened = open_case(work, guest, house, guest.case_id, to_change=True)
    still = come_as_guest(work, house, guest.lookup_id, guest.pair)
    entries = [one.entry for one in file_of(work, opened).all(Guest) if one.entry.lookup == guest.lookup_id.hex()]
    if still.case_id != opened.id or not entries or entries[-1].state is not GuestState.INVITED:
        raise NotFound
    return opened, entries[-1]
