"""What the law of a country says, for whoever comes: no form, and nothing that nobody has checked lately."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from reporting.domain.countries import COUNTRIES
from reporting.policy import Permission
from reporting.services.help import legal_profiles
from reporting.services.help.legal_profiles import Claims
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.countries import country_name
from reporting.web.errors import error_page
from reporting.web.instance import here
from reporting.web.languages import language
from reporting.web.pages import render

blueprint = Blueprint("law", __name__)


@blueprint.get("/law")
@allow(Permission.READ_PUBLIC)
def countries() -> ResponseReturnValue:
    """The countries whose law was checked, and until when.

    Where no database answers, the page says so and leads on: it is a page of help.
    """
    try:
        with reading(here().stores) as work:
            found = legal_profiles.all_claims(work, here().house, language())
    except OperationalError:
        return render("law/countries.html", valid=[], over=[], unavailable=True)
    found.sort(key=lambda one: country_name(one.country).casefold())
    valid, over = [one for one in found if one.profile], [one for one in found if not one.profile]
    return render("law/countries.html", valid=valid, over=over, unavailable=False)


@blueprint.get("/law/<string(length=2):country>")
@allow(Permission.READ_PUBLIC)
def country(country: str) -> ResponseReturnValue:
    """What the law of one country says, or that nobody has looked lately."""
    if country not in COUNTRIES:
        return error_page(404)
    try:
        with reading(here().stores) as work:
            law = legal_profiles.claims(work, here().house, country, language())
    except OperationalError:
        return render("law/country.html", law=Claims(country), unavailable=True)
    return render("law/country.html", law=law, unavailable=False)
