"""Counts of cases in words: only ever the band in which a count lies."""

from flask_babel import gettext


def band_words(at_least: int) -> str:
    """Return a band by its lowest number (see `services.reading.handover.BANDS`); empty for none."""
    words = {1: gettext("fewer than five"), 5: gettext("five to nineteen"), 20: gettext("twenty or more")}
    return str(words.get(at_least, ""))
