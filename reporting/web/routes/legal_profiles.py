"""Keeping what the law of a country says: which versions there are, what ends soon, and writing the next one."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.countries import COUNTRIES
from reporting.domain.help.legal_profile import SOON_DAYS, Fault, LegalProfile, Texts, UnfitProfile
from reporting.domain.words import is_language
from reporting.policy import Permission
from reporting.services.errors import AlreadyInForce, NotFound, WrittenSince
from reporting.services.help import legal_profiles
from reporting.services.help.legal_profiles import ProfileVersion
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.countries import country_names
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import go_to
from reporting.web.staff.law_forms import draft_of, form_of, posted_profile
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("legal_profiles", __name__)
LONGEST_NUMBER = 9


@blueprint.get("/staff/law")
@allow(Permission.KEEP_LEGAL_PROFILES)
def everything() -> ResponseReturnValue:
    """Show the newest version of each country, what is over or ends soon on top."""
    with reading(here().stores) as work:
        found = legal_profiles.newest_versions(work)
        wrong = legal_profiles.altered(work)
    today = here().house.today()
    return staff_page(
        "legal_profiles/everything.html",
        versions=found,
        wrong=sorted(wrong),
        today=today,
        soon=today + timedelta(days=SOON_DAYS),
        countries=country_names(),
    )


@blueprint.post("/staff/law")
@allow(Permission.KEEP_LEGAL_PROFILES)
def begin() -> ResponseReturnValue:
    """Go to the form of a country."""
    return go_to(url("legal_profiles.write", country=_country(request.form.get("country", ""))))


@blueprint.get("/staff/law/<string(length=2):country>")
@allow(Permission.KEEP_LEGAL_PROFILES)
def one(country: str) -> ResponseReturnValue:
    """Show what stands there for a country, or an older version, and every version there was."""
    found = _versions(_country(country))
    asked = request.args.get("version", "")[:LONGEST_NUMBER]
    shown = next((one for one in found if str(one.number) == asked), found[0] if found else None)
    return staff_page(
        "legal_profiles/one.html", country=country, versions=found, shown=shown, today=here().house.today()
    )


@blueprint.get("/staff/law/<string(length=2):country>/write")
@allow(Permission.KEEP_LEGAL_PROFILES)
def write(country: str) -> ResponseReturnValue:
    """Show the form for the next version, filled with the present one."""
    known = _newest(_country(country))
    profile, texts = draft_of(known.profile if known else None, _tongue(known))
    return _form_page(country, known, profile, texts)


@blueprint.post("/staff/law/<string(length=2):country>/write")
@allow(Permission.KEEP_LEGAL_PROFILES)
def add(country: str) -> ResponseReturnValue:
    """Add a version."""
    known = _newest(_country(country))
    profile, texts = posted_profile(known.profile if known else None, country, _tongue(known), request.form)
    asked = request.form.get("begun_at", "")[:LONGEST_NUMBER]
    begun_at = int(asked) if asked.isascii() and asked.isdigit() else -1
    try:
        with writing(here().stores) as work:
            legal_profiles.add_version(work, here().house, profile, me().staff_id, begun_at=begun_at)
    except UnfitProfile as unfit:
        return _form_page(country, known, profile, texts, faults=unfit.faults)
    except AlreadyInForce:
        return _form_page(country, known, profile, texts, why=gettext("Nothing differs from the present version."))
    except WrittenSince:
        sentence = gettext(
            "Somebody else added a version since you opened this page. Look at it first; what you typed is still here."
        )
        return _form_page(country, known, profile, texts, why=sentence)
    return go_to(url("legal_profiles.one", country=country, done="law"))


def _form_page(
    country: str,
    known: ProfileVersion | None,
    profile: LegalProfile,
    texts: Texts,
    *,
    faults: Sequence[Fault] = (),
    why: str = "",
) -> Response:
    return staff_page(
        "legal_profiles/write.html",
        country=country,
        known=known,
        tongue=texts.language,
        others=[one.language for one in known.profile.texts if one.language != texts.language] if known else [],
        form=form_of(profile, texts, faults),
        alone=bool(request.form.get("alone")),
        why=why,
        status=422 if faults or why else 200,
    )


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise NotFound
    return code


def _tongue(known: ProfileVersion | None) -> str:
    """Return the language to write in: what the address says, or the first of the profile, or that of this page."""
    asked = request.args.get("in", "")
    if is_language(asked):
        return asked
    return known.profile.texts[0].language if known else language()


def _versions(country: str) -> Sequence[ProfileVersion]:
    with reading(here().stores) as work:
        return legal_profiles.versions(work, country)


def _newest(country: str) -> ProfileVersion | None:
    return next(iter(_versions(country)), None)
