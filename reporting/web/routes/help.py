"""Help that asks for nothing: no form, no cookie, no database.

Every page here can be read by anyone at any time, whether or not they ever report.
"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from reporting.domain.questions import Door
from reporting.policy import Permission
from reporting.services.help.directory import shipped_directory
from reporting.web.access import allow
from reporting.web.pages import render

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@allow(Permission.READ_PUBLIC)
def get_help() -> ResponseReturnValue:
    """Danger now, the first days, and someone to talk to."""
    return render("help/get_help.html", services=shipped_directory().services, emergency_number=None)


@blueprint.get("/safety")
@allow(Permission.READ_PUBLIC)
def safety() -> ResponseReturnValue:
    """What leaving fast does, and what it does not."""
    return render("help/safety.html")


@blueprint.get("/calm")
@allow(Permission.READ_PUBLIC)
def grounding() -> ResponseReturnValue:
    """A short exercise for when it gets too much."""
    return render("help/grounding.html")


@blueprint.get("/privacy")
@allow(Permission.READ_PUBLIC)
def privacy() -> ResponseReturnValue:
    """What is stored, who can read it, and what cannot be promised."""
    return render("help/privacy.html")


@blueprint.get("/before-you-start")
@blueprint.get("/before-you-start/<door:door>")
@allow(Permission.READ_PUBLIC)
def leaving(door: Door | None = None) -> ResponseReturnValue:
    """How to leave fast, before first use; then on to the door she came for."""
    return render("help/interruption.html", door=door)
