"""The language of a page comes from its path, `/` alone from Accept-Language; never from a profile."""

from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any, Final, cast

from babel import Locale
from flask import current_app, g, request, url_for
from flask_babel import Babel, get_translations

from reporting.config import SHIPPED_LANGUAGES
from reporting.resources import folder
from reporting.web.instance import here
from reporting.web.sealed_address import ARGUMENT

NAMES: Final[dict[str, str]] = {code: str(Locale.parse(code).get_display_name(code)) for code in SHIPPED_LANGUAGES}
"""Each language by the name that its own readers give it."""
KEPT: Final = frozenset({ARGUMENT, "all"})
"""The arguments of addresses that the language switch keeps."""
LONGEST_KEPT: Final = 1000
DIRECTIONS: Final[dict[str, str]] = {code: Locale.parse(code).text_direction for code in SHIPPED_LANGUAGES}


@dataclass(frozen=True)
class Tongue:
    """One entry of the language switch."""

    code: str
    name: str
    url: str


def init_babel(app: Any) -> None:
    """Let gettext find the catalogues and the language of the request."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder("translations"))
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    Babel(app, locale_selector=language)


def language() -> str:
    """Return the language of this page."""
    chosen = g.get("language")
    if chosen is None:
        languages = here().settings.languages
        # An address that leads nowhere has no endpoint, and still says in which language somebody reads.
        first = request.path.split("/")[1]
        chosen = first if first in languages else request.accept_languages.best_match(languages, default=languages[0])
        g.language = chosen
    return str(chosen)


def direction() -> str:
    """Return `rtl` or `ltr`."""
    return DIRECTIONS[language()]


def catalogue() -> NullTranslations:
    """Return the sentences in the language of this page, found once for each request and not for each sentence."""
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return cast("NullTranslations", g.catalogue)


def url(endpoint: str, **values: Any) -> str:
    """Return the address of an endpoint in the language of this page."""
    if current_app.url_map.is_endpoint_expecting(_full(endpoint), "language"):
        values.setdefault("language", language())
    return url_for(_full(endpoint), **values)


def tongues() -> list[Tongue]:
    """Return this page in every language; a page without an address of its own leads to the first page."""
    return [Tongue(code, NAMES[code], _same_page(code)) for code in here().settings.languages]


def _same_page(code: str) -> str:
    endpoint = request.endpoint
    if (
        endpoint is None
        or g.get("nowhere")  # what is not there is not named again, by whatever address it was asked for
        or request.method != "GET"
        or not current_app.url_map.is_endpoint_expecting(endpoint, "language")
    ):
        return url_for("home.first", language=code)
    # A page that looks for something is the same page in every language: what is sealed in its address goes along.
    kept = {name: value for name, value in request.args.items() if name in KEPT and len(value) <= LONGEST_KEPT}
    arguments: dict[str, Any] = {**kept, **(request.view_args or {}), "language": code}
    return url_for(endpoint, **arguments)


def _full(endpoint: str) -> str:
    return {"home": "home.first", "leave": "leave.leave"}.get(endpoint, endpoint)
