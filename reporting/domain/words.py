"""Words shown to people are marked where they stand and translated where they are shown.

The domain knows no language. `N_` marks a sentence so that the extractor finds it; the web
translates it for the person who reads. `clean_text` is the one thing we ever do to her words.
`parts_of`, `is_language` and `latin_digits` read what staff type as codes and numbers, on
whatever keyboard.
"""

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
COMMA = re.compile("[,\N{ARABIC COMMA}\N{FULLWIDTH COMMA}]")
"""What stands between the parts of a list on the keyboards of those who type one."""
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile("[a-z]{2,3}")


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext extractors look for
    """Return the sentence unchanged; the name alone marks it for translation."""
    return sentence


def clean_text(text: str) -> str:
    """Replace NUL and lone surrogates by U+FFFD; every other character is kept exactly.

    These are the only characters that UTF-8 or a database refuses. Right-to-left marks, emoji,
    line ends, unusual spaces and unassigned characters are hers and stay as they were typed.
    """
    return _NOT_STORABLE.sub(REPLACEMENT, text)


def parts_of(text: str) -> list[str]:
    """Return the parts of a list of codes, with commas of any script or spaces between them."""
    return COMMA.sub(" ", text).split()


def is_language(code: str) -> bool:
    """Return whether this can be the code of a language (ISO 639): two or three small letters."""
    return _LANGUAGE.fullmatch(code) is not None


def latin_digits(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9, as telephones and clocks want them."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
