"""Sessions: the database alone opens none, and the cookie alone is worth nothing once the row is gone.

A session is a random id, stored hashed, and a random secret; both travel only in one cookie. The
row, in the shred store, holds the actor's key seed sealed under that secret.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import Seed
from reporting.domain.people import READERS, Role
from reporting.services.actors import Arriving, GuestReader, Reporter, StaffMember
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.signing_in.boxes import StaffBox, Stage
from reporting.services.signing_in.factors import is_needed
from reporting.services.signing_in.tickets import Ticket as Ticket
from reporting.store.database import Work, count_changed
from reporting.store.shred import StaffSession, SurvivorSession
from reporting.store.staff import Staff, find_staff

BOX_SIZE, STAFF_BOX_SIZE = 256, 1024
SURVIVOR_HOURS = 2
STAFF_IDLE = timedelta(minutes=30)
STAFF_AT_MOST = timedelta(hours=10)
HALF_OPEN_AT_MOST = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)
GUEST_LABEL = "guest-session"
SURVIVOR_LABEL, STAFF_LABEL = "survivor-session", "staff-session/2"


def hour_after(now: datetime, hours: int) -> datetime:
    """Return the full hour at least this many hours away: a reporter's rows carry nothing finer."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours + 1)


def start_survivor_session(work: Work, house: House, reporter: Reporter | GuestReader) -> Ticket:
    """Open a session for a token: hers, or that of a guest of hers."""
    ticket = Ticket.new()
    expires = hour_after(house.now(), SURVIVOR_HOURS)
    row = SurvivorSession(id_hash=ticket.id_hash, expires_hour=expires, sealed=_survivor_box(ticket, reporter))
    work.shred.add(row)
    return ticket


def _survivor_box(ticket: Ticket, reporter: Reporter | GuestReader) -> bytes:
    label = SURVIVOR_LABEL if isinstance(reporter, Reporter) else GUEST_LABEL
    return seal_box(ticket.secret, label, reporter.lookup_id + reporter.pair.seed.raw, size=BOX_SIZE)


def find_reporter_of(work: Work, house: House, ticket: Ticket) -> Reporter | None:
    """Return whose session this is, or nothing; a guest's session is nobody's here."""
    found = _open_survivor_box(work, house, ticket, SURVIVOR_LABEL)
    return Reporter(*found) if found else None


def find_guest_of(work: Work, house: House, ticket: Ticket) -> tuple[bytes, KeyPair] | None:
    """Return lookup id and keys of the guest whose session this is; whether they still count is not asked here."""
    return _open_survivor_box(work, house, ticket, GUEST_LABEL)


def _open_survivor_box(work: Work, house: House, ticket: Ticket, label: str) -> tuple[bytes, KeyPair] | None:
    row = work.shred.get(SurvivorSession, ticket.id_hash)
    if row is None or row.expires_hour <= house.now():
        return None
    try:
        raw = open_box(ticket.secret, label, row.sealed)
    except CannotOpen:
        return None
    return raw[:16], KeyPair.from_seed(Seed(raw[16:]))


def needs_renewal(work: Work, house: House, ticket: Ticket) -> bool:
    """Return whether a live survivor session has less than its full hours left."""
    row = work.shred.get(SurvivorSession, ticket.id_hash)
    return row is not None and row.expires_hour < hour_after(house.now(), SURVIVOR_HOURS)


def renew_survivor_session(work: Work, house: House, ticket: Ticket) -> None:
    """Give a live session its full hours again."""
    row = work.shred.get(SurvivorSession, ticket.id_hash)
    if row is not None:
        row.expires_hour = hour_after(house.now(), SURVIVOR_HOURS)


def move_survivor_session(work: Work, ticket: Ticket, reporter: Reporter) -> None:
    """Let a live session go on under another token, in place: the cookie stays as it is."""
    row = work.shred.get(SurvivorSession, ticket.id_hash)
    if row is not None:
        row.sealed = _survivor_box(ticket, reporter)


def end_survivor_session(work: Work, ticket: Ticket) -> None:
    """End a session by destroying its row."""
    work.shred.execute(delete(SurvivorSession).where(SurvivorSession.id_hash == ticket.id_hash))


def start_staff_session(work: Work, house: House, staff_id: bytes, seed: Seed) -> Ticket:
    """Open a session for a member of staff who has shown the passphrase; half open where that is not enough."""
    staff = find_staff(work.main, staff_id)
    stage = Stage.HALF_OPEN if staff is None or is_needed(work, staff) else Stage.PASSPHRASE
    return _start(work, house, StaffBox(staff_id, seed, stage=stage))


def open_fully(work: Work, house: House, ticket: Ticket) -> Ticket:
    """Let a session go on, under a new ticket, for somebody who has now shown the second factor, too.

    :raises NotFound: the session is over.
    """
    return _start_again(work, house, ticket, Stage.BOTH)


def change_ticket(work: Work, house: House, ticket: Ticket) -> Ticket:
    """Let a session go on under a new ticket; the old one opens nothing any more.

    :raises NotFound: the session is over.
    """
    return _start_again(work, house, ticket)


def find_staff_of(work: Work, house: House, ticket: Ticket) -> StaffMember | None:
    """Return who is signed in, or nothing: half open, idle or too long, ended, disabled, or another key now."""
    found = _find(work, house, ticket)
    if found is None or not _is_whole(*found):
        return None
    box, staff = found
    pair = KeyPair.from_seed(box.seed)
    return StaffMember(staff.id, staff.username, staff.display_name, Role(staff.role), staff.office_id, pair)


def find_arriving(work: Work, house: House, ticket: Ticket) -> Arriving | None:
    """Return who has shown the passphrase and must still show or set up a second factor, or nothing."""
    found = _find(work, house, ticket)
    row = work.shred.get(StaffSession, ticket.id_hash)
    if found is None or row is None or _is_whole(*found) or house.now() - row.started_at >= HALF_OPEN_AT_MOST:
        return None
    box, staff = found
    return Arriving(staff.id, staff.username, staff.display_name, Role(staff.role), box.seed)


def open_staff_box(work: Work, house: House, ticket: Ticket) -> StaffBox | None:
    """Return what a live session keeps under its seal, or nothing."""
    row = work.shred.get(StaffSession, ticket.id_hash)
    if row is None or _is_over(row, house.now()):
        return None
    try:
        box = StaffBox.from_bytes(open_box(ticket.secret, STAFF_LABEL, row.sealed))
    except CannotOpen:
        return None
    return box if box.staff_id == row.staff_id else None


def close_staff_box(work: Work, ticket: Ticket, box: StaffBox) -> None:
    """Seal what a session keeps anew, in place."""
    row = work.shred.get_one(StaffSession, ticket.id_hash)
    row.sealed = _staff_box(ticket, box)


def staff_session_is_due(work: Work, house: House, ticket: Ticket) -> bool:
    """Return whether the row's last-seen time is old enough to be written again."""
    row = work.shred.get(StaffSession, ticket.id_hash)
    return row is not None and house.now() - row.seen_at >= SEEN_EVERY


def mark_seen(work: Work, house: House, ticket: Ticket) -> None:
    """Note that the session is in use."""
    row = work.shred.get(StaffSession, ticket.id_hash)
    if row is not None and not _is_over(row, house.now()):
        row.seen_at = house.now()


def sessions_of(work: Work, house: House, staff_id: bytes) -> Sequence[StaffSession]:
    """Return a person's live sessions, the newest first."""
    rows = work.shred.scalars(select(StaffSession).where(StaffSession.staff_id == staff_id))
    live = [row for row in rows if not _is_over(row, house.now())]
    return sorted(live, key=lambda row: row.started_at, reverse=True)


def end_staff_session(work: Work, staff_id: bytes, id_hash: bytes) -> None:
    """End one of a person's own sessions."""
    condition = (StaffSession.staff_id == staff_id) & (StaffSession.id_hash == id_hash)
    work.shred.execute(delete(StaffSession).where(condition))


def end_all_staff_sessions(work: Work, staff_id: bytes) -> None:
    """End every session of an account."""
    work.shred.execute(delete(StaffSession).where(StaffSession.staff_id == staff_id))


def end_other_staff_sessions(work: Work, staff_id: bytes, kept: Ticket) -> None:
    """End every session of an account but one."""
    condition = (StaffSession.staff_id == staff_id) & (StaffSession.id_hash != kept.id_hash)
    work.shred.execute(delete(StaffSession).where(condition))


def drop_ended(work: Work, house: House) -> int:
    """Delete the rows of sessions that are over; return how many."""
    now = house.now()
    hers = count_changed(work.shred, delete(SurvivorSession).where(SurvivorSession.expires_hour <= now))
    over = (StaffSession.seen_at <= now - STAFF_IDLE) | (StaffSession.started_at <= now - STAFF_AT_MOST)
    theirs = count_changed(work.shred, delete(StaffSession).where(over))
    return hers + theirs


def _start(work: Work, house: House, box: StaffBox) -> Ticket:
    ticket, now = Ticket.new(), house.now()
    sealed = _staff_box(ticket, box)
    work.shred.add(
        StaffSession(id_hash=ticket.id_hash, staff_id=box.staff_id, started_at=now, seen_at=now, sealed=sealed)
    )
    work.shred.flush()
    return ticket


def _start_again(work: Work, house: House, ticket: Ticket, stage: Stage | None = None) -> Ticket:
    box = open_staff_box(work, house, ticket)
    if box is None:
        raise NotFound
    end_staff_session(work, box.staff_id, ticket.id_hash)
    stage = box.stage if stage is None else stage
    return _start(work, house, replace(box, challenge=b"", app_secret="", stage=stage))


def _staff_box(ticket: Ticket, box: StaffBox) -> bytes:
    return seal_box(ticket.secret, STAFF_LABEL, box.to_bytes(), size=STAFF_BOX_SIZE)


def _find(work: Work, house: House, ticket: Ticket) -> tuple[StaffBox, Staff] | None:
    """Return what a live session keeps and the account it belongs to, whose key must be the one in the session."""
    box = open_staff_box(work, house, ticket)
    staff = find_staff(work.main, box.staff_id) if box is not None else None
    if box is None or staff is None or staff.state != "active":
        return None
    return (box, staff) if staff.public_key == KeyPair.from_seed(box.seed).public_key else None


def _is_whole(box: StaffBox, staff: Staff) -> bool:
    """Return whether everything was shown that this role needs now; a role may change while a session lasts."""
    return box.stage is Stage.BOTH or (box.stage is Stage.PASSPHRASE and Role(staff.role) not in READERS)


def _is_over(row: StaffSession, now: datetime) -> bool:
    return now - row.seen_at >= STAFF_IDLE or now - row.started_at >= STAFF_AT_MOST
