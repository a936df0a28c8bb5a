"""What is planned for her, as her pages show it: opened from her own keys, each thing with what she said to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.domain.case import Side
from reporting.domain.casework.ways import Way, way_of
from reporting.domain.protection.assistance import FollowUp, SafetyPlan
from reporting.domain.protection.measures import MeasureState
from reporting.domain.protection.named_person import TellingState
from reporting.domain.protection.referral import ReferralAct, ReferralState, acts_of
from reporting.services.file.listing import Listed
from reporting.services.protection.measures import Known as KnownMeasure
from reporting.services.protection.measures import measures_of
from reporting.services.protection.referral_scope import Known, digest_of, has_copy, referrals_of
from reporting.services.protection.telling import Planned, plans_of
from reporting.services.sealed.entries import Filed, file_of
from reporting.store.database import reading
from reporting.web.instance import here
from reporting.web.survivor.her_case import HerCase
from reporting.web.survivor.refs import find_by_ref, ref_of


@dataclass(frozen=True)
class PlanShown:
    """The whole plan; `only_with_yes` says that on her way nobody is told without her yes."""

    measures: Sequence[KnownMeasure]
    tellings: Sequence[Planned]
    safety: SafetyPlan | None
    referrals: Sequence[Known]
    again: Sequence[Filed[FollowUp]]
    only_with_yes: bool

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was ever planned."""
        return not (self.measures or self.tellings or self.safety or self.referrals or self.again)

    @property
    def days_ahead(self) -> list[Planned]:
        """Return the days that are planned on which somebody is told."""
        return [one for one in self.tellings if one.telling.state is TellingState.PLANNED]

    @property
    def asks(self) -> int:
        """Return how many things she has not answered yet."""
        measures = [one for one in self.measures if one.measure.state is MeasureState.PROPOSED and one.said is None]
        days = [one for one in self.days_ahead if one.said is None]
        offers = [one for one in self.referrals if one.state is ReferralState.OFFERED]
        return len(measures) + len(days) + len(offers)

    @property
    def ids(self) -> list[bytes]:
        """Return everything that she can answer."""
        measures, days = [one.id for one in self.measures], [one.id for one in self.tellings]
        return [*measures, *days, *(one.id for one in self.referrals)]


@dataclass(frozen=True)
class Tick:
    """One item that a service could open: the value of its box, the item with its text, and whether it has a file."""

    value: str
    item: Listed
    has_file: bool


def plan_for(case: HerCase) -> PlanShown:
    """Open what is planned in a case of hers."""
    with reading(here().stores) as work:
        file = file_of(work, case.page.opened)
        referrals = referrals_of(work, here().house, case.page.opened, file)
    safety = file.last(SafetyPlan)
    return PlanShown(
        measures_of(file),
        plans_of(file),
        safety.entry if safety else None,
        referrals,
        file.all(FollowUp),
        way_of(case.page.choices) is not Way.FORMAL,
    )


def her_acts(one: Known) -> tuple[ReferralAct, ...]:
    """Return what she can say to a referral; as long as its link is open she can stop that, wherever it stands."""
    acts = acts_of(one.state, Side.SURVIVOR)
    return acts if acts or one.open_until is None else (ReferralAct.WITHDRAW,)


def items_to_tick(one: Known) -> list[Tick]:
    """Return what a referral offers, each bound to what stands in it now: a tick for something else counts nothing."""
    return [Tick(ref_of(_bound(item.id, digest_of(item))), item, has_copy(item)) for item in one.items]


def ticked(one: Known, refs: Sequence[str]) -> list[tuple[bytes, str]]:
    """Return the items that she ticked, with the digests of what she read.

    :raises NotFound: a tick means nothing that is offered as it stands now.
    """
    bound = {_bound(item.id, digest_of(item)): (item.id, digest_of(item)) for item in one.items}
    return [bound[find_by_ref(ref, bound)] for ref in refs]


def _bound(item_id: bytes, digest: str) -> bytes:
    return item_id + bytes.fromhex(digest)
