"""The floors of the house hold when it runs, not only when its imports are read."""

import json
import subprocess
import sys
from importlib.util import find_spec
from typing import Final

import pytest

from tests.machine import CHECKOUT

WEB: Final = frozenset({"flask", "flask_babel", "flask_login", "werkzeug", "jinja2", "wtforms", "gunicorn"})
STORE: Final = frozenset({"sqlalchemy", "alembic", "psycopg"})
# A web worker stays small: what only some requests need is loaded by the first of them.
LATE: Final = frozenset({"alembic", "fontTools", "fpdf", "pyrage", "zxcvbn", "shamir_mnemonic"})

# import-linter reads import statements; it does not see what a package loads from within a function at import time.
FORBIDDEN: Final = {
    "reporting": WEB | STORE | {"cryptography", "click"},
    "reporting.resources": WEB | STORE | {"cryptography", "click"},
    "reporting.config": WEB | STORE | {"cryptography", "click"},
    "reporting.domain": WEB | STORE | {"cryptography", "click"},
    "reporting.policy": WEB | STORE | {"cryptography", "click"},
    "reporting.crypto": WEB | STORE | LATE | {"click"},
    "reporting.store": WEB | LATE | {"click"},
    "reporting.services": WEB | LATE | {"click"},
    "reporting.demo": WEB | LATE | {"click"},
    "reporting.cli": WEB | LATE,
    "reporting.web": LATE,
    "reporting.app": LATE,
    # The server's first process holds nothing: neither keys nor connections could leak from it into its children.
    "reporting.serving": (WEB - {"gunicorn"}) | STORE | {"cryptography", "click"},
}


def loaded_by(module: str) -> set[str]:
    """Return the top-level names that a fresh interpreter holds once it has imported every module of a floor."""
    code = (
        "import importlib, json, pkgutil, sys\n"
        f"floor = importlib.import_module({module!r})\n"
        "inside = getattr(floor, '__path__', []) if floor.__name__ != 'reporting' else []\n"
        "for found in pkgutil.walk_packages(inside, floor.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    return set(json.loads(result.stdout))


@pytest.mark.parametrize("module", FORBIDDEN)
def test_importing_a_floor_loads_nothing_that_belongs_above_it(module: str) -> None:
    assert find_spec(module), f"{module} is gone: bring this list to the house as it stands"
    assert loaded_by(module) & FORBIDDEN[module] == set()
