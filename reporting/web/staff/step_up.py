"""Before what is most protected: passphrase and second factor once more, and then back to where they were asked for.

A view that needs it says so in one line under `@allow`:

    @allow(Permission.VOUCH)
    @proved("vouch")

Whoever has not shown them within the last five minutes is led to the page that asks (`web/routes/proof.py`) and from
there to the page that `PURPOSES` names, never to an address from the request. That page is a GET: let it show a link
to `proof_url(...)` in place of its form while that is not empty, so that nothing typed is lost on the way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from flask.typing import ResponseReturnValue

from reporting.domain.words import N_
from reporting.services.casework.case import may_read
from reporting.services.signing_in.proof import is_proved
from reporting.store.database import reading
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.pages import me, my_ticket

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Purpose:
    """What somebody is asked for: in words, the page to come back to, and the id in its address, if there is one."""

    words: str
    endpoint: str
    argument: str = ""

    def back(self, subject: bytes | None) -> str:
        """Return the address of that page; the first page of the role where the id is missing."""
        if not self.argument:
            return url(self.endpoint)
        return url(self.endpoint, **{self.argument: subject}) if subject else url("staff.first")


PURPOSES: Final[Mapping[str, Purpose]] = {
    "identity": Purpose(N_("to open who the reporter is"), "identity.view", "case_id"),
    "approve": Purpose(N_("to let a colleague open who the reporter is"), "approvals.everything"),
    "outside": Purpose(N_("to give something of the case to somebody outside"), "outside.view", "case_id"),
    "export": Purpose(N_("to take a file of the case out of here"), "export.view", "case_id"),
    "vouch": Purpose(N_("to vouch for a colleague’s key"), "vouches.colleagues"),
    "passphrase": Purpose(N_("to change your passphrase"), "account.own"),
    "factors": Purpose(N_("to change your second factor"), "factors.own"),
    "recovery": Purpose(N_("to seal your key to the recovery key"), "recovery.own"),
    "fund": Purpose(N_("to enter money of the assistance fund"), "fund.one", "fund_id"),
    "fund-request": Purpose(N_("to decide on a request to the assistance fund"), "fund_requests.one", "asked_id"),
    "fund-provider": Purpose(N_("to change who is paid by the assistance fund"), "fund_providers.everything"),
    "new-code": Purpose(N_("to start an account anew"), "accounts.one", "staff_id"),
}


def proof_url(purpose: str, subject: bytes | None = None) -> str:
    """Return where passphrase and second factor are asked for; empty while they have just been shown.

    :param subject: the id in the address of the page to come back to.
    """
    with reading(here().stores) as work:
        if is_proved(work, here().house, my_ticket()):
            return ""
    at = {"at": subject.hex()} if subject else {}
    return url("proof.ask", **{"for": purpose}, **at)


def proved(purpose: str) -> Callable[[View], View]:
    """Let a view answer only while passphrase and second factor have just been shown."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            first = proof_url(purpose, values.get(PURPOSES[purpose].argument))
            return go_to(first) if first else view(**values)

        return guarded

    return guard


def proved_in_case(purpose: str) -> Callable[[View], View]:
    """The same for a view of a case, which does not exist for whoever holds nothing of it, shown or not."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(case_id: bytes, **values: Any) -> ResponseReturnValue:
            with reading(here().stores) as work:
                may_read(work, here().house, me(), case_id)
            first = proof_url(purpose, case_id)
            return go_to(first) if first else view(case_id=case_id, **values)

        return guarded

    return guard
