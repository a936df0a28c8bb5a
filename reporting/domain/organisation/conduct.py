"""How long an acceptance of the code of conduct counts."""

from datetime import date

from reporting.domain.casework.clocks import add_months

MONTHS = 12


def asked_again_on(accepted_on: date) -> date:
    """Return the day from which it is asked for again: the same day a year later, February 28 after February 29."""
    return add_months(accepted_on, MONTHS)


def counts(accepted_on: date, today: date) -> bool:
    """Say whether an acceptance still counts; one from a day to come never does."""
    return accepted_on <= today < asked_again_on(accepted_on)
