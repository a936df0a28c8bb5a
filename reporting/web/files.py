"""The answer that carries a file."""

from flask import Response


def as_file(content: bytes, name: str, kind: str) -> Response:
    """Answer with a file to be kept, under a name that says nothing."""
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
