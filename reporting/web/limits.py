"""How much one request may carry, and what the log may say of one that broke everything.

A form of ours has some hundred fields. A body within the limit of size could carry millions, and to read
those would take more memory and time than a worker has for everybody else.
"""

import logging
from types import TracebackType
from typing import Any, Final

from flask import Flask, abort, request
from werkzeug.datastructures import ImmutableMultiDict

LARGEST_REQUEST: Final = 8 * 1024 * 1024
MOST_FIELDS: Final = 4000


class Application(Flask):
    """Flask, but what it logs of an error is its kind: a message may repeat what somebody sent."""

    def log_exception(
        self, exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> None:
        """Name the kind of an error that no handler could answer."""
        kind: Any = exc_info[0]
        logging.getLogger(self.name).error("not answered: %s", kind.__name__ if kind else "nothing")


def check_fields() -> None:
    """Refuse a form of more fields than any of ours, before it is taken apart."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    if request.get_data(parse_form_data=False).count(b"&") >= MOST_FIELDS:
        request.form = ImmutableMultiDict()  # the page that says so must not read it either
        abort(413)
