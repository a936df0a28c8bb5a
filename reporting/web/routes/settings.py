"""The settings, to be read: they are changed where the server is started, not here."""

from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.config import SETTINGS, Settings
from reporting.policy import Permission
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.staff.pages import staff_page

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
    return staff_page("settings/all.html", rows=rows)


def _value(settings: Settings, field: str) -> str:
    """Return a value as text; an address that may hold a password shows only its kind."""
    value = getattr(settings, field)
    if field in ADDRESSES:
        return str(value).partition(":")[0]
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    return ", ".join(value) if isinstance(value, tuple) else str(value)
