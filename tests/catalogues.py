"""The sentences to translate: taken from the code and the templates, brought into each catalogue, compiled.

`make messages` runs this file. English is the source and has no catalogue. A catalogue keeps no line numbers and no
date of extraction, so that it changes only when a sentence does; a changed sentence counts as new, never as fuzzy,
because a guess about consent or safety is worse than a gap that a test finds.
"""

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from reporting.config import SHIPPED_LANGUAGES
from reporting.resources import folder
from tests.machine import CHECKOUT

LANGUAGES: Final = SHIPPED_LANGUAGES[1:]
_METHODS: Final = [("reporting/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
# A template that cannot be read must stop the extraction instead of losing its sentences quietly.
_OPTIONS: Final = {"templates/**": {"silent": "false"}}
_KEYWORDS: Final = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_COMMENTS: Final = ("Translators:",)
# Babel's own rule for Arabic numbers the forms unlike every other tool, so that "many" would be read as "other".
_PLURALS: Final = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
}


def extracted() -> Catalog:
    """Return every sentence that the code and the templates hold now."""
    catalogue = Catalog(project="Harbour", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        CHECKOUT,
        method_map=_METHODS,
        options_map=_OPTIONS,
        keywords=_KEYWORDS,
        comment_tags=_COMMENTS,
        directory_filter=lambda path: (
            Path(path).relative_to(CHECKOUT).parts[:1] in {(), ("reporting",), ("templates",)}
        ),
    )
    for filename, _line, sentence, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(sentence, locations=[(filename, 0)], auto_comments=comments, context=context)
    return catalogue


def path_of(language: str) -> Path:
    """Return where the catalogue of a language stands; the compiled one stands beside it with the suffix .mo."""
    return folder("translations") / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """Read the catalogue of a language, or start an empty one."""
    path = path_of(language)
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=language)
    catalogue = Catalog(
        locale=language,
        project="Harbour",
        version="1",
        msgid_bugs_address="see README.md",
        header_comment="# The sentences of Harbour. License: AGPL-3.0-or-later.",
        last_translator="the people of Harbour",
        language_team=language,
        charset="utf-8",
        fuzzy=False,
    )
    if language in _PLURALS:
        catalogue.mime_headers = [("Plural-Forms", _PLURALS[language])]
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return what the .mo file of this catalogue holds."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def update(language: str) -> None:
    """Bring a catalogue to the sentences of today and compile it."""
    catalogue, today = read(language), extracted()
    today.creation_date = catalogue.creation_date
    catalogue.update(today, no_fuzzy_matching=True)
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, ignore_obsolete=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(read(language)))


if __name__ == "__main__":
    for each in LANGUAGES:
        update(each)
        missing = sum(1 for message in read(each) if message.id and not message.string)
        print(f"{each}: {missing} sentences wait for a translation")
