"""What is planned for her, as her pages show it: opened from her own keys, each thing with what she said to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.domain.assistance import FollowUp, SafetyPlan, Service, ServiceAct, ServiceState, service_acts
from reporting.domain.case import Side
from reporting.domain.measures import MeasureState
from reporting.domain.named_person import TellingState
from reporting.domain.ways import Way, way_of
from reporting.services.protection.measures import Known, measures_of
from reporting.services.protection.telling import Planned, plans_of
from reporting.services.sealed.entries import Filed, file_of
from reporting.store.database import reading
from reporting.web.instance import here
from reporting.web.survivor.her_case import HerCase


@dataclass(frozen=True)
class PlanShown:
    """The whole plan; `only_with_yes` says that on her way nobody is told without her yes."""

    measures: Sequence[Known]
    tellings: Sequence[Planned]
    safety: SafetyPlan | None
    services: Sequence[Filed[Service]]
    again: Sequence[Filed[FollowUp]]
    only_with_yes: bool

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was ever planned."""
        return not (self.measures or self.tellings or self.safety or self.services or self.again)

    @property
    def days_ahead(self) -> list[Planned]:
        """Return the days that are planned on which somebody is told."""
        return [one for one in self.tellings if one.telling.state is TellingState.PLANNED]

    @property
    def asks(self) -> int:
        """Return how many things she has not answered yet."""
        measures = [one for one in self.measures if one.measure.state is MeasureState.PROPOSED and one.said is None]
        days = [one for one in self.days_ahead if one.said is None]
        offers = [one for one in self.services if one.entry.state is ServiceState.OFFERED]
        return len(measures) + len(days) + len(offers)

    @property
    def ids(self) -> list[bytes]:
        """Return everything that she can answer."""
        measures, days = [one.id for one in self.measures], [one.id for one in self.tellings]
        return [*measures, *days, *(one.id for one in self.services)]


def plan_for(case: HerCase) -> PlanShown:
    """Open what is planned in a case of hers."""
    with reading(here().stores) as work:
        file = file_of(work, case.page.opened)
    safety = file.last(SafetyPlan)
    return PlanShown(
        measures_of(file),
        plans_of(file),
        safety.entry if safety else None,
        file.all(Service),
        file.all(FollowUp),
        way_of(case.page.choices) is not Way.FORMAL,
    )


def her_acts(state: ServiceState) -> tuple[ServiceAct, ...]:
    """Return what she can say to an offer that stands so."""
    return service_acts(state, Side.SURVIVOR)
