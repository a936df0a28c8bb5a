"""Take one file apart: `python -I -m reporting.cleaning TASK`, where a task is the media type of the file."""

import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO, Final, NamedTuple

from reporting.cleaning.answer import Cleaned, NoProgram, NotReadable, TooMuch
from reporting.cleaning.confinement.limits import LARGEST_INPUT, RECORDINGS, Needs, confine

STATES: Final = {NotReadable: "not_readable", TooMuch: "too_much", NoProgram: "no_program", MemoryError: "too_much"}
Clean = Callable[[BinaryIO, BinaryIO, str], Cleaned]
"""Takes a file, where its copy may be written to as it comes, and the task; what it gives back is written after it."""


class Decoder(NamedTuple):
    """Who does the tasks that begin so; `load` imports all it will ever need, because nothing is opened later."""

    begins: str
    load: Callable[[], Clean]
    needs: Needs = Needs()


def main() -> None:
    """Read, clean, write, and say what became of it."""
    report = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what decoders say may repeat the file
    said = {"state": "cleaned", "type": "", "pages": 0}
    try:
        cleaned = _run(sys.argv[1])
        said |= {"type": cleaned.type, "pages": cleaned.pages}
    except tuple(STATES) as error:
        said["state"] = STATES[type(error)]
    os.write(report, json.dumps(said).encode())


def _run(task: str) -> Cleaned:
    decoder = next((one for one in DECODERS if task.startswith(one.begins)), None)
    if decoder is None:
        raise NotReadable
    clean = decoder.load()
    confine(decoder.needs)
    cleaned = clean(sys.stdin.buffer, sys.stdout.buffer, task)
    sys.stdout.buffer.write(cleaned.content)
    sys.stdout.buffer.flush()
    return cleaned


def whole(clean: Callable[[bytes, str], Cleaned]) -> Clean:
    """Return a decoder for one that wants the file in memory as a whole."""

    def read_and_clean(source: BinaryIO, _sink: BinaryIO, task: str) -> Cleaned:
        content = source.read(LARGEST_INPUT + 1)
        if len(content) > LARGEST_INPUT:
            raise TooMuch
        return clean(content, task)

    return read_and_clean


def _images() -> Clean:
    from reporting.cleaning.pictures import images

    return whole(images.clean)


def _pdf() -> Clean:
    from reporting.cleaning.documents import pdf

    return whole(pdf.clean)


def _office() -> Clean:
    from reporting.cleaning.office import office

    return whole(office.clean)


def _page() -> Clean:
    from reporting.cleaning.documents import page

    return whole(page.clean)


def _media() -> Clean:
    from reporting.cleaning.recordings import media

    return media.clean


DECODERS: Final = (
    Decoder("image/", _images),
    Decoder("application/pdf", _pdf),
    Decoder("page ", _page),
    Decoder("application/vnd.o", _office),
    Decoder("audio/", _media, RECORDINGS),
    Decoder("video/", _media, RECORDINGS),
)

if __name__ == "__main__":
    main()
