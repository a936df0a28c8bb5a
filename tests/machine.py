"""What the machine under the tests must have: a test that lacks it is skipped at a desk and fails in CI.

`tests/skips.py` turns the skip into a failure.
"""

import os
import shutil
from pathlib import Path
from typing import Final, NoReturn

import pytest

CHECKOUT: Final = Path(__file__).resolve().parent.parent
IN_CI: Final = os.environ.get("CI", "").lower() not in {"", "0", "false"}


def program(*names: str, package: str) -> str:
    """Return the path of the first of these programs, or give up on the test; `package` is what Debian calls it."""
    for name in names:
        if found := shutil.which(name):
            return found
    lacking(f"{names[0]} is not on this machine; Debian has it in {package}.")


def lacking(reason: str) -> NoReturn:
    """End the test that asked for what is not here."""
    pytest.skip(reason)
