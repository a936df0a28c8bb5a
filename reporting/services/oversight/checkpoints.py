"""Checkpoints: where both chains stand, signed, to be kept outside; and whether today's chains still extend one.

Whoever holds the instance key and the database can write a whole new record that `chains.verify` finds whole, or put
an older state of both back. A copy outside, made before, is what proves it.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from reporting.crypto.keys import verify as verify_signature
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.oversight.checkpoint import CHAINS, Checkpoint, Mark, NotACheckpoint, places
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.oversight.chains import START, Finding, hash_at
from reporting.store.audit import lock_head
from reporting.store.database import Work

INSTANCE = "instance"


def make_checkpoint(work: Work, house: House, actor_id: bytes | None) -> str:
    """Return the signed text of where both chains stand, having recorded that it was made.

    Hand it out only after the unit has committed: it covers its own event.
    """
    record_staff(work, house, StaffEvent.CHECKPOINT_MADE, actor_id=actor_id)
    marks = {chain: tuple(_marks(work.main, chain)) for chain in CHAINS}
    signer = house.keyring.checkpoint_key
    checkpoint = Checkpoint(house.today(), signer.public_key, marks)
    return checkpoint.to_text(signer.sign(checkpoint.body().encode()))


def read_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint and check that it is as it was signed.

    :raises NotACheckpoint: it is none, or somebody changed it.
    """
    checkpoint, signature = Checkpoint.from_text(text)
    if not verify_signature(checkpoint.public_key, checkpoint.body().encode(), signature):
        raise NotACheckpoint
    return checkpoint


def compare(work: Work, house: House, checkpoint: Checkpoint) -> list[Finding]:
    """Return where today's chains do not extend a checkpoint; together with `chains.verify` this finds a new record.

    Between two marks the exact place cannot be known: the finding names the stretch.
    """
    findings = [found for chain in CHAINS for found in _compare_chain(work.main, chain, checkpoint)]
    if checkpoint.public_key != house.keyring.checkpoint_key.public_key:
        findings.insert(0, Finding(INSTANCE, None, "another key"))
    return findings


def _compare_chain(session: Session, chain: str, checkpoint: Checkpoint) -> Iterator[Finding]:
    """Yield the first place that differs: what comes after it rests on it."""
    whole = 0
    for mark in checkpoint.marks[chain]:
        found = hash_at(session, chain, mark.seq)
        if found is None:
            yield Finding(chain, whole + 1, "gone since", checkpoint.length(chain))
            return
        if found != mark.hash:
            yield Finding(chain, whole + 1, "rewritten since", mark.seq)
            return
        whole = mark.seq


def _marks(session: Session, chain: str) -> Iterator[Mark]:
    head = lock_head(session, chain)
    for place in places(head.length if head is not None else 0):
        # A place that is empty or altered is noted as such; to name it is the work of `verify`.
        yield Mark(place, hash_at(session, chain, place) or START)
