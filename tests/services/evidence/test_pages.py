"""A page of a PDF reaches a reader as a picture, and a page that is not there as nothing."""

import io

import pytest
from PIL import Image

from reporting.services.errors import NotFound
from reporting.services.evidence import pages
from reporting.services.evidence.pages import page_of
from reporting.services.evidence.turns import turn
from reporting.serving.patience import BODY_SECONDS
from tests.cleaning import pdfs


def test_a_page_is_a_picture_large_enough_to_read() -> None:
    picture = page_of(iter([pdfs.pdf()]), 1)
    with Image.open(io.BytesIO(picture)) as drawn:
        assert drawn.format == "JPEG"
        assert max(drawn.size) == 1600
        assert drawn.convert("L").point(lambda value: 255 * (value < 50)).getbbox() is not None


@pytest.mark.parametrize("number", [2, 0, -1, 10**9])
def test_a_page_that_is_not_there_is_not_found(number: int) -> None:
    with pytest.raises(NotFound):
        page_of(iter([pdfs.pdf()]), number)


def test_nobody_waits_for_the_turn_of_a_page_longer_than_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages.SECONDS + pages.PATIENCE < BODY_SECONDS
    monkeypatch.setattr(pages, "PATIENCE", 0.1)
    with turn("page 1", 5), pytest.raises(NotFound):
        page_of(iter([pdfs.pdf()]), 1)
    assert page_of(iter([pdfs.pdf()]), 1)


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n" + bytes(3000)])
def test_what_is_no_pdf_has_no_page(content: bytes) -> None:
    with pytest.raises(NotFound):
        page_of(iter([content]), 1)
