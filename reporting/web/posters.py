"""What stands on posters and cards, in the words of each language, and the address to which they lead."""

from typing import Final

from flask import request, url_for
from flask_babel import force_locale, gettext

from reporting.services.help.posters import Paper, Print
from reporting.web.instance import here
from reporting.web.languages import DIRECTIONS

PDF: Final = "application/pdf"
_NAMES: Final = {f"{paper.value}.pdf": paper for paper in Paper}


def paper_named(name: str) -> Paper | None:
    """Return what a file name asks for, if it is one of ours."""
    return _NAMES.get(name)


def site_address() -> str:
    """Return where people reach this site: as the settings say, or else as whoever asks has reached it."""
    settings = here().settings
    onion = f"http://{settings.onion}" if settings.onion else ""
    return settings.address or onion or f"{request.scheme}://{request.host}"


def print_of(tongue: str, code: str) -> Print:
    """Return what stands on a poster or card in a language; the code of an office or event is the only addition."""
    path = url_for("home.code", language=tongue, code=code) if code else url_for("home.first", language=tongue)
    with force_locale(tongue):
        return Print(
            address=site_address() + path,
            name=here().settings.site_name,
            title=(gettext("Something happened."), gettext("You decide what comes next.")),
            lines=(
                gettext("You need no name, no account and no proof. You do not need to be sure. Once is enough."),
                gettext(
                    "Medical care, someone to talk to, staying safe. Nothing has to be filled in. You do not have to "
                    "report."
                ),
            ),
            how=" ".join(
                [
                    gettext("Scan this, or type the address."),
                    gettext("If you can, use a device and a network that do not belong to your work."),
                ]
            ),
            code=gettext("Code: %(code)s", code=code) if code else "",
            language=tongue,
            day=here().house.today(),
            from_right=DIRECTIONS[tongue] == "rtl",
        )
