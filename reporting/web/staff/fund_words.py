"""What the pages of the assistance fund call accounts and movements."""

from collections.abc import Mapping

from reporting.domain.fund.accounts import Account, Movement
from reporting.domain.words import N_

ACCOUNTS: Mapping[str, str] = {
    Account.DONORS: N_("Pledged by donors in all"),
    Account.PLEDGED: N_("Pledged and not received yet"),
    Account.AVAILABLE: N_("Free to be given"),
    Account.RESERVED: N_("Kept for vouchers"),
    Account.PAID: N_("Used for bills"),
    "opening": N_("At the beginning of the year"),
    "closing": N_("At the end of the year"),
}

MOVEMENTS: Mapping[Movement, str] = {
    Movement.PLEDGE: N_("Pledged"),
    Movement.RECEIPT: N_("Received"),
    Movement.RECEIPT_BACK: N_("Receipts taken back"),
    Movement.PLEDGE_BACK: N_("Pledges taken back"),
    Movement.RESERVE: N_("Kept for vouchers"),
    Movement.RELEASE: N_("Given back by vouchers"),
    Movement.PAYMENT: N_("Used for bills"),
}
