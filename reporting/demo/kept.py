"""What a law keeps, and what somebody outside asks for, in the case of the training."""

from collections.abc import Sequence
from datetime import timedelta

from reporting.demo.stage import Stage, Told
from reporting.domain.case import ItemKind
from reporting.domain.file.outside import Asker
from reporting.services.actors import StaffMember
from reporting.services.file import holds, outside
from reporting.services.file.listing import listed_in
from reporting.services.house import House
from reporting.services.reading.approvals import decide, waiting_for
from reporting.services.sealed.sealing import open_case
from reporting.store.database import Work, reading

KEPT_DAYS = 120


def keep_and_answer(stage: Stage, told: Told, asks: StaffMember, agrees: StaffMember) -> None:
    """Keep what was written until a court has decided, and write down that an insurer asks for it."""
    items = _what_she_wrote(stage, told, asks)
    until = stage.house.today() + timedelta(days=KEPT_DAYS)
    reason = "The labour court has asked to keep the account until it has decided."
    hold = stage.do(holds.ask, asks, told.case_id, items, reason, until)
    stage.do(_agree_to_hold, agrees)
    stage.do(holds.begin, asks, told.case_id, hold)
    ground = "Claim 4471: proof of what happened at work."
    asked = outside.Asked(Asker.INSURER, "Nordic Accident Insurance", ground, items, in_part=True)
    stage.do(outside.write_down, asks, told.case_id, asked)


def _agree_to_hold(work: Work, house: House, actor: StaffMember) -> None:
    for proposal in waiting_for(work, house, actor):
        decide(work, house, actor, proposal.request_id, yes=True)


def _what_she_wrote(stage: Stage, told: Told, member: StaffMember) -> Sequence[bytes]:
    with reading(stage.stores) as work:
        listed = listed_in(work, open_case(work, member, stage.house, told.case_id))
        return [one.id for one in listed if one.kind is ItemKind.DISCLOSURE]
