"""What staff read about evidence: what a piece is, what was done to it, and what that means for whoever reads."""

from collections.abc import Mapping

from reporting.domain.evidence.evidence import Cleaning, Scan
from reporting.domain.evidence.file_types import OTHER, TYPES, Family
from reporting.domain.words import N_

ONLINE = N_("An account or a link")
FILE = N_("A file of a kind that is not known here")
TEXT = N_("A plain text")
FAMILIES: Mapping[Family, str] = {
    Family.IMAGE: N_("A picture"),
    Family.PDF: N_("A PDF document"),
    Family.OFFICE: N_("An Office document"),
    Family.MEDIA: N_("A recording"),
}
SOUND = N_("A sound recording")
FILM = N_("A film")

CLEANING: Mapping[Cleaning, str] = {
    Cleaning.NO_FILE: N_("Nothing to clean"),
    Cleaning.CLEANED: N_("Cleaned"),
    Cleaning.UNKNOWN_KIND: N_("Not cleaned: this kind of file is not known here"),
    Cleaning.TOO_LARGE: N_("Not cleaned: it is too large"),
    Cleaning.NOT_READABLE: N_("Not cleaned: it could not be read"),
    Cleaning.TOO_MUCH: N_("Not cleaned: it takes more time or memory than is safe"),
    Cleaning.NO_PROGRAM: N_("Not cleaned: this server has no program for it"),
    Cleaning.BUSY: N_("Not cleaned: too many other files were just being cleaned"),
}

IS_CLEAN = N_(
    "You see a copy that was made anew, without place, device, author and history. What the picture or the text itself "
    "shows is still there."
)
NOT_CLEAN = N_(
    "There is no copy without hidden data. The original may say where, when and on what it was made, and it may be "
    "harmful. Open it only in a place made for that: a computer on which nothing else lies and that is on no network."
)
IS_TEXT = N_(
    "A text hides nothing, so no copy is made. The original opens on purpose only, because reading it here as a page "
    "could harm you."
)

SCANS: Mapping[Scan, str] = {
    Scan.NOT_ASKED: N_("Nobody has looked for harmful programs in it."),
    Scan.NOTHING_FOUND: N_("A search for harmful programs found nothing. That does not prove that there is none."),
    Scan.FOUND: N_("A search found a harmful program in the original. Do not open it on a computer that you need."),
    Scan.NO_ANSWER: N_("The search for harmful programs did not answer."),
}


def kind_of(media: str) -> str:
    """Return what a file of this media type is, still to be translated."""
    if media == "text/plain":
        return TEXT
    if media not in TYPES or media == OTHER:
        return FILE
    if media.startswith("audio/"):
        return SOUND
    if media.startswith("video/"):
        return FILM
    family = TYPES[media].family
    return FAMILIES[family] if family else FILE
