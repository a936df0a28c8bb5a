"""Take one file apart: `python -I -m reporting.cleaning TASK`, where a task is the media type of the file."""

import json
import os
import sys

from reporting.cleaning.answer import Cleaned, NoProgram, NotReadable, TooMuch
from reporting.cleaning.limits import LARGEST_INPUT, confine

STATES = {NotReadable: "not_readable", TooMuch: "too_much", NoProgram: "no_program"}


def main() -> None:
    """Read, clean, write, and say what became of it."""
    report = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what decoders say may repeat the file
    confine()
    try:
        cleaned = _clean(sys.argv[1], sys.stdin.buffer.read(LARGEST_INPUT + 1))
        sys.stdout.buffer.write(cleaned.content)
        sys.stdout.buffer.flush()
        said = {"state": "cleaned", "type": cleaned.type, "pages": cleaned.pages}
    except (NotReadable, TooMuch, NoProgram) as error:
        said = {"state": STATES[type(error)], "type": "", "pages": 0}
    except MemoryError:
        said = {"state": "too_much", "type": "", "pages": 0}
    os.write(report, json.dumps(said).encode())


def _clean(media: str, content: bytes) -> Cleaned:
    if len(content) > LARGEST_INPUT:
        raise TooMuch
    family, _, _ = media.partition("/")
    if family == "image":
        from reporting.cleaning import images

        return images.clean(content, media)
    raise NotReadable


main()
