"""No sentence is shown half translated, stale, or with a hole where a name or a date belongs."""

import re
from gettext import c2py
from typing import Final

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from tests.catalogues import LANGUAGES, compiled, extracted, path_of, read

_NAMED: Final = re.compile(r"%\((\w+)\)s")
_UNNAMED: Final = re.compile(r"%(?!\(\w+\)s|%)[-#0 +]*[\d.]*[a-zA-Z]")
_TAG: Final = re.compile(r"</?\w[^>]*>")
_EVERY_LANGUAGE: Final = pytest.mark.parametrize("language", LANGUAGES)


def sentences(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    """Return the messages of a catalogue by context and source sentence, without the header."""
    return {(one.context, forms(one.id)[0]): one for one in catalogue if one.id}


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return the singular and plural forms of a source sentence or of its translation."""
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def told(catalogue: Catalog) -> list[tuple[Message, tuple[str, ...]]]:
    """Return what is translated already, with its forms; what is missing has a test of its own."""
    pairs = [(one, forms(one.string)) for one in sentences(catalogue).values()]
    return [(one, translated) for one, translated in pairs if all(translated)]


def test_every_placeholder_in_the_source_has_a_name() -> None:
    bad = [one.id for one in sentences(extracted()).values() if any(_UNNAMED.search(form) for form in forms(one.id))]
    assert not bad


@_EVERY_LANGUAGE
def test_the_catalogue_holds_exactly_the_sentences_of_today(language: str) -> None:
    source, catalogue = sentences(extracted()), sentences(read(language))
    new, gone = sorted(map(str, source.keys() - catalogue.keys())), sorted(map(str, catalogue.keys() - source.keys()))
    assert (new, gone) == ([], []), "run `make messages`"


@_EVERY_LANGUAGE
@pytest.mark.req("U13", "S11")
def test_every_sentence_is_translated(language: str) -> None:
    catalogue = read(language)
    missing = [key for key, one in sentences(catalogue).items() if not complete(one, catalogue.num_plurals)]
    assert not missing, f"{len(missing)} sentences wait for a translation"


def complete(message: Message, plurals: int) -> bool:
    """Say whether every form that this language needs is there."""
    translated = forms(message.string)
    return all(form.strip() for form in translated) and len(translated) == (plurals if message.pluralizable else 1)


@_EVERY_LANGUAGE
def test_no_sentence_is_a_guess(language: str) -> None:
    catalogue = read(language)
    assert not catalogue.fuzzy
    assert [key for key, one in sentences(catalogue).items() if one.fuzzy] == []


@_EVERY_LANGUAGE
def test_plural_forms_stand_in_the_order_that_translators_know(language: str) -> None:
    rule = c2py(read(language).plural_expr)
    categories: list[str] = [Locale.parse(language).plural_form(count) for count in range(1000)]
    order: list[str] = [name for name in ("zero", "one", "two", "few", "many", "other") if name in categories]
    assert [rule(count) for count in range(1000)] == [order.index(name) for name in categories]


@_EVERY_LANGUAGE
def test_a_translation_keeps_every_placeholder(language: str) -> None:
    catalogue = read(language)
    for message, translated in told(catalogue):
        wanted = set(_NAMED.findall(forms(message.id)[-1]))
        for number, form in enumerate(translated):
            found = set(_NAMED.findall(form))
            # A form that stands for one number only, such as "two days" in Arabic, may say it in a word.
            enough = found <= wanted if says_one_number(catalogue, message, number) else found == wanted
            assert enough, f"{form!r} must hold {wanted}"
            assert not _UNNAMED.search(form), f"{form!r} holds a placeholder without a name"


def says_one_number(catalogue: Catalog, message: Message, form: int) -> bool:
    """Say whether a plural form is used for a single number."""
    if not message.pluralizable:
        return False
    rule = c2py(catalogue.plural_expr)
    return sum(rule(count) == form for count in range(1000)) == 1


@_EVERY_LANGUAGE
def test_a_translation_keeps_the_markup_of_its_sentence(language: str) -> None:
    for message, translated in told(read(language)):
        wanted = sorted(_TAG.findall(forms(message.id)[-1]))
        for form in translated:
            assert sorted(_TAG.findall(form)) == wanted, f"{form!r} must hold {wanted}"


@_EVERY_LANGUAGE
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled_file = path_of(language).with_suffix(".mo")
    assert compiled_file.read_bytes() == compiled(read(language)), "run `make messages`"
