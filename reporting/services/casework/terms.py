"""The terms under which a case stands: how long its clocks run."""

from reporting.domain.casework.clocks import Terms
from reporting.services.organisation.packs import version_of
from reporting.store.cases import Case
from reporting.store.database import Work


def terms_of(work: Work, case: Case) -> Terms:
    """Return the terms of the policy under which a case came; it keeps them whatever is decided later."""
    return version_of(work, case).pack.terms
