"""Files that somebody brings for the directory: a folder, a zip archive, one CSV file or one file of nested JSON.

Nothing is unpacked to the disk. Of an archive only names that a package has are read, and no more of each than fits.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from reporting.domain.directory.checking import Fault, Faulty, Found
from reporting.domain.directory.tabular import DESCRIPTION, Files, read_tables
from reporting.domain.directory.unnesting import COVERED, read_nested

LARGEST: Final = 50 * 1024 * 1024
"""So many bytes fit, unpacked and all files together."""
MOST_ENTRIES: Final = 500


@dataclass(frozen=True)
class Source:
    """What a file says: its rows, what is wrong with its form, and the tables of which it claims to know every row."""

    found: tuple[Found, ...]
    faults: tuple[Fault, ...]
    covers: frozenset[str]


def read_source(path: Path) -> Source:
    """Read what somebody brings.

    :raises Faulty: it is too large, or nothing of these kinds.
    """
    if path.name == DESCRIPTION and path.is_file():
        path = path.parent
    if path.is_dir():
        return from_files(_of_folder(path))
    if zipfile.is_zipfile(path):
        return from_files(_of_archive(path))
    if path.suffix.lower() == ".csv":
        return from_files(_bounded([(path.name, path)]))
    if path.suffix.lower() == ".json":
        return from_nested(_bounded([(path.name, path)])[path.name], path.name)
    said = "this is no folder, no zip archive, no CSV and no JSON; its name must end with .zip, .csv or .json."
    raise Faulty([Fault(path.name, "", said)])


def from_files(files: Files) -> Source:
    """Read the files of a package."""
    found, faults, covers = read_tables(files)
    return Source(tuple(found), tuple(faults), covers)


def from_nested(content: bytes, name: str) -> Source:
    """Read nested JSON."""
    found, faults = read_nested(content, name)
    return Source(tuple(found), tuple(faults), COVERED)


def _of_folder(folder: Path) -> Files:
    return _bounded((path.name, path) for path in sorted(folder.iterdir()) if _is_ours(path.name) and path.is_file())


def _bounded(paths: Iterator[tuple[str, Path]] | list[tuple[str, Path]]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = LARGEST
    for name, path in paths:
        with path.open("rb") as opened:
            files[name] = opened.read(left + 1)
        left = _less(name, left, files[name])
    return files


def _less(name: str, left: int, content: bytes) -> int:
    if len(content) > left:
        raise Faulty([Fault(name, "", f"this is too large: {LARGEST // 1024 // 1024} MB fit, all files together.")])
    return left - len(content)


def _of_archive(path: Path) -> Files:
    """Read the files of one folder inside an archive: where the description is, else where the tables are."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist()[: MOST_ENTRIES + 1] if _is_ours(PurePosixPath(name).name)]
            if len(archive.namelist()) > MOST_ENTRIES:
                raise Faulty([Fault(path.name, "", f"there are more than {MOST_ENTRIES} files in this archive.")])
            return _unpacked(archive, _of_one_folder(names, path.name))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, Faulty):
            raise
        raise Faulty(
            [Fault(path.name, "", "this archive cannot be read; please pack it anew, without a password.")]
        ) from None


def _of_one_folder(names: list[str], archive: str) -> list[str]:
    folders = {str(PurePosixPath(name).parent) for name in names}
    described = {str(PurePosixPath(name).parent) for name in names if PurePosixPath(name).name == DESCRIPTION}
    chosen = described or folders
    if len(chosen) > 1:
        raise Faulty([Fault(archive, "", "there is more than one package in this archive; please bring one.")])
    inside = [name for name in names if str(PurePosixPath(name).parent) in chosen]
    if len({PurePosixPath(name).name for name in inside}) != len(inside):
        raise Faulty([Fault(archive, "", "a file stands twice in this archive.")])
    return inside


def _unpacked(archive: zipfile.ZipFile, names: list[str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = LARGEST
    for name in names:
        with archive.open(name) as packed:
            content = packed.read(left + 1)  # what the archive says of its size is not believed
        left = _less(name, left, content)
        files[PurePosixPath(name).name] = content
    return files


def _is_ours(name: str) -> bool:
    return name == DESCRIPTION or name.endswith(".csv")
