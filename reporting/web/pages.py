"""Rendering: what every template may use."""

from datetime import date
from typing import Any

from babel import Locale
from flask import Flask, Response, make_response, render_template, request, url_for
from flask_babel import format_date, gettext
from jinja2 import StrictUndefined
from markupsafe import Markup
from sqlalchemy.exc import OperationalError

from reporting.domain.people import Role
from reporting.policy import Permission, may_enter
from reporting.services.actors import StaffMember
from reporting.web import headers
from reporting.web.countries import country_name
from reporting.web.instance import here
from reporting.web.languages import catalogue, direction, language, tongues, url
from reporting.web.origin import csrf_field
from reporting.web.quorum import quorum
from reporting.web.staff.login import signed_in
from reporting.web.staff.navigation import staff_links


def render(template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a page."""
    response = make_response(render_template(template, **context), status)
    response.headers["Content-Language"] = language()
    return response


def go_to(target: str) -> Response:
    """Answer with 303: the next page is a GET, so Back and reload repeat nothing."""
    return Response(status=303, headers={"Location": target})


def init_pages(app: Flask) -> None:
    """Give templates their words; a name that is missing is an error, not an empty place."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = False
    app.jinja_env.globals.update(
        url=url,
        csrf_field=csrf_field,
        format_day=format_day,
        country_name=country_name,
        as_day=date.fromisoformat,
        language_names=language_names,
        static_url=static_url,
        passkey_script=lambda: Markup(headers.carry(headers.PASSKEYS)),  # noqa: S704 - our own file
        files_script=lambda: Markup(headers.carry(headers.FILES)),  # noqa: S704 - our own file
        play=headers.play,
        may_enter=may_enter,
        Permission=Permission,
        Role=Role,
        translated=translated,
        quorum=quorum,
        _=say,
        gettext=say,
        ngettext=say_number,
    )
    app.context_processor(_every_page)


def format_day(day: date) -> str:
    """Return a day in the words of this language, never a time of day."""
    return str(format_date(day, "long"))


def language_names(codes: str) -> str:
    """Return languages, stored as codes with commas between, by their names in the language of this page."""
    known = Locale.parse(language()).languages
    return str(gettext(", ")).join(
        known.get(code, code) for code in (part.strip() for part in codes.split(",")) if code
    )


def translated(sentence: str, **values: Any) -> str:
    """Return a sentence of the domain (marked there with `N_`) in the language of this page."""
    text = catalogue().gettext(sentence) if sentence else ""
    return text % values if values else text


def say(sentence: str, **values: Any) -> Markup:
    """Return a sentence for a template; values are escaped, and it is always a format, as jinja2 has it."""
    text = Markup(catalogue().gettext(sentence))  # noqa: S704 - our own sentences, from the template or its translator
    return text % values if "%" in text else text


def say_number(one: str, many: str, num: int, **values: Any) -> Markup:
    """Return the form of a sentence that goes with a number."""
    return Markup(catalogue().ngettext(one, many, num)) % ({"num": num} | values)  # noqa: S704 - as above


def static_url(name: str) -> str:
    """Return the address of a file that never changes under it."""
    return url_for("static", filename=name, v=headers.version(name))


def _every_page() -> dict[str, Any]:
    member = _at_work()
    return {
        "language": language(),
        "direction": direction(),
        "languages": tongues(),
        "site_name": here().settings.site_name,
        "exit_url": url("leave"),
        "staff": member,
        "staff_pages": staff_links(member),
        "sign_out_url": url("staff.sign_out") if member else "",
        "working_in": member.display_name if member else "",
        "inline_css": Markup(headers.inline("survivor.css")),  # noqa: S704 - our own file
        "inline_script": Markup(headers.inline(headers.LEAVING)),  # noqa: S704 - our own file
    }


def _at_work() -> StaffMember | None:
    """Return who works on this page. Public pages never ask, so that help is there when no database answers."""
    if "/staff" not in request.path:
        return None
    try:
        return signed_in()
    except OperationalError:  # this is the page that says so
        return None
