"""Answers of the read API: JSON, refusals too."""

from typing import Any, Final

from flask import Response, request

from reporting.domain.directory.nested import as_json

PLACE: Final = "/hsds/"
SENTENCES: Final = {
    404: "There is nothing at this address.",
    405: "This address does not answer this method.",
    413: "This is too long.",
    415: "Send a form or JSON.",
    503: "The database does not answer right now. Please try again.",
}
_BROKEN: Final = "Something went wrong on our side. Please try again."
_UNREADABLE: Final = "This request cannot be read."


class BadRequest(Exception):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """A request that is refused, with the sentence and the status that answer it."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def is_api() -> bool:
    """Return whether this request is one for programs."""
    return request.path.startswith(PLACE)


def answer(value: Any, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(as_json(value) + "\n", status, mimetype="application/json")


def refuse(status: int, sentence: str | None = None) -> Response:
    """Answer a refusal in one sentence."""
    usual = SENTENCES.get(status, _BROKEN if status >= 500 else _UNREADABLE)
    return answer({"status": status, "message": sentence or usual}, status)
