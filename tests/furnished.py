"""Folders to run commands in: an empty one, one with keys and databases, and a whole demonstration."""

import shutil
from pathlib import Path

import pytest

from reporting.config import Settings
from reporting.demo.folder import keep, within
from reporting.demo.making import make
from tests.console import said
from tests.instance import cheap_passphrases


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder with keys and databases, and nothing in them."""
    data = tmp_path / "data"
    with cheap_passphrases():
        said("keys", "init", data=data)
    said("db", "upgrade", data=data)
    return data


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration, made once and never changed."""
    data = tmp_path_factory.mktemp("made") / "data"
    data.mkdir(mode=0o700)
    with cheap_passphrases():
        keep(data, make(within(Settings.from_environment({"REPORTING_DATA": str(data)}))))
    return data


@pytest.fixture
def demonstration(made_once: Path, tmp_path: Path) -> Path:
    """A demonstration of the test's own."""
    return Path(shutil.copytree(made_once, tmp_path / "data"))
