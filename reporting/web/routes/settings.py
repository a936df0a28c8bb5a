"""The settings, to be read: they are changed where the server is started, not here."""

from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.config import SECRET, SETTINGS, Settings
from reporting.policy import Permission
from reporting.services.organisation.mail import OFF, outcome_of
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.pages import translated
from reporting.web.staff.pages import staff_page
from reporting.web.staff.words import MAIL, MAIL_NOT_YET

blueprint = Blueprint("settings", __name__)
ADDRESSES = ("database_url", "shred_url")


@dataclass(frozen=True)
class SettingShown:
    """One setting: its variable, its value as far as it may be shown, and what it means (in English)."""

    name: str
    value: str
    sentence: str


@blueprint.get("/staff/settings")
@allow(Permission.SEE_SETTINGS)
def all_settings() -> ResponseReturnValue:
    """Show what this instance was started with."""
    rows = [SettingShown(row.name, _value(here().settings, row.field), row.sentence) for row in SETTINGS]
    with reading(here().stores) as work:
        mail = outcome_of(work) if here().house.mail is not None else OFF
    return staff_page("settings/all.html", rows=rows, mail=translated(MAIL.get(mail, MAIL_NOT_YET)))


def _value(settings: Settings, field: str) -> str:
    """Return a value as text; an address that may hold a password shows only its kind."""
    if field in SECRET:
        return ""
    value = getattr(settings, field)
    if field in ADDRESSES:
        return str(value).partition(":")[0]
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    return ", ".join(value) if isinstance(value, tuple) else str(value)
