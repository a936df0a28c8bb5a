"""The recovery quorum as pages tell of it: asked only by those that do."""

from reporting.services.sealed.recovery import Quorum
from reporting.services.sealed.recovery import quorum as find_quorum
from reporting.store.database import reading
from reporting.web.instance import here


def quorum() -> Quorum | None:
    """Return how many of how many people could restore a reader's access; nothing where recovery is off."""
    with reading(here().stores) as work:
        return find_quorum(work, here().house)
