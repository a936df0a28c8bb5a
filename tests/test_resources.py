"""Folders that are not code are found by path, or their absence is said in a sentence."""

from pathlib import Path

import pytest

from reporting import resources


def test_an_installation_prefers_its_own_folder_to_a_stranger_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "reporting"
    for place in (package / "templates", package.parent / "templates"):
        place.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.folder("templates") == package / "templates"


def test_a_broken_installation_says_what_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "reporting")
    with pytest.raises(FileNotFoundError, match="install Harbour again"):
        resources.folder("migrations")
