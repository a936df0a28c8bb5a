"""The assistance fund in the demonstration: two pledges, a lawyer who is paid, and a request in each state."""

from dataclasses import dataclass

from reporting.demo.stage import Stage, Told
from reporting.domain.fund.requests import Criterion, Need, Reason
from reporting.services.actors import StaffMember
from reporting.services.fund import beginning, funds, hers, providers, requests, vouchers
from reporting.services.fund.beginning import FundFacts
from reporting.services.fund.providers import ProviderFacts
from reporting.services.house import House
from reporting.store.database import Work

LEI = 100
"""Minor units of one leu."""

FACTS = FundFacts("Legal help (invented)", "MDL", 90, (Criterion.CANNOT_PAY, Criterion.HARASSMENT, Criterion.COUNTRY))


@dataclass(frozen=True)
class _Fund:
    """The fund and the two who decide."""

    id: bytes
    pavel: StaffMember
    irina: StaffMember
    lawyer: str


def fund_at_work(stage: Stage, helped: Told, kept: Told, complained: Told, asks: Told) -> None:
    """Let the fund begin, and let these people ask: one has been helped before and holds a voucher now."""
    fund = _begin(stage)
    stage.calendar.go_to(14, working=True)
    paid = _ask(stage, fund, helped, Need.ADVICE, 900)
    _agree(stage, fund, paid, 900)
    code = stage.do(hers.draw_voucher, helped.reporter, helped.case_id, paid)
    stage.do(hers.forget_code, helped.reporter, helped.case_id, paid)
    stage.do(vouchers.redeem, fund.lawyer, code, "INV-2026/14", "750.00")
    stage.calendar.go_to(12, working=True)
    refused = _ask(stage, fund, helped, Need.COURT, 90_000)
    stage.do(requests.decline, fund.irina, refused, Reason.TOO_MUCH)
    stage.calendar.go_to(8, working=True)
    held = _ask(stage, fund, helped, Need.WORK, 3_000)
    _agree(stage, fund, held, 2_500)
    stage.do(hers.draw_voucher, helped.reporter, helped.case_id, held)
    stage.do(hers.forget_code, helped.reporter, helped.case_id, held)
    stage.calendar.go_to(2)
    _agree(stage, fund, _ask(stage, fund, kept, Need.PROTECTION, 1_200), 1_200)
    half = _ask(stage, fund, complained, Need.FEES, 400)
    stage.do(requests.agree_first, fund.pavel, half, 400 * LEI)
    stage.calendar.go_to(0)
    _ask(stage, fund, asks, Need.PAPERS, 350)


def _begin(stage: Stage) -> _Fund:
    stage.calendar.go_to(60, working=True)
    pavel, irina = stage.members["pavel.stan"], stage.members["irina.ceban"]
    fund_id = stage.do(beginning.begin_fund, pavel, FACTS)
    stage.do(beginning.set_open, irina, fund_id, is_open=True)
    first = stage.do(funds.pledge, pavel, fund_id, "Example Foundation (invented)", 20_000 * LEI)
    stage.do(funds.receive, pavel, first, 12_000 * LEI)
    stage.do(funds.pledge, irina, fund_id, "Example Embassy (invented)", 8_000 * LEI)
    lawyer = stage.do(providers.propose, pavel, ProviderFacts("Law office Ceban (invented)", "MD", "+373 22 000 000"))
    return _Fund(fund_id, pavel, irina, stage.do(providers.confirm, irina, lawyer))


def _ask(stage: Stage, fund: _Fund, told: Told, need: Need, lei: int) -> bytes:
    return stage.do(_asked, told, hers.Wish(fund.id, need, "MD", lei * LEI, tuple(Criterion)))


def _asked(work: Work, house: House, told: Told, wish: hers.Wish) -> bytes:
    return hers.ask(work, house, told.reporter, told.case_id, wish)


def _agree(stage: Stage, fund: _Fund, request_id: bytes, lei: int) -> None:
    stage.do(requests.agree_first, fund.pavel, request_id, lei * LEI)
    stage.do(requests.agree_second, fund.irina, request_id, lei * LEI)
