"""The first page, and leaving fast."""

from contextlib import suppress

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from reporting.policy import Permission
from reporting.services.organisation.codes import CODE, office_of_code
from reporting.services.organisation.packs import in_force
from reporting.services.survivor.drafts import discard
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.cookies import DRAFT, PAGE, drop_cookie
from reporting.web.instance import here
from reporting.web.pages import go_to, render
from reporting.web.survivor.visitors import draft_key, end_session
from reporting.web.survivor.ways import Ways, ways_here, ways_of_pack

blueprint = Blueprint("home", __name__)
root = Blueprint("root", __name__)
leave_blueprint = Blueprint("leave", __name__)


@root.get("/")
@allow(Permission.READ_PUBLIC)
def front() -> ResponseReturnValue:
    """Answer by Accept-Language, without redirect or cookie."""
    response = render("home.html", ways=ways_here(), at=None, place="")
    response.headers["Vary"] = "Accept-Language"
    return response


@blueprint.get("/")
@allow(Permission.READ_PUBLIC)
def first() -> ResponseReturnValue:
    """The doors, in the language of the path."""
    return render("home.html", ways=ways_here(), at=None, place="")


@blueprint.get("/c/<code>")
@allow(Permission.READ_PUBLIC)
def code(code: str) -> ResponseReturnValue:
    """The doors for whoever comes from a poster or card; the code goes on with each link and is kept nowhere."""
    at = code.lower()
    if not CODE.fullmatch(at):
        abort(404)
    ways, place = Ways(), ""
    with suppress(OperationalError), reading(here().stores) as work:
        office = office_of_code(work, at)
        if office is not None:
            ways, place = ways_of_pack(in_force(work, office).pack), office.name
    return render("home.html", ways=ways if place else ways_here(), at=at, place=place)


@leave_blueprint.get("/exit")
@allow(Permission.LEAVE)
def leave() -> ResponseReturnValue:
    """End her session and her draft, let the browser forget both, and go to a neutral site.

    A report that was sent stays; a token that she had not noted is gone, which its page says.
    """
    response, key = go_to(here().settings.exit_url), draft_key()
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return response  # a picture on another site that points here must not throw away what she is writing
    with suppress(OperationalError):  # she leaves, also while nothing can be written here
        if key is not None:
            with writing(here().stores) as work:
                discard(work, here().house, key)
        end_session(response)
    drop_cookie(response, PAGE)
    drop_cookie(response, DRAFT)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
