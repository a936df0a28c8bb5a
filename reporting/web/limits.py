"""How much one request may carry, and what the log may say of one that broke everything.

A form of ours has some hundred fields. A body within the limit of size could carry millions, and to read
those would take more memory and time than a worker has for everybody else.
"""

import logging
from collections.abc import Callable
from io import BytesIO
from types import TracebackType
from typing import IO, Any, Final, TypeVar

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict

from reporting.web.uploads import fields_before

LARGEST_REQUEST: Final = 8 * 1024 * 1024
LARGEST_UPLOAD: Final = 12 * 1024 * 1024
"""A file of the library, which has at most 10 MiB, with the fields around it."""
MOST_FIELDS: Final = 4000
MARK: Final = "takes_a_file"
View = TypeVar("View", bound=Callable[..., Any])


class InMemory(Request):
    """A request of which nothing is laid down in a temporary file, however large a file it carries."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        try:
            fields = fields_before()
        except Exception:  # the page that says so must not read it again
            self.__dict__.update(form=ImmutableMultiDict(), files=ImmutableMultiDict())
            raise
        if fields is None:
            super()._load_form_data()
        else:
            self.__dict__.update(form=fields, files=ImmutableMultiDict())

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


class Application(Flask):
    """Flask, but what it logs of an error is its kind: a message may repeat what somebody sent."""

    request_class = InMemory

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


def takes_a_file(view: View) -> View:
    """Let a form of staff carry a larger file than any other form may."""
    setattr(view, MARK, True)
    return view


def allow_file() -> None:
    """Raise the limit for a form that takes a file; the door has already let the sender in, and nothing is read yet."""
    if getattr(current_app.view_functions.get(request.endpoint or ""), MARK, False):
        request.max_content_length = LARGEST_UPLOAD
