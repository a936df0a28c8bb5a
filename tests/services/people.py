"""Accounts that start anew: another passphrase, another key, another vouch."""

from dataclasses import replace

from reporting.crypto.keys import KeyPair
from reporting.services.actors import StaffMember
from reporting.services.organisation import accounts
from reporting.services.reading import trust
from reporting.services.signing_in import sessions
from reporting.services.signing_in.sessions import Ticket
from reporting.store.audit import AuditEvent
from reporting.store.database import reading, writing
from reporting.store.shred import StaffSession
from reporting.store.staff import find_staff
from tests.builders import PASSPHRASE, Built, cheap_passphrases, in_unit, staff_row


def enrolled_again(
    built: Built, member: StaffMember, passphrase: str, voucher: StaffMember | None = None
) -> StaffMember:
    """Give an account a new code and let its person choose another passphrase; a colleague vouches, if there is one."""
    code = in_unit(built, accounts.renew_code, None, member.staff_id)
    with cheap_passphrases():
        seed, sealed = accounts.prepare_key(member.username, member.display_name, passphrase)
    in_unit(built, accounts.enrol, member.username, code, seed, sealed)
    if voucher is not None:
        words = trust.fingerprint(staff_row(built, member))
        in_unit(built, trust.vouch, voucher, member.staff_id, words)
    return replace(member, pair=KeyPair.from_seed(seed))


def is_trusted(built: Built, staff_id: bytes) -> bool:
    """Return whether a case may be sealed to this account."""
    with reading(built.stores) as work:
        staff = find_staff(work.main, staff_id)
        assert staff is not None
        return trust.is_trusted(work, built.house, staff)


def set_columns(built: Built, staff_id: bytes, **values: object) -> None:
    """Change an account's row past all services, as somebody could who sits at the database."""
    with writing(built.stores) as work:
        staff = find_staff(work.main, staff_id)
        assert staff is not None
        for name, value in values.items():
            setattr(staff, name, value)


def signed_in(built: Built, member: StaffMember) -> Ticket:
    """Open a session for somebody who has shown everything that their role needs."""
    ticket = in_unit(built, sessions.start_staff_session, member.staff_id, member.pair.seed)
    ticket = in_unit(built, sessions.open_fully, ticket)
    assert isinstance(ticket, Ticket)
    return ticket


def staff_name(built: Built, ticket: Ticket) -> str:
    """Return who is signed in with this cookie; empty where nobody is."""
    with reading(built.stores) as work:
        found = sessions.find_staff_of(work, built.house, ticket)
        return found.display_name if found else ""


def sign_in(built: Built, username: str, passphrase: str = PASSPHRASE) -> bytes:
    """Return the id of the account that a name and passphrase open."""
    with reading(built.stores) as work:
        found = accounts.stored_seed(work, username)
    with cheap_passphrases():
        return accounts.check_passphrase(found, passphrase)[0]


def last_events(built: Built, count: int) -> list[tuple[str, str]]:
    """Return what was recorded last: the action and its detail."""
    with reading(built.stores) as work:
        rows = work.main.query(AuditEvent).order_by(AuditEvent.seq.desc()).limit(count)
        return [(row.action, row.detail) for row in rows][::-1]


def session_count(built: Built) -> int:
    """Return how many staff sessions there are."""
    with reading(built.stores) as work:
        return work.shred.query(StaffSession).count()
