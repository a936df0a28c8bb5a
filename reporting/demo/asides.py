"""What was set aside in the demonstration, and who reports to whom there."""

from reporting.demo import stories
from reporting.demo.stage import Stage
from reporting.domain.casework.aside import Reason
from reporting.services.casework.aside import set_aside
from reporting.services.reading.lines import set_supervisor


def tried_out(stage: Stage) -> None:
    """Somebody tried out the form; it is set aside, and a colleague has yet to look at it once more."""
    told = stage.tell(stories.TRYING, 3)
    elena = stage.take_up("elena.rusu", told, 2)
    stage.do(set_aside, elena, {told.case_id: 0}, Reason.TEST)


def lines(stage: Stage) -> None:
    """Enter to whom the investigators report, so that a named superior shuts them out."""
    for username, superior in (("jonas.berg", "victor.munteanu"), ("grace.okoro", "samir.haddad")):
        stage.do(set_supervisor, None, stage.members[username].staff_id, stage.members[superior].staff_id)
