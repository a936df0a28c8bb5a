"""What is sealed to her tokens alone: nobody of the organisation, and no guest, ever gets a key to it.

Every case has exactly one such record from its first moment, of one size, so that no row tells whether
anything is in it.
"""

from dataclasses import dataclass

from reporting.domain.canonical import Record


@dataclass(frozen=True, slots=True)
class Claim:
    """A request to an assistance fund: its id, and the secret that shows that it is hers, both in hex.

    `code` is a voucher as it is spelled, until she says that she has it; '' before and after.
    """

    request: str
    secret: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Own(Record):
    """Her requests to assistance funds, the oldest first."""

    WHAT = "own"

    claims: tuple[Claim, ...] = ()
