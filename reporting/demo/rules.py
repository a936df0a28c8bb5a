"""The rules and the duty rotas of the demonstration: one organisation has changed its rules, one colleague is away."""

from datetime import date, timedelta

from reporting.demo.cast import CHISINAU
from reporting.demo.stage import Stage
from reporting.resources import folder
from reporting.services.actors import StaffMember
from reporting.services.house import House
from reporting.services.organisation.accounts import note_sign_in
from reporting.services.organisation.duty import put_on_duty, watch
from reporting.services.organisation.packs import load
from reporting.store.database import Work
from reporting.store.offices import find_office_by_code

CHANGES = {
    'title = "Rules that ship with Harbour"': 'title = "Rules of the Chisinau office"',
    "feedback_months = 3": "feedback_months = 2",
    "[doors.informal]": '[doors.formal.en]\nlabel = "Formally: an inquiry by our rules"\n'
    'line = "Two people from outside your unit look into what happened."\n[doors.informal]',
}


def new_rules(stage: Stage, days_ago: int) -> None:
    """Put rules of its own in force for one office; cases from before keep those that ship."""
    stage.calendar.go_to(days_ago, working=True)
    text = (folder("packs") / "standard.toml").read_text(encoding="utf-8")
    for before, after in CHANGES.items():
        text = text.replace(before, after, 1)
    stage.do(_load, text.encode())


def on_duty(stage: Stage) -> None:
    """Keep two rotas; in the north the one on duty has not come since, and a colleague stands in."""
    stage.calendar.go_to(6)
    today = stage.house.today()
    _duty(stage, "elena.rusu", "elena.rusu", today, 13)
    _duty(stage, "elena.rusu", "victor.munteanu", today + timedelta(days=14), 13)
    _duty(stage, "ioana.lupu", "samir.haddad", today, 20)
    _duty(stage, "ioana.lupu", "ioana.lupu", today + timedelta(days=21), 13)
    stage.calendar.go_to(0)
    for username in ("elena.rusu", "victor.munteanu"):
        stage.do(note_sign_in, stage.members[username].staff_id)
    stage.do(watch)


def _duty(stage: Stage, keeper: str, who: str, first: date, more_days: int) -> None:
    member: StaffMember = stage.members[keeper]
    stage.do(put_on_duty, member, stage.members[who].staff_id, first, first + timedelta(days=more_days))


def _load(work: Work, house: House, content: bytes) -> None:
    office = find_office_by_code(work.main, CHISINAU)
    if office is None:
        raise LookupError(CHISINAU)
    load(work, house, office.id, content)
