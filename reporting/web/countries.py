"""What countries are called in the language of a page."""

from babel import Locale

from reporting.domain.countries import COUNTRIES
from reporting.web.languages import language


def country_name(code: str) -> str:
    """Return the name of a country, or the code where the locale data knows none."""
    return str(Locale.parse(language()).territories.get(code, code))


def country_names() -> list[tuple[str, str]]:
    """Return every country as code and name, by name."""
    return sorted(((code, country_name(code)) for code in COUNTRIES), key=lambda pair: pair[1].casefold())
