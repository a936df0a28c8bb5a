"""A report in the making.

A draft is sealed under a random value that only her form and her session-only cookie carry. The
token is drawn with it, so sending twice meets the same lookup id and makes one case. After sending,
her answers are gone from the draft and the token waits there until she says she has it.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import delete

from reporting.crypto.secret import SessionSecret
from reporting.crypto.token import Token, draw
from reporting.domain.canonical import Record
from reporting.domain.evidence.evidence import Evidence
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import Answer, People, Person
from reporting.services.errors import AlreadySent, NotFound
from reporting.services.house import House
from reporting.services.sealed.waiting import Kind
from reporting.store.blobs import forget_blob_keys, renew_blob_keys
from reporting.store.cases import find_case
from reporting.store.database import FORGOT, Work, add_first, count_changed
from reporting.store.shred import DraftRow

VALUE_SIZE = 32
ID_SIZE = 16
KIND = Kind("draft", hours=24)


class Purpose(StrEnum):
    """What the token of a draft is for: a report, or beside or instead of a token that she has."""

    REPORT = "report"
    SPARE = "spare"
    REPLACE = "replace"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Draft(Record):
    """Her answers so far. Ids are hex.

    `case_id` is drawn with the draft, so that sent twice under a token that she has it is one case too;
    `continuing` is a case of hers that this draft will rewrite, and `beside` one whose token will open this too, so
    that nobody else's page in this browser takes it; `shown` are the readers she was shown;
    `owner` is the lookup id of the token beside or instead of which a token was made; `law` and `duty` are what she
    read before the first word about a law that may keep something, and about one that may open her name. The files of
    `evidence` belong to `case_id` until they are sent.
    """

    WHAT = "draft"
    FORMAT = 4
    UPGRADES: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {
        1: lambda body: body | {"law": ""},
        2: lambda body: body | {"duty": ""},
        3: lambda body: body | {"evidence": []},
    }

    token: str = field(repr=False)
    language: str
    door: Door
    office: str = ""
    passed: bool = False
    answers: tuple[Answer, ...] = ()
    named: tuple[Person, ...] = ()
    excluded_staff: tuple[str, ...] = ()
    excluded_words: tuple[str, ...] = ()
    opened_to: tuple[str, ...] = ()
    continuing: str = ""
    shown: tuple[str, ...] = ()
    same_token: bool = False
    sent: bool = False
    case_id: str = ""
    purpose: Purpose = Purpose.REPORT
    owner: str = ""
    beside: str = ""
    law: str = ""
    duty: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def people(self) -> People:
        """Return who is named and who is closed out."""
        return People(self.named, self.excluded_staff, self.excluded_words, self.opened_to)

    def answer(self, question_id: str) -> Answer | None:
        """Return her answer to a question, if she was there."""
        return next((answer for answer in self.answers if answer.question_id == question_id), None)

    def with_answers(self, answers: tuple[Answer, ...]) -> "Draft":
        """Return the draft with these answers put in or replaced, the others untouched."""
        fresh = {answer.question_id for answer in answers}
        kept = tuple(answer for answer in self.answers if answer.question_id not in fresh)
        return replace(self, answers=(*kept, *answers))

    def drawn_token(self) -> Token:
        """Return the token that was drawn with this draft.

        :raises NotFound: she has said that she has it; it is gone.
        """
        if not self.token:
            raise NotFound
        return Token(bytes.fromhex(self.token))


@dataclass(frozen=True)
class DraftKey:
    """The random value that finds and opens a draft."""

    value: bytes

    @classmethod
    def new(cls) -> "DraftKey":
        """Return a fresh one."""
        return cls(secrets.token_bytes(VALUE_SIZE))

    @classmethod
    def parse(cls, text: str | None) -> "DraftKey | None":
        """Return the key that a form or cookie carries, or nothing where it is not one."""
        try:
            raw = base64.urlsafe_b64decode((text or "").encode("ascii") + b"==")
        except ValueError:
            return None
        return cls(raw) if len(raw) == VALUE_SIZE else None

    def text(self) -> str:
        """Return how forms and the cookie carry it."""
        return base64.urlsafe_b64encode(self.value).rstrip(b"=").decode()

    @property
    def id_hash(self) -> bytes:
        """Return what the database stores to find the draft."""
        return hashlib.sha256(b"harbour draft id v1" + self.value).digest()

    @property
    def secret(self) -> SessionSecret:
        """Return what seals the draft."""
        return SessionSecret(hashlib.sha256(b"harbour draft secret v1" + self.value).digest())


def new_draft(language: str, door: Door) -> Draft:
    """Return an empty draft with its token and the id of the case that it will be."""
    return Draft(draw(language).raw.hex(), language, door, case_id=secrets.token_bytes(ID_SIZE).hex())


def find_draft(work: Work, house: House, key: DraftKey) -> Draft | None:
    """Return the draft, or nothing: none kept, or its day is over."""
    return _opened(house, key, work.shred.get(DraftRow, key.id_hash))


def keep_draft(work: Work, house: House, key: DraftKey, draft: Draft) -> Draft:
    """Keep a draft and return what is kept.

    The first write decides token and case: a second tab that sends the same form gets the same ones.
    What has been sent stays sent. Evidence changes by `change_evidence` alone.

    :raises TooLong: the text does not fit the largest size class.
    """
    row = _locked(work, key)
    draft = replace(draft, evidence=())  # where it was thrown away meanwhile, the keys of its files are gone
    if row is None and add_first(work.shred, _sealed(house, key, draft)):
        return draft
    known = _opened(house, key, row or _locked(work, key))
    if known is not None:
        if known.sent and not draft.sent:
            return known
        draft = replace(draft, token=known.token, case_id=known.case_id, evidence=() if draft.sent else known.evidence)
    return _put(work, house, key, draft)


def change_evidence(
    work: Work, house: House, key: DraftKey, change: Callable[[Draft], tuple[Evidence, ...]]
) -> tuple[Evidence, ...]:
    """Give a draft other evidence, made from what is there now, and return it; whoever comes second waits.

    :raises NotFound: there is no such draft any more.
    :raises AlreadySent: it was sent meanwhile.
    """
    known = _opened(house, key, _locked(work, key))
    if known is None or known.sent:
        raise NotFound if known is None else AlreadySent
    return _put(work, house, key, replace(known, evidence=change(known))).evidence


def mark_sent(work: Work, house: House, key: DraftKey, draft: Draft) -> tuple[Evidence, ...]:
    """Drop her answers, keep the token: the case is durable now. Return the evidence that was there until now."""
    known = _opened(house, key, _locked(work, key))
    keep_draft(work, house, key, Draft(draft.token, draft.language, draft.door, draft.office, passed=True, sent=True))
    return known.evidence if known else ()


def forget_token(work: Work, house: House, key: DraftKey) -> None:
    """She has the token: nothing of it stays. A mark that this form was sent stays for its day."""
    row = _locked(work, key)
    if row is not None and (known := _opened(house, key, row)) is not None:
        row.sealed = _sealed(house, key, Draft("", known.language, known.door, sent=True)).sealed


def discard(work: Work, house: House, key: DraftKey) -> None:
    """Destroy a draft, answers and token, and the keys of the files that came with it."""
    work.main.connection()  # begun before the shred store
    known = _opened(house, key, _locked(work, key))
    if known is not None and known.evidence and find_case(work.main, bytes.fromhex(known.case_id)) is None:
        forget_blob_keys(work.shred, bytes.fromhex(known.case_id))
    work.shred.execute(delete(DraftRow).where(DraftRow.id_hash == key.id_hash))
    work.shred.info[FORGOT] = True  # the log is emptied as soon as the unit has committed


def drop_expired(work: Work, house: House) -> int:
    """Destroy the drafts whose day is over; return how many."""
    count = count_changed(work.shred, delete(DraftRow).where(DraftRow.expires_hour <= house.now()))
    work.shred.info[FORGOT] = count > 0 or work.shred.info.get(FORGOT, False)
    return count


def _locked(work: Work, key: DraftKey) -> DraftRow | None:
    """Return the row as it is now; whoever sends the same form at this moment waits."""
    return work.shred.get(DraftRow, key.id_hash, with_for_update=True)


def _put(work: Work, house: House, key: DraftKey, draft: Draft) -> Draft:
    work.shred.merge(_sealed(house, key, draft))
    work.shred.flush()
    if draft.evidence:
        renew_blob_keys(work.shred, bytes.fromhex(draft.case_id), house.today())
    return draft


def _sealed(house: House, key: DraftKey, draft: Draft) -> DraftRow:
    return KIND.row(house, key, draft.to_bytes())


def _opened(house: House, key: DraftKey, row: DraftRow | None) -> Draft | None:
    content = KIND.content(house, key, row)
    return Draft.from_bytes(content) if content is not None else None
