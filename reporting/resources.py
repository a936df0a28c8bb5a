"""Where the files that are not code stand: templates, migrations, translations, static files, policy packs.

They are found by path, not through the import system. In a checkout and in an editable install `templates/` and
`migrations/` stand beside the package, in a wheel they stand inside it; only the path works in all three.
"""

from pathlib import Path
from typing import Final, Literal

Folder = Literal["templates", "migrations", "translations", "static", "packs"]

_PACKAGE: Final = Path(__file__).resolve().parent
_INSIDE: Final[dict[Folder, str]] = {
    "templates": "templates",
    "migrations": "migrations",
    "translations": "translations",
    "static": "web/static",
    "packs": "packs",
}


def folder(name: Folder) -> Path:
    """Return the absolute path of a folder of resources; raises FileNotFoundError when the installation lacks it."""
    inside = _PACKAGE / _INSIDE[name]
    # The package's own folder comes first: beside an installed package, `templates` would be a stranger's.
    for place in (inside, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"This installation has no folder of {name}; install Harbour again, from a whole copy.")
