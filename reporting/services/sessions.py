"""Sessions: the database alone opens none, and the cookie alone is worth nothing once the row is gone.

A session is a random id, stored hashed, and a random secret; both travel only in one cookie. The
row, in the shred store, holds the actor's key seed sealed under that secret.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import Seed, SessionSecret
from reporting.domain.people import Role
from reporting.services.actors import Reporter, StaffMember
from reporting.services.house import House
from reporting.store.database import Work, count_changed
from reporting.store.shred import StaffSession, SurvivorSession
from reporting.store.staff import find_staff

ID_SIZE = SECRET_SIZE = 32
ACTOR_SIZE, SEED_SIZE, MOMENT_SIZE = 16, 32, 8
BOX_SIZE = 256
SURVIVOR_HOURS = 2
STAFF_IDLE = timedelta(minutes=30)
STAFF_AT_MOST = timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)
QUERY_SIZE = 1024
SURVIVOR_LABEL, STAFF_LABEL, QUERY_LABEL = "survivor-session", "staff-session", "staff-query"


@dataclass(frozen=True)
class Ticket:
    """What the cookie carries: the id that finds the row and the secret that opens it."""

    session_id: bytes
    secret: SessionSecret

    @classmethod
    def new(cls) -> "Ticket":
        """Return a fresh random ticket."""
        return cls(secrets.token_bytes(ID_SIZE), SessionSecret.random())

    @classmethod
    def parse(cls, cookie: str | None) -> "Ticket | None":
        """Return the ticket of a cookie, or nothing where the value is not one."""
        try:
            raw = base64.urlsafe_b64decode((cookie or "").encode("ascii") + b"==")
        except (ValueError, binascii.Error):
            return None
        if len(raw) != ID_SIZE + SECRET_SIZE:
            return None
        return cls(raw[:ID_SIZE], SessionSecret(raw[ID_SIZE:]))

    def cookie(self) -> str:
        """Return the cookie's value."""
        return base64.urlsafe_b64encode(self.session_id + self.secret.raw).rstrip(b"=").decode()

    @property
    def id_hash(self) -> bytes:
        """Return what the database stores of the id."""
        return hashlib.sha256(b"harbour session v1" + self.session_id).digest()


@dataclass(frozen=True)
class StaffBox:
    """What a staff session keeps under its seal, beside the key: nothing of it is readable in the store.

    `proved_at` is when the passphrase was last shown, in seconds since 1970; `code` is a one-time code
    that this person still has to hand over to `code_for`.
    """

    staff_id: bytes
    seed: Seed
    proved_at: int = 0
    code_for: bytes = bytes(ACTOR_SIZE)
    code: str = ""

    def to_bytes(self) -> bytes:
        """Return the parts one after the other; all but the last have a fixed size."""
        moment = self.proved_at.to_bytes(MOMENT_SIZE)
        return self.staff_id + self.seed.raw + moment + self.code_for + self.code.encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "StaffBox":
        """Read the parts back."""
        staff_id, rest = raw[:ACTOR_SIZE], raw[ACTOR_SIZE:]
        seed, rest = rest[:SEED_SIZE], rest[SEED_SIZE:]
        moment, rest = rest[:MOMENT_SIZE], rest[MOMENT_SIZE:]
        return cls(staff_id, Seed(seed), int.from_bytes(moment), rest[:ACTOR_SIZE], rest[ACTOR_SIZE:].decode())


def hour_after(now: datetime, hours: int) -> datetime:
    """Return the full hour at least this many hours away: a reporter's rows carry nothing finer."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours + 1)


def start_survivor_session(work: Work, house: House, reporter: Reporter) -> Ticket:
    """Open a session for a token."""
    ticket = Ticket.new()
    expires = hour_after(house.now(), SURVIVOR_HOURS)
    row = SurvivorSession(id_hash=ticket.id_hash, expires_hour=expires, sealed=_survivor_box(ticket, reporter))
    work.shred.add(row)
    return ticket


def _survivor_box(ticket: Ticket, reporter: Reporter) -> bytes:
    return seal_box(ticket.secret, SURVIVOR_LABEL, reporter.lookup_id + reporter.pair.seed.raw, size=BOX_SIZE)


def find_reporter_of(work: Work, house: House, ticket: Ticket) -> Reporter | None:
    """Return whose session this is, or nothing."""
    row = work.shred.get(SurvivorSession, ticket.id_hash)
    if row is None or row.expires_hour <= house.now():
        return None
    try:
        raw = open_box(ticket.secret, SURVIVOR_LABEL, row.sealed)
    except CannotOpen:
        return None
    return Reporter(raw[:16], KeyPair.from_seed(Seed(raw[16:])))


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
    """Open a session for a member of staff who has shown the passphrase."""
    ticket, now = Ticket.new(), house.now()
    box = seal_box(ticket.secret, STAFF_LABEL, StaffBox(staff_id, seed).to_bytes(), size=BOX_SIZE)
    row = StaffSession(id_hash=ticket.id_hash, staff_id=staff_id, started_at=now, seen_at=now, sealed=box)
    work.shred.add(row)
    return ticket


def find_staff_of(work: Work, house: House, ticket: Ticket) -> StaffMember | None:
    """Return who is signed in, or nothing: idle or too long, ended, disabled, or another key now."""
    box = open_staff_box(work, house, ticket)
    if box is None:
        return None
    staff, pair = find_staff(work.main, box.staff_id), KeyPair.from_seed(box.seed)
    if staff is None or staff.state != "active" or staff.public_key != pair.public_key:
        return None
    return StaffMember(staff.id, staff.username, staff.display_name, Role(staff.role), staff.office_id, pair)


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
    row.sealed = seal_box(ticket.secret, STAFF_LABEL, box.to_bytes(), size=BOX_SIZE)


def keep_query(work: Work, ticket: Ticket, query: str) -> None:
    """Keep what somebody looks for with their session, so that it stands in no address; empty forgets it."""
    row = work.shred.get_one(StaffSession, ticket.id_hash)
    row.query = seal_box(ticket.secret, QUERY_LABEL, query.encode(), size=QUERY_SIZE) if query else None


def query_of(work: Work, house: House, ticket: Ticket) -> str:
    """Return what somebody looks for; empty where nothing is kept."""
    row = work.shred.get(StaffSession, ticket.id_hash)
    if row is None or row.query is None or _is_over(row, house.now()):
        return ""
    try:
        return open_box(ticket.secret, QUERY_LABEL, row.query).decode()
    except CannotOpen:
        return ""


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


def drop_ended(work: Work, house: House) -> int:
    """Delete the rows of sessions that are over; return how many."""
    now = house.now()
    hers = count_changed(work.shred, delete(SurvivorSession).where(SurvivorSession.expires_hour <= now))
    over = (StaffSession.seen_at <= now - STAFF_IDLE) | (StaffSession.started_at <= now - STAFF_AT_MOST)
    theirs = count_changed(work.shred, delete(StaffSession).where(over))
    return hers + theirs


def _is_over(row: StaffSession, now: datetime) -> bool:
    return now - row.seen_at >= STAFF_IDLE or now - row.started_at >= STAFF_AT_MOST
