"""The documents that are written from tables in the code: `make docs` writes them, a test finds stale ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from reporting.config import settings_page
from reporting.domain.casework.decision_table import classification_page
from reporting.domain.directory.pathway_rules import pathways_page
from reporting.domain.status_page import status_page
from reporting.store.records import records_page
from tests.machine import CHECKOUT

DOCUMENTS: Final[Mapping[Path, Callable[[], str]]] = {
    CHECKOUT / "docs" / "CLASSIFICATION.md": classification_page,
    CHECKOUT / "docs" / "PATHWAYS.md": pathways_page,
    CHECKOUT / "docs" / "RECORDS_OF_PROCESSING.md": records_page,
    CHECKOUT / "docs" / "SETTINGS.md": settings_page,
    CHECKOUT / "docs" / "STATUS.md": status_page,
}


def write() -> None:
    """Write every document anew."""
    for path, page in DOCUMENTS.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
