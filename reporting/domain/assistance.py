"""Assistance beside the investigation: her safety plan, services that she is offered, and when somebody asks again.

None of it depends on proof, on whether she takes part, or on where the case stands. Staff can only offer a service and
write down what the provider did; whether she takes it is hers alone, at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind, Side
from reporting.domain.entry import Entry
from reporting.domain.words import N_


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


class ServiceState(StrEnum):
    """Where an offered service stands."""

    OFFERED = "offered"
    DECLINED = "declined"
    AGREED = "agreed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NO_RESPONSE = "no_response"
    DONE = "done"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    REVOKED = "revoked"


STATES: Mapping[ServiceState, str] = {
    ServiceState.OFFERED: N_("Offered"),
    ServiceState.DECLINED: N_("Not wanted"),
    ServiceState.AGREED: N_("Wanted; the service is being asked"),
    ServiceState.ACCEPTED: N_("The service helps"),
    ServiceState.REJECTED: N_("The service cannot help"),
    ServiceState.NO_RESPONSE: N_("The service has not answered"),
    ServiceState.DONE: N_("Done"),
    ServiceState.CONSENT_WITHDRAWN: N_("The yes was taken back"),
    ServiceState.REVOKED: N_("The offer was taken back"),
}


class ServiceAct(StrEnum):
    """What moves an offer."""

    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    REJECT = "reject"
    SILENT = "silent"
    FINISH = "finish"
    REVOKE = "revoke"


ACTS: Mapping[ServiceAct, str] = {
    ServiceAct.ACCEPT: N_("The service helps"),
    ServiceAct.REJECT: N_("The service cannot help"),
    ServiceAct.SILENT: N_("The service has not answered"),
    ServiceAct.FINISH: N_("It is done"),
    ServiceAct.REVOKE: N_("Take the offer back"),
}
"""What a handler may record; the other acts are hers."""

_HERS, _THEIRS = Side.SURVIVOR, Side.HANDLER
_S, _A = ServiceState, ServiceAct
SERVICE_TRANSITIONS: Mapping[tuple[ServiceState, ServiceAct, Side], ServiceState] = {
    (_S.OFFERED, _A.AGREE, _HERS): _S.AGREED,
    (_S.OFFERED, _A.DECLINE, _HERS): _S.DECLINED,
    (_S.DECLINED, _A.AGREE, _HERS): _S.AGREED,
    (_S.AGREED, _A.ACCEPT, _THEIRS): _S.ACCEPTED,
    (_S.AGREED, _A.REJECT, _THEIRS): _S.REJECTED,
    (_S.AGREED, _A.SILENT, _THEIRS): _S.NO_RESPONSE,
    (_S.NO_RESPONSE, _A.ACCEPT, _THEIRS): _S.ACCEPTED,
    (_S.NO_RESPONSE, _A.REJECT, _THEIRS): _S.REJECTED,
    (_S.ACCEPTED, _A.FINISH, _THEIRS): _S.DONE,
    **{(state, _A.WITHDRAW, _HERS): _S.CONSENT_WITHDRAWN for state in (_S.AGREED, _S.ACCEPTED, _S.NO_RESPONSE)},
    **{
        (state, _A.REVOKE, _THEIRS): _S.REVOKED
        for state in (_S.OFFERED, _S.DECLINED, _S.AGREED, _S.ACCEPTED, _S.NO_RESPONSE)
    },
}
"""The whole table; what does not stand here does not happen."""
PASSED_ON = frozenset({ServiceState.AGREED, ServiceState.ACCEPTED, ServiceState.NO_RESPONSE})
"""While an offer stands so, and at no other time, the service may be told what she agreed to."""


def service_acts(state: ServiceState, side: Side) -> tuple[ServiceAct, ...]:
    """Return what one side may do now, in the order of the acts."""
    return tuple(act for act in ServiceAct if (state, act, side) in SERVICE_TRANSITIONS)


@dataclass(frozen=True)
class SafetyPlan(Entry):
    """The plan as somebody looked at it on a day; the newest counts, and the older ones stay readable."""

    WHAT = "safety_plan"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    words: str
    review_on: str

    def review_is_due(self, today: date) -> bool:
        """Return whether the day has come to look at it again."""
        return date.fromisoformat(self.review_on) <= today


@dataclass(frozen=True)
class Service(Entry):
    """A service that she is offered; `told` is what the provider would learn of her, and nothing else is passed on."""

    WHAT = "service"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    need: Need
    provider: str
    told: str
    state: ServiceState = ServiceState.OFFERED
    since: str = ""


@dataclass(frozen=True)
class FollowUp(Entry):
    """That somebody asks again on a day; `done_on` is empty until it was done."""

    WHAT = "follow_up"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    words: str
    due_on: str
    done_on: str = ""

    def is_due(self, today: date) -> bool:
        """Return whether its day has come and nobody did it yet."""
        return not self.done_on and date.fromisoformat(self.due_on) <= today
