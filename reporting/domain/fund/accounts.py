"""The accounts of a fund and what moves between them; the entries of every transaction sum to zero.

What donors gave or promised stands negative at `DONORS`, so all balances of a fund together are zero at any moment.
"""

from collections.abc import Mapping
from enum import StrEnum


class Account(StrEnum):
    """Where money of a fund stands."""

    DONORS = "donors"
    PLEDGED = "pledged"
    AVAILABLE = "available"
    RESERVED = "reserved"
    PAID = "paid"


class Movement(StrEnum):
    """What moves money: from one account to another."""

    PLEDGE = "pledge"
    RECEIPT = "receipt"
    RECEIPT_BACK = "receipt_back"
    PLEDGE_BACK = "pledge_back"
    RESERVE = "reserve"
    RELEASE = "release"
    PAYMENT = "payment"


BETWEEN: Mapping[Movement, tuple[Account, Account]] = {
    Movement.PLEDGE: (Account.DONORS, Account.PLEDGED),
    Movement.RECEIPT: (Account.PLEDGED, Account.AVAILABLE),
    Movement.RECEIPT_BACK: (Account.AVAILABLE, Account.PLEDGED),
    Movement.PLEDGE_BACK: (Account.PLEDGED, Account.DONORS),
    Movement.RESERVE: (Account.AVAILABLE, Account.RESERVED),
    Movement.RELEASE: (Account.RESERVED, Account.AVAILABLE),
    Movement.PAYMENT: (Account.RESERVED, Account.PAID),
}
CORRECTIONS = (Movement.RECEIPT_BACK, Movement.PLEDGE_BACK)
"""What takes back something that was entered: always two people."""

NEVER_BELOW_ZERO = (Account.PLEDGED, Account.AVAILABLE, Account.RESERVED, Account.PAID)


def entries_of(movement: Movement, amount: int) -> dict[Account, int]:
    """Return what a movement enters at each account, in minor units; it sums to zero."""
    source, target = BETWEEN[movement]
    return {source: -amount, target: amount}
