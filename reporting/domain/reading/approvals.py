"""The two-person rule: what one handler alone may not do, and for how long a second person's yes holds.

She reads both names and the matter in her ledger. The value of a matter is what the record keeps, so it is never
changed or reused.
"""

from collections.abc import Mapping
from enum import StrEnum

from reporting.domain.words import N_

EXPIRES_DAYS = 14
"""A proposal that nobody decided, or that nobody carried out, ends after this many days."""

DESK_AFTER_WORKING_DAYS = 3
"""After so many working days without an answer the outside desk may be asked instead."""


class Matter(StrEnum):
    """What needs a second person."""

    CLOSING = "closing"
    CLEAR_CHECK = "clear_check"
    TELLING_NAMED = "telling_named"
    DISCLOSURE = "disclosure"
    DISCLOSURE_UNTOLD = "disclosure_untold"
    HOLD = "hold"
    EXPORT = "export"


MATTERS: Mapping[Matter, str] = {
    Matter.CLOSING: N_("to close your case"),
    Matter.CLEAR_CHECK: N_("to report the outcome to other organisations that may want to hire the person"),
    Matter.TELLING_NAMED: N_("to tell the person you named without your yes"),
    Matter.DISCLOSURE: N_("to give something of your case to somebody outside"),
    Matter.DISCLOSURE_UNTOLD: N_("to give something of your case to somebody outside before you were told"),
    Matter.HOLD: N_("to keep something of your case because a law demands it"),
    Matter.EXPORT: N_("to take a file of your case out of here"),
}
"""What she reads after "asked a second person" and "agreed"."""
