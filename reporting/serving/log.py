"""The server's log: what went wrong and where in the code; never who asked for what, and nothing finer than a day.

An exception's message may repeat what somebody sent, and a line's time may tell when she wrote. Neither is kept.
"""

import logging
import sys
import traceback
from typing import Any

from gunicorn.glogging import Logger

APPLICATION = "reporting"


class QuietLog(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's log without client data; the application's own lines go the same way."""

    error_fmt = "%(asctime)s [%(process)d] %(message)s"
    datefmt = "[%Y-%m-%d]"

    def setup(self, cfg: Any) -> None:
        """Set the handlers up, and give the application the same ones."""
        super().setup(cfg)
        application = logging.getLogger(APPLICATION)
        application.handlers = list(self.error_log.handlers)
        application.propagate = False

    def exception(self, _msg: str, *_args: Any, **_kwargs: Any) -> None:
        """Name the kind of the present error and its place, not its words, nor those of the message."""
        self.error("%s", described(sys.exc_info()[1]))


def described(error: BaseException | None) -> str:
    """Return the kind of an error and the place in the code where it arose."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"failed: {type(error).__name__}{place}"
