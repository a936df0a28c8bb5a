"""The answer that carries a file."""

from collections.abc import Iterator

from flask import Response


def as_file(content: bytes | Iterator[bytes], name: str, kind: str) -> Response:
    """Answer with a file to be kept, whole or as it is made, under a name that says nothing."""
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
