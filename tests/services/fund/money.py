"""A fund with two officers, money in it, a listed provider, and somebody who asks."""

from dataclasses import dataclass, field
from typing import Any

from reporting.domain.fund.accounts import Account
from reporting.domain.fund.requests import Criterion, Need, State
from reporting.domain.people import Role
from reporting.services.actors import Reporter, StaffMember
from reporting.services.fund import beginning, funds, hers, providers, requests, vouchers
from reporting.services.fund.hers import HerRequest, Wish
from reporting.services.fund.providers import ProviderFacts
from reporting.store.database import reading
from reporting.store.fund import FundRequest, find_request
from reporting.store.fund_ledger import balances, unbalanced
from tests.builders import Built, Team, add_staff, in_unit, send_report

PLEDGED, RECEIVED, WANTED = 500_000, 300_000, 80_000


@dataclass
class TheFund:
    """A fund in Moldovan lei: 5000.00 pledged, 3000.00 received."""

    built: Built
    team: Team
    pavel: StaffMember
    irina: StaffMember
    id: bytes
    pledge: bytes
    provider: bytes = b""
    provider_code: str = ""
    cases: list[tuple[Reporter, bytes]] = field(default_factory=list)

    def do(self, use: Any, *arguments: Any, **named: Any) -> Any:
        """Call a service in a unit of its own."""
        return in_unit(self.built, use, *arguments, **named)

    def wish(self, amount: int = WANTED, **facts: Any) -> Wish:
        """Return what somebody asks for, with everything confirmed."""
        confirmed = tuple(Criterion)
        known: dict[str, Any] = {"fund_id": self.id, "need": Need.ADVICE, "country": "MD", "confirmed": confirmed}
        return Wish(**(known | {"amount": amount} | facts))

    def somebody(self, *, private: bool = False) -> tuple[Reporter, bytes]:
        """Return somebody with a case."""
        _, reporter, case_id = send_report(self.built, None if private else self.team.office)
        return reporter, case_id

    def asked(self, amount: int = WANTED) -> tuple[Reporter, bytes, bytes]:
        """Let somebody ask; return who, the case and the request."""
        reporter, case_id = self.somebody()
        return reporter, case_id, self.do(hers.ask, reporter, case_id, self.wish(amount))

    def agree(self, request_id: bytes, amount: int = WANTED) -> None:
        """Let both officers agree."""
        self.do(requests.agree_first, self.pavel, request_id, amount)
        self.do(requests.agree_second, self.irina, request_id, amount)

    def voucher(self, amount: int = WANTED) -> tuple[Reporter, bytes, bytes, str]:
        """Let somebody ask, both agree, and draw the voucher."""
        reporter, case_id, request_id = self.asked(amount)
        self.agree(request_id, amount)
        return reporter, case_id, request_id, self.do(hers.draw_voucher, reporter, case_id, request_id)

    def use(self, code: str, amount: str = "700.00", invoice: str = "INV-2026/07", provider: str = "") -> None:
        """Let the provider use a voucher."""
        self.do(vouchers.redeem, provider or self.provider_code, code, invoice, amount)

    def stands(self, account: Account) -> int:
        """Return the balance of an account."""
        with reading(self.built.stores) as work:
            return balances(work.main, self.id).get(account, 0)

    def is_whole(self) -> bool:
        """Return whether every transaction and all of them together sum to zero."""
        with reading(self.built.stores) as work:
            return not unbalanced(work.main) and sum(balances(work.main, self.id).values()) == 0

    def row(self, request_id: bytes) -> FundRequest:
        """Return a request as it is stored."""
        with reading(self.built.stores) as work:
            row = find_request(work.main, request_id)
            assert row is not None
            work.main.expunge(row)
            return row

    def state(self, request_id: bytes) -> State:
        """Return where a request stands."""
        return State(self.row(request_id).state)

    def her_view(self, reporter: Reporter, case_id: bytes) -> list[HerRequest]:
        """Return what her page shows."""
        with reading(self.built.stores) as work:
            return hers.hers(work, self.built.house, reporter, case_id)


def build_fund(built: Built, team: Team) -> TheFund:
    """Build it through the services."""
    pavel = add_staff(built, team.office, Role.LEGAL_AID_OFFICER, "Pavel Stan")
    irina = add_staff(built, team.office, Role.LEGAL_AID_OFFICER, "Irina Ceban")
    facts = beginning.FundFacts("Legal help", "MDL", 90, (Criterion.CANNOT_PAY, Criterion.COUNTRY))
    fund_id = in_unit(built, beginning.begin_fund, pavel, facts)
    in_unit(built, beginning.set_open, irina, fund_id, is_open=True)
    pledge = in_unit(built, funds.pledge, pavel, fund_id, "Example Foundation", PLEDGED)
    in_unit(built, funds.receive, pavel, pledge, RECEIVED)
    made = TheFund(built, team, pavel, irina, fund_id, pledge)
    made.provider = in_unit(
        built, providers.propose, pavel, ProviderFacts("Women’s Law Centre", "MD", "+373 22 811 999")
    )
    made.provider_code = in_unit(built, providers.confirm, irina, made.provider)
    return made
