"""Help that needs nothing: no cookie, no answer, no database.

Every page here can be read by anyone at any time, whether or not they ever report.
"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.directory.finding import find_help
from reporting.domain.directory.listing import WORLDWIDE
from reporting.domain.directory.needs import Need
from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.questions import Door
from reporting.policy import Permission
from reporting.services.help.directory import directory_at_hand
from reporting.services.organisation.codes import CODE
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import language
from reporting.web.pages import render
from reporting.web.pathways import help_form

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@allow(Permission.READ_PUBLIC)
def get_help() -> ResponseReturnValue:
    """Danger now, the form that finds what fits, the first days, and someone to talk to."""
    directory = directory_at_hand(here().stores, here().house)
    anywhere = [one for one in directory.services if WORLDWIDE in one.areas]
    ways = find_help(directory, Need(), here().house.now(), language(), everything=True).ways
    ordered = [offer.service for way in ways if way.pathway is Pathway.CRISIS for offer in way.offers]
    talking = [one for one in ordered if one in anywhere]
    return render(
        "help/get_help.html",
        form=help_form(directory),
        services=talking,
        elsewhere=[one for one in anywhere if one not in talking],
    )


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
    at = request.args.get("at", "").lower()
    return render("help/interruption.html", door=door, at=at if CODE.fullmatch(at) else None)
