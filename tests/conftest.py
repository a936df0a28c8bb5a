"""What every test may ask for.

Rules of the house: warnings are errors; only clock, randomness and mail are ever faked; a test that needs PostgreSQL
(`tests/postgres.py`) or Chromium (`tests/browser.py`) is skipped where these are missing, and fails there in CI.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from reporting.config import PREFIX
from tests.machine import IN_CI

pytest_plugins = [
    "pytester",
    "tests.skips",
    "tests.postgres",
    "tests.engines",
    "tests.s3",
    "tests.furnished",
    "tests.browser",
]

# No deadline: Argon2 and a busy machine make single examples slow without being wrong.
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=200, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if IN_CI else "dev")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the developer's own settings: a test that needs one says so."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def keys_folder(tmp_path: Path) -> Path:
    """An empty folder for keys, closed to others as `reporting keys init` leaves it."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    return folder
