"""The answer that carries a file."""

from collections.abc import Iterator
from typing import Final

from flask import Response

FILE_POLICY: Final = "default-src 'none'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
"""A file that a browser shows after all may run nothing, load nothing and send nothing."""


def as_file(content: bytes | Iterator[bytes], name: str, kind: str) -> Response:
    """Answer with a file to be kept, whole or as it is made, under a name that says nothing."""
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
