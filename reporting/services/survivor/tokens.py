"""Coming back with a token, replacing it, and making a spare."""

from reporting.crypto.keys import KeyPair
from reporting.crypto.token import Token, derive
from reporting.domain.case import Compartment, Part
from reporting.domain.oversight.audit import ReporterEvent
from reporting.services.actors import Reporter
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter
from reporting.services.sealed.granting import Recipient, add_sealed, open_key, seal_key
from reporting.services.survivor.report import reporter_row
from reporting.store.cases import lock_case
from reporting.store.database import Work
from reporting.store.grants import Grant, cases_granted_to, grants_held, holder_of_reporter, remove_grants
from reporting.store.reporters import find_reporter, lock_reporter, remove_reporter


def reporter_from(house: House, token: Token) -> Reporter:
    """Derive who a token makes her. This is the slow step (Argon2id); do it outside any transaction."""
    keys = derive(token, house.token_salt)
    return Reporter(keys.lookup_id, KeyPair.from_seed(keys.seed))


def come_back(work: Work, reporter: Reporter) -> list[bytes]:
    """Return the ids of the cases that her token opens.

    :raises NotFound: no such token: wrong, replaced and erased are the same answer.
    """
    cases = list(cases_granted_to(work.main, reporter.holder))
    if find_reporter(work.main, reporter.lookup_id) is None or not cases:
        raise NotFound
    return cases


def add_token(work: Work, house: House, reporter: Reporter, other: Reporter) -> None:
    """Let another token open everything that hers opens: a spare, or the first half of a replacement.

    Nothing is taken away here, so a crash between this and `drop_token` leaves her with two tokens
    and never with none.
    """
    if find_reporter(work.main, other.lookup_id) is None:
        work.main.add(reporter_row(house, other))
        work.main.flush()
    recipient = Recipient(other.holder, other.pair.public_key)
    for case_id in cases_granted_to(work.main, reporter.holder):
        lock_case(work.main, case_id)  # a key made at this moment is sealed to both tokens or seen here
        have = {_place(grant) for grant in grants_held(work.main, case_id, other.holder)}
        missing = [g for g in grants_held(work.main, case_id, reporter.holder) if _place(g) not in have]
        _reseal(work, house, reporter, missing, recipient)
        if missing:
            record_reporter(work, house, ReporterEvent.TOKEN_ADDED, case_id)


def drop_token(work: Work, house: House, reporter: Reporter) -> None:
    """Let a token die: its shred keys go first, then its grants and its row."""
    _drop(work, house, reporter.lookup_id)


def finish_replacement(work: Work, house: House, old_lookup: bytes, fresh: Reporter, came: Reporter | None) -> bool:
    """Let the replaced token die, now that she has the new one; return whether it did.

    Cases that came to the old token in the meantime go along when she is still there with it. While
    anything would open with the old token alone, the old token lives.

    :param old_lookup: the lookup id of the token that is replaced.
    :param came: who is at her page now.
    """
    lock_reporter(work.main, old_lookup)
    if came is not None and came.lookup_id == old_lookup:
        add_token(work, house, came, fresh)
        work.main.flush()
    old = set(cases_granted_to(work.main, holder_of_reporter(old_lookup)))
    if old_lookup == fresh.lookup_id or old - set(cases_granted_to(work.main, fresh.holder)):
        return False
    _drop(work, house, old_lookup)
    return True


def _drop(work: Work, house: House, lookup_id: bytes) -> None:
    holder = holder_of_reporter(lookup_id)
    for case_id in cases_granted_to(work.main, holder):
        remove_grants(work.main, work.shred, grants_held(work.main, case_id, holder))
        record_reporter(work, house, ReporterEvent.TOKEN_DROPPED, case_id)
    remove_reporter(work.main, lookup_id)


def _reseal(work: Work, house: House, reporter: Reporter, grants: list[Grant], to: Recipient) -> None:
    for grant in grants:
        key = open_key(work, reporter, house, grant)
        if key is None:
            raise NotFound
        sealed = seal_key(
            house, grant.case_id, Compartment(grant.compartment), grant.generation, key, to, Part(grant.part)
        )
        add_sealed(work, [sealed])


def _place(grant: Grant) -> tuple[str, int]:
    return grant.compartment, grant.generation
