"""A referral as an act: one service, what it would be told, and the items that it may open, each with her yes.

Offered by a handler, or asked for by her. What is offered never changes; whoever wants to offer something else offers
anew. Her yes is an entry in her own hand and names each item with the digest of what stood in it when she said so.
Staff can only write down what the service did; whether it goes ahead, and whether it goes on, is hers alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from reporting.domain.canonical import Record
from reporting.domain.case import ItemKind, Side
from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.evidence.evidence import KeptFile
from reporting.domain.file.listing import Named, Passage
from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_

ANSWER_WORKING_DAYS = 7
"""After so many working days of the office without a word of the service, somebody asks or looks for another one."""
LINK_DAYS = (3, 7, 14, 30)
"""For how long a link may wait to be opened."""
USUAL_LINK_DAYS = 14
LONGEST_REACH = 500
SHAREABLE: Mapping[str, str] = {
    ItemKind.DISCLOSURE: N_("What the person wrote"),
    ItemKind.PEOPLE: N_("Who is named, and who may not read it"),
    ItemKind.MESSAGE: N_("A message"),
    ItemKind.EVIDENCE: N_("Something that was added: a file, a link or an account"),
    "measure": N_("A measure"),
    "safety_plan": N_("The safety plan"),
    "informal_offer": N_("An offer of an informal way"),
    "informal_answer": N_("The answer to an informal way"),
    "outcome": N_("The outcome"),
    "outcome_note": N_("What the person was told of the outcome"),
}
"""What may be offered, by code, and what a service reads above it: only what she can read herself, never who she is."""


Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


def _each_item(old: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Give each item of an earlier format the fields that it lacks."""
    return old | {"items": [item | more for item in old["items"]]}


class Need(StrEnum):
    """What a service is for."""

    SAFETY = "safety"
    MEDICAL = "medical"
    PSYCHOSOCIAL = "psychosocial"
    LEGAL = "legal"
    LIVELIHOOD = "livelihood"


NEEDS: Mapping[Need, str] = {
    Need.SAFETY: N_("Safety"),
    Need.MEDICAL: N_("Medical care"),
    Need.PSYCHOSOCIAL: N_("Someone to talk to"),
    Need.LEGAL: N_("Legal advice"),
    Need.LIVELIHOOD: N_("Income, work or housing"),
}
NEED_OF: Mapping[Pathway, Need] = {
    Pathway.HEALTH_ACUTE: Need.MEDICAL,
    Pathway.CRISIS: Need.PSYCHOSOCIAL,
    Pathway.COUNSELLING: Need.PSYCHOSOCIAL,
    Pathway.SHELTER: Need.SAFETY,
    Pathway.DIGITAL_SAFETY: Need.SAFETY,
    Pathway.CHILD_PROTECTION: Need.SAFETY,
    Pathway.LEGAL_AID: Need.LEGAL,
    Pathway.EQUALITY_BODY: Need.LEGAL,
}
"""On which pathways of the directory a referral goes; the others are ways that she takes by herself."""


class ReferralState(StrEnum):
    """Where a referral stands."""

    ASKED = "asked"
    MET = "met"
    OFFERED = "offered"
    DECLINED = "declined"
    AGREED = "agreed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NO_RESPONSE = "no_response"
    DONE = "done"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    REVOKED = "revoked"


STATES: Mapping[ReferralState, str] = {
    ReferralState.ASKED: N_("Asked for"),
    ReferralState.MET: N_("Something was offered"),
    ReferralState.OFFERED: N_("Offered"),
    ReferralState.DECLINED: N_("Not wanted"),
    ReferralState.AGREED: N_("Wanted; no answer of the service yet"),
    ReferralState.ACCEPTED: N_("The service helps"),
    ReferralState.REJECTED: N_("The service cannot help"),
    ReferralState.NO_RESPONSE: N_("The service has not answered"),
    ReferralState.DONE: N_("Done"),
    ReferralState.CONSENT_WITHDRAWN: N_("The yes was taken back"),
    ReferralState.REVOKED: N_("The offer was taken back"),
}


class ReferralAct(StrEnum):
    """What moves a referral."""

    OFFER = "offer"
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    REJECT = "reject"
    SILENT = "silent"
    FINISH = "finish"
    REVOKE = "revoke"


ACTS: Mapping[ReferralAct, str] = {
    ReferralAct.ACCEPT: N_("The service helps"),
    ReferralAct.REJECT: N_("The service cannot help"),
    ReferralAct.SILENT: N_("The service has not answered"),
    ReferralAct.FINISH: N_("It is done"),
    ReferralAct.REVOKE: N_("Take the offer back"),
}
"""What a handler may record; the other acts are hers, or follow from an offer."""

_HERS, _THEIRS = Side.SURVIVOR, Side.HANDLER
_S, _A = ReferralState, ReferralAct
TRANSITIONS: Mapping[tuple[ReferralState, ReferralAct, Side], ReferralState] = {
    (_S.ASKED, _A.OFFER, _THEIRS): _S.MET,
    (_S.OFFERED, _A.AGREE, _HERS): _S.AGREED,
    (_S.OFFERED, _A.DECLINE, _HERS): _S.DECLINED,
    (_S.DECLINED, _A.AGREE, _HERS): _S.AGREED,
    (_S.AGREED, _A.ACCEPT, _THEIRS): _S.ACCEPTED,
    (_S.AGREED, _A.REJECT, _THEIRS): _S.REJECTED,
    (_S.AGREED, _A.SILENT, _THEIRS): _S.NO_RESPONSE,
    (_S.NO_RESPONSE, _A.ACCEPT, _THEIRS): _S.ACCEPTED,
    (_S.NO_RESPONSE, _A.REJECT, _THEIRS): _S.REJECTED,
    (_S.ACCEPTED, _A.FINISH, _THEIRS): _S.DONE,
    **{
        (state, _A.WITHDRAW, _HERS): _S.CONSENT_WITHDRAWN
        for state in (_S.ASKED, _S.AGREED, _S.ACCEPTED, _S.NO_RESPONSE)
    },
    **{
        (state, _A.REVOKE, _THEIRS): _S.REVOKED
        for state in (_S.OFFERED, _S.DECLINED, _S.AGREED, _S.ACCEPTED, _S.NO_RESPONSE)
    },
}
"""The whole table; what does not stand here does not happen."""
PASSED_ON = frozenset({_S.AGREED, _S.ACCEPTED, _S.NO_RESPONSE})
"""While a referral stands so, and at no other time, the service may learn what she agreed to."""
TAKEN_UP = frozenset({_S.ACCEPTED, _S.DONE})
LAST_WORDS = frozenset({_S.REJECTED, _S.DONE})
"""What a service can say after which it needs to learn nothing more."""


class Word(StrEnum):
    """What a service answers on its page; the coarse word is all that is kept of it outside a seal."""

    HELPS = "helps"
    CANNOT = "cannot"
    DONE = "done"


WORDS: Mapping[Word, str] = {
    Word.HELPS: N_("We help"),
    Word.CANNOT: N_("We cannot help"),
    Word.DONE: N_("It is done"),
}
_MEANS = {Word.HELPS: _S.ACCEPTED, Word.CANNOT: _S.REJECTED, Word.DONE: _S.DONE}


def acts_of(state: ReferralState, side: Side) -> tuple[ReferralAct, ...]:
    """Return what one side may do now, in the order of the acts; offering has a form of its own."""
    return tuple(act for act in ReferralAct if act is not _A.OFFER and (state, act, side) in TRANSITIONS)


@dataclass(frozen=True)
class Referral(Entry):
    """What is offered, or asked for: `told` is in words what the service would learn, `items` what it could open.

    `service` is the id of a listed service, or '' where the name was typed. `answer_by` is set when a link is issued.
    """

    WHAT = "referral"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    need: Need
    provider: str
    told: str
    items: tuple[Named, ...] = ()
    service: str = ""
    state: ReferralState = ReferralState.OFFERED
    since: str = ""
    answer_by: str = ""

    @property
    def is_silent_from(self) -> date | None:
        """Return the last day on which the service was to answer, where it is still waited for."""
        waits = self.state is ReferralState.AGREED and self.answer_by
        return date.fromisoformat(self.answer_by) if waits else None

    def stands(self, today: date, word: Word | None = None) -> ReferralState:
        """Return where it stands on a day, a word of the service included that nobody has written into it yet."""
        if word is not None and self.state in PASSED_ON:
            return _MEANS[word]
        if self.is_silent_from is not None and self.is_silent_from < today:
            return ReferralState.NO_RESPONSE
        return self.state


@dataclass(frozen=True)
class ScopedItem:
    """One item to which she agreed: its id in hex, and the SHA-256 of what stood in it, in hex.

    `file` is her yes to the file itself, in the copy without hidden data, beside what is said of it.
    """

    item: str
    digest: str
    file: bool = False


@dataclass(frozen=True)
class Scope(Entry):
    """Her yes to a referral, written by nobody but her: to which items, and how the service may reach her, or ''."""

    WHAT = "referral_scope"
    FORMAT = 2
    UPGRADES: ClassVar[dict[int, Upgrade]] = {1: lambda old: _each_item(old, {"file": False})}
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    about: str
    items: tuple[ScopedItem, ...] = ()
    reach: str = ""


@dataclass(frozen=True)
class SharedItem:
    """One item as a service reads it."""

    code: str
    day: str
    passages: tuple[Passage, ...]
    file: KeptFile | None = None
    """The copy without hidden data of a file, where she said yes to that; the link has a key of its own for it."""


@dataclass(frozen=True)
class Bundle(Record):
    """Everything that a link opens, and for whom it was made."""

    WHAT = "referral_bundle"
    FORMAT = 2
    UPGRADES: ClassVar[dict[int, Upgrade]] = {1: lambda old: _each_item(old, {"file": None})}

    provider: str
    need: Need
    told: str
    reach: str
    items: tuple[SharedItem, ...]
