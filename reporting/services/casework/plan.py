"""The plan of a case."""

from reporting.domain.casework.plan import Plan
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import StaffMember
from reporting.services.casework.filing import open_file, put_on_file
from reporting.services.errors import NotAllowed
from reporting.services.house import House
from reporting.services.sealed.entries import Filed
from reporting.store.database import Work


def write_plan(work: Work, house: House, actor: StaffMember, case_id: bytes, goals: str) -> Filed[Plan]:
    """Keep what the work is to reach; the newest plan holds, the older ones stay readable.

    :raises NotAllowed: nothing to say.
    """
    opened = open_file(work, house, actor, case_id)
    if not goals.strip():
        raise NotAllowed
    return put_on_file(work, house, opened, actor, Plan(*UNSIGNED, goals.strip()))
