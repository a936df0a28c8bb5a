"""The terms under which a case stands: how long its clocks run."""

from reporting.domain.clocks import Terms
from reporting.store.cases import Case
from reporting.store.database import Work


def terms_of(_work: Work, _case: Case) -> Terms:
    """Return the terms of the policy under which a case came; it keeps them whatever is decided later."""
    return Terms()
