"""How many requests of one process wait until a file is taken apart: each holds a thread, and others want an answer.

Uploads have places of their own (`uploads`). These are for readers: pages of documents that are drawn, and working
copies that are made later.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask, current_app

from reporting.web.instance import EXTENSION
from reporting.web.uploads import TooBusy

TURNS: Final = "harbour turns"
DRAWING: Final = "drawing"
COPYING: Final = "copying"
WAITS: Final = {DRAWING: 2.0, COPYING: 0.0}
"""How long one waits for another (seconds): a page is mostly drawn in less, a recording takes minutes."""


def init_turns(app: Flask) -> None:
    """Prepare the turns: with half of the threads taken by uploads, one is still left for every other page."""
    drawings = max(1, app.extensions[EXTENSION].settings.threads // 2 - 1)
    most = {DRAWING: drawings, COPYING: 1}
    app.extensions[TURNS] = {what: threading.BoundedSemaphore(number) for what, number in most.items()}


@contextmanager
def my_turn(what: str) -> Iterator[None]:
    """Hold a turn meanwhile.

    :raises TooBusy: as many are under way as leave room for others.
    """
    turn: threading.BoundedSemaphore = current_app.extensions[TURNS][what]
    if not turn.acquire(timeout=WAITS[what]):
        raise TooBusy
    try:
        yield
    finally:
        turn.release()
