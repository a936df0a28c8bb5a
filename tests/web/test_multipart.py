"""A form with files, taken apart: whole whatever the pieces in which it comes, and bounded whatever is sent."""

import io
import random
from collections.abc import Callable, Iterable

import pytest

from reporting.web.multipart import LONGEST_HEAD, MOST_PARTS, READ, Broken, Multipart, Part, TooMuch, boundary_of

BOUNDARY = b"----WebKitFormBoundaryAbC123"
TRICKY = b"\r\n--\r\n--" + BOUNDARY[:-1] + b"\r\r\n\r\n-\r\n----WebKitFormBoundaryAbC12\r"


def body(*parts: tuple[str, bytes], end: bytes = b"--\r\n") -> bytes:
    """Return a form with these parts: what follows `form-data` in the head, and the content."""
    made = b"".join(
        b"--%s\r\nContent-Disposition: form-data%s\r\n\r\n%s\r\n" % (BOUNDARY, more.encode(), content)
        for more, content in parts
    )
    return made + b"--" + BOUNDARY + end


class Slow:
    """A body that comes in pieces of a size that is drawn, and remembers how much was asked for."""

    def __init__(self, content: bytes, most: int) -> None:
        self._left, self._most, self.taken = io.BytesIO(content), most, 0

    def __call__(self, size: int) -> bytes:
        """Read a piece."""
        piece = self._left.read(min(size, random.randint(1, self._most)))  # noqa: S311 - any size will do
        self.taken += len(piece)
        return piece


def taken_apart(read: Callable[[int], bytes]) -> list[tuple[str, str | None, bytes]]:
    """Return all parts with their content."""
    form, parts = Multipart(read, BOUNDARY), []
    while (part := form.next_part()) is not None:
        parts.append((part.field, part.file_name, b"".join(form.data())))
    return parts


@pytest.mark.parametrize("most", [1, 2, 3, 7, 40, 100_000])
def test_a_form_is_whole_whatever_the_pieces_in_which_it_comes(most: int) -> None:
    noise = random.randbytes(3000) + TRICKY  # noqa: S311 - any bytes will do
    sent = body(('; name="draft"', b"abc"), ('; name="file"; filename="a b.jpg"', noise), ('; name="x"', b""))
    expected = [("draft", None, b"abc"), ("file", "a b.jpg", noise), ("x", None, b"")]
    assert taken_apart(Slow(sent, most)) == expected
    assert taken_apart(Slow(b"\r\n" + sent, most)) == expected


def test_what_looks_like_the_end_of_a_file_stays_in_it() -> None:
    for cut in range(1, len(BOUNDARY) + 4):
        content = (b"\r\n--" + BOUNDARY)[:cut]
        sent = body(('; name="f"; filename="f"', content * 3))
        assert taken_apart(Slow(sent, 5))[0][2] == content * 3


def test_a_file_that_nobody_takes_is_passed_over_without_being_held() -> None:
    sent = body(('; name="f"; filename="f"', b"x" * 3 * READ), ('; name="g"; filename="g"', b"second"))
    form = Multipart(io.BytesIO(sent).read, BOUNDARY)
    assert form.next_part() == Part("f", "f")
    next(form.data())
    assert form.next_part() == Part("g", "g")
    assert b"".join(form.data()) == b"second"
    assert form.next_part() is None


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"nothing of the kind",
        b"--" + BOUNDARY,
        b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; name=a\r\n\r\nno end",
        b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; name=a\r\n\r\nend\r\n--" + BOUNDARY + b"-",
        b"--" + BOUNDARY + b"X\r\nContent-Disposition: form-data; name=a\r\n\r\nend\r\n--" + BOUNDARY + b"--",
        b"--" + BOUNDARY + b"\r\nContent-Type: text/plain\r\n\r\nno name\r\n--" + BOUNDARY + b"--",
        b"a preamble\r\n" + body(('; name="a"', b"b")),
        body(('; name="a"', b"b"), end=b"\n"),
    ],
)
def test_what_is_no_whole_form_is_refused(sent: bytes) -> None:
    with pytest.raises(Broken):
        taken_apart(Slow(sent, 1000))


@pytest.mark.parametrize(
    "forever",
    [
        pytest.param(b"a beginning without end ", id="preamble"),
        pytest.param(b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; name=a\r\nX: " + b"y" * READ, id="head"),
        pytest.param(body(*[('; name="a"', b"")] * (MOST_PARTS + 1)), id="parts"),
    ],
)
def test_what_never_ends_is_refused_after_little(forever: bytes) -> None:
    read = Slow((forever * 8)[: 8 * READ], READ)
    with pytest.raises((Broken, TooMuch)):
        taken_apart(read)
    assert read.taken <= READ + LONGEST_HEAD


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=" + "x" * 201,
    ],
)
def test_a_form_without_a_boundary_is_none(content_type: str) -> None:
    with pytest.raises(Broken):
        boundary_of(content_type)


def test_random_bytes_do_nothing_but_be_refused() -> None:
    pieces: Iterable[bytes] = (b"\r\n", b"--", BOUNDARY, b"\r\n\r\n", b"x", b'Content-Disposition: form-data; name="a"')
    chosen = random.Random(5)  # noqa: S311 - the same every time
    for _ in range(2000):
        sent = b"".join(chosen.choices(tuple(pieces), k=12))
        try:
            taken_apart(io.BytesIO(sent).read)
        except (Broken, TooMuch):
            continue


def test_a_part_without_content_may_end_with_its_head() -> None:
    head = b'Content-Disposition: form-data; name="f"; filename=""\r\n'
    sent = b"--%s\r\n%s\r\n--%s\r\n%s\r\n\r\n--%s--" % (BOUNDARY, head, BOUNDARY, head, BOUNDARY)
    assert taken_apart(Slow(sent, 3)) == [("f", "", b"")] * 2
