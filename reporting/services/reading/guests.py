"""Letting a guest read, and ending it: a representative of hers, or a translator to whom she said yes.

A guest holds whole keys of the story and of nothing else. When the access ends, the guest's shred keys are destroyed
at once. The key of the story is renewed there and then by whoever holds it, or, when a last day passes by itself, by
the next handler who opens the case: no chore holds a key.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.crypto.keys import KeyPair
from reporting.crypto.token import Token, derive
from reporting.domain.case import WITH_ORGANISATION, Compartment
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.reading.guests import LONGEST_NAME, TRANSLATOR_DAYS, Guest, GuestKind, GuestState
from reporting.domain.words import clean_text
from reporting.policy import Permission
from reporting.services.actors import GuestReader, Reporter, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter, record_staff
from reporting.services.reading.consent import renew_after_guests
from reporting.services.reading.trust import guest_is_authentic, tag_of_guest
from reporting.services.sealed.entries import CaseFile, Filed, add, change, file_of
from reporting.services.sealed.granting import Recipient, add_sealed, seal_key
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.database import Work
from reporting.store.grants import grants_held, holder_of_guest, remove_grants
from reporting.store.guests import GuestRow, find_guest, guests_over


@dataclass(frozen=True)
class Keys:
    """What a guest's token gives, derived outside any transaction (Argon2id)."""

    lookup_id: bytes
    pair: KeyPair


def keys_of(house: House, token: Token) -> Keys:
    """Derive the keys of a guest's token: the slow step."""
    derived = derive(token, house.token_salt)
    return Keys(derived.lookup_id, KeyPair.from_seed(derived.seed))


def invite(work: Work, house: House, reporter: Reporter, case_id: bytes, *, name: str, until: date, keys: Keys) -> None:
    """Let a representative of hers read the story and write messages until a day.

    :raises NotFound: her token does not open this case.
    :raises NotAllowed: nobody else reads it, no name is given, or the day is none of the periods on offer.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status not in WITH_ORGANISATION or not house.today() < until <= house.today() + timedelta(days=366):
        raise NotAllowed
    guest = _guest(GuestKind.REPRESENTATIVE, name, until, GuestState.INVITED, keys.lookup_id.hex())
    add(work, house, opened, reporter, guest)
    _let_in(work, house, opened, keys, until)
    record_reporter(work, house, ReporterEvent.GUEST_INVITED, case_id)


def ask_for_translator(work: Work, house: House, actor: StaffMember, case_id: bytes, name: str) -> None:
    """Ask her whether a translator, named here, may read for two weeks.

    :raises NotAllowed: no name is given, or such a question waits already.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.ASK_FOR_TRANSLATOR)
    if any(one.entry.state is GuestState.ASKED for one in file_of(work, opened).all(Guest)):
        raise NotAllowed
    until = house.today() + timedelta(days=TRANSLATOR_DAYS)
    add(work, house, opened, actor, _guest(GuestKind.TRANSLATOR, name, until, GuestState.ASKED))
    record_staff(work, house, StaffEvent.TRANSLATOR_ASKED_FOR, actor_id=actor.staff_id, case_id=case_id)


def answer_translator(
    work: Work, house: House, reporter: Reporter, case_id: bytes, item_id: bytes, *, yes: bool
) -> None:
    """Say yes or no to a translator; her yes counts two weeks from today.

    :raises NotFound: no such question waits in her case.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    filed = _in_state(file_of(work, opened), item_id, GuestState.ASKED)
    until = (house.today() + timedelta(days=TRANSLATOR_DAYS)).isoformat()
    state = GuestState.AGREED if yes else GuestState.REFUSED
    change(work, opened, replace(filed, entry=replace(filed.entry, state=state, until=until)))
    event = ReporterEvent.REQUEST_AGREED if yes else ReporterEvent.REQUEST_REFUSED
    record_reporter(work, house, event, case_id)


def let_translator_in(work: Work, house: House, actor: StaffMember, case_id: bytes, item_id: bytes, keys: Keys) -> None:
    """Give the translator to whom she said yes a token, which the handler hands over in person.

    :raises NotFound: she has not said yes to this, or it was done already.
    :raises NotAllowed: the two weeks have passed.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.ASK_FOR_TRANSLATOR)
    filed = _in_state(file_of(work, opened), item_id, GuestState.AGREED)
    if filed.entry.last_day < house.today() or opened.row.status not in WITH_ORGANISATION:
        raise NotAllowed
    invited = replace(filed.entry, state=GuestState.INVITED, lookup=keys.lookup_id.hex())
    change(work, opened, replace(filed, entry=invited))
    _let_in(work, house, opened, keys, filed.entry.last_day)
    record_staff(work, house, StaffEvent.TRANSLATOR_LET_IN, actor_id=actor.staff_id, case_id=case_id)


def end(work: Work, house: House, reporter: Reporter, case_id: bytes, item_id: bytes) -> None:
    """End a guest's access, or take a yes back, at once: keys destroyed, and the key of the story renewed.

    :raises NotFound: her case has no such guest, or it is over already.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    filed = file_of(work, opened).one(Guest, item_id)
    if not filed.entry.is_open:
        raise NotFound
    change(work, opened, replace(filed, entry=replace(filed.entry, state=GuestState.ENDED)))
    row = find_guest(work.main, bytes.fromhex(filed.entry.lookup)) if filed.entry.lookup else None
    if row is not None:
        take_key(work, row)
        renew_after_guests(work, house, opened)
    record_reporter(work, house, ReporterEvent.GUEST_ENDED, case_id)


def end_over(work: Work, house: House) -> int:
    """End the access of every guest whose last day has passed; return how many. Needs no key."""
    rows = guests_over(work.main, house.today())
    for row in rows:
        take_key(work, row)
        record_reporter(work, house, ReporterEvent.GUEST_ENDED, row.case_id)
    return len(rows)


def take_key(work: Work, row: GuestRow) -> None:
    """Destroy a guest's grants; the row stays until the key of the story is renewed."""
    remove_grants(work.main, work.shred, grants_held(work.main, row.case_id, holder_of_guest(row.lookup_id)))
    row.ended = True
    work.main.flush()


def guests_in(file: CaseFile, today: date) -> Sequence[Filed[Guest]]:
    """Return the guests who read now, and those about whom something is still open."""
    return [one for one in file.all(Guest) if one.entry.is_open and one.entry.last_day >= today]


def come_as_guest(work: Work, house: House, lookup_id: bytes, pair: KeyPair) -> GuestReader:
    """Return who comes with a guest's token.

    :raises NotFound: no such token, ended, or past its last day.
    """
    row = find_guest(work.main, lookup_id)
    if row is None or row.ended or row.until_on < house.today() or not guest_is_authentic(house, row):
        raise NotFound
    return GuestReader(lookup_id, pair, row.case_id)


def _let_in(work: Work, house: House, opened: OpenCase, keys: Keys, until: date) -> None:
    row = GuestRow(
        lookup_id=keys.lookup_id,
        case_id=opened.id,
        public_key=keys.pair.public_key,
        until_on=until,
        ended=False,
    )
    row.tag = tag_of_guest(house, row)
    work.main.add(row)
    work.main.flush()
    to = Recipient(holder_of_guest(keys.lookup_id), keys.pair.public_key)
    held = opened.generations_held(Compartment.STORY)
    add_sealed(work, [seal_key(house, opened.id, Compartment.STORY, number, key, to) for number, key in held])


def _guest(kind: GuestKind, name: str, until: date, state: GuestState, lookup: str = "") -> Guest:
    name = " ".join(clean_text(name).split())[:LONGEST_NAME]
    if not name:
        raise NotAllowed
    return Guest(0, "", "", until.isoformat(), kind, name, until.isoformat(), state, lookup)


def _in_state(file: CaseFile, item_id: bytes, state: GuestState) -> Filed[Guest]:
    filed = file.one(Guest, item_id)
    if filed.entry.kind is not GuestKind.TRANSLATOR or filed.entry.state is not state:
        raise NotFound
    return filed
