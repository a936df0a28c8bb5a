"""Somebody who adds files, at a browser without scripts."""

import re
from typing import Any, Final

from werkzeug.test import TestResponse

from reporting.store.database import reading
from reporting.web.origin import FIELD
from tests.builders import Built
from tests.evidence import keyed_blobs, photo
from tests.visitor import Visitor
from tests.web.her import Her

WRITING: Final = "/en/write/files"
NAME: Final = "IMG_2041.jpg"
Picked = tuple[str, bytes]
BOUNDARY: Final = "----a7Rw0xk2"


def add_files(visitor: Visitor, path: str, *files: Picked, **fields: str) -> TestResponse:
    """Send a form with files; without any, as a browser sends an input in which none was chosen."""
    given = {FIELD: visitor.signed(path), **fields}
    parts = [(f'name="{name}"', value.encode()) for name, value in given.items()]
    parts += [(f'name="file"; filename="{name}"', content) for name, content in (files or [("", b"")])]
    lines = [f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body for head, body in parts]
    return visitor.flask.post(
        path,
        data=b"\r\n".join([*lines, f"--{BOUNDARY}--\r\n".encode()]),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        headers={"Sec-Fetch-Site": "same-origin"},
    )


def after(visitor: Visitor, answer: TestResponse) -> str:
    """Return the page to which a form led."""
    assert answer.status_code == 303, answer.status_code
    return visitor.get(answer.headers["Location"]).text


def add_photo(visitor: Visitor, path: str, colour: str = "red", name: str = NAME, **fields: str) -> str:
    """Add a photo and return the page after it."""
    return after(visitor, add_files(visitor, path, (name, photo(colour)), **fields))


def refs_on(page: str) -> list[str]:
    """Return what the pieces on a page are called, in the order of the page."""
    found = re.findall(r'/files/([0-9a-f]{16})(?:\?[^"]*)?"', page)
    return list(dict.fromkeys(found))


def kept_keys(built: Built) -> int:
    """Return how many keys of sealed files there are."""
    with reading(built.stores) as work:
        return len(keyed_blobs(work.shred))


def kept_bytes(built: Built) -> int:
    """Return how many sealed files lie in the blob store."""
    return len(list(built.stores.blobs.all()))


def begin(built: Built, door: str = "notes", **fields: Any) -> Her:
    """Return somebody who has begun to write and is past the page before it."""
    visitor = Her(built)
    assert visitor.post(f"/en/write/{door}", fields).status_code == 303
    assert visitor.post("/en/write/before", {}).status_code == 303
    return visitor
