"""A document that comes from the code says what the code says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents import DOCUMENTS


@pytest.mark.parametrize(("path", "page"), DOCUMENTS.items(), ids=[path.name for path in DOCUMENTS])
def test_a_generated_document_is_as_fresh_as_its_table(path: Path, page: Callable[[], str]) -> None:
    assert path.read_text(encoding="utf-8") == page(), f"{path.name} is stale: run `make docs`"
