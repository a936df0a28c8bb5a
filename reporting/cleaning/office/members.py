"""The members of a zip from a stranger: read one at a time within limits, and packed anew without when and by whom."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from typing import Final

from reporting.cleaning.answer import NotReadable, TooMuch
from reporting.cleaning.confinement.limits import MOST_INSIDE

MOST_MEMBERS: Final = 10_000
_MOST_RATIO: Final = 500
_RATIO_COUNTS_FROM: Final = 1024 * 1024
_LONGEST_NAME: Final = 500
_ENCRYPTED: Final = 0x1
_LOCAL_HEADER: Final = 30
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)


class Members:
    """A zip whose directory was checked before anything of it is unpacked."""

    def __init__(self, content: bytes) -> None:
        """Read the directory.

        :raises NotReadable: it is no zip, its names lead elsewhere, its members overlap, or it is locked.
        :raises TooMuch: there are too many members, or they would unpack to more than is taken apart.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise NotReadable from None
        listed = [one for one in self._zip.infolist() if not one.is_dir()]
        _check(listed)
        self._found = {one.filename: one for one in listed}
        self._left = MOST_INSIDE

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a member."""
        return name in self._found

    def read(self, name: str) -> bytes:
        """Return a member unpacked.

        :raises NotReadable: there is none, or it is damaged.
        :raises TooMuch: with it, more would be unpacked than the limit allows; what the directory says is not believed.
        """
        if name not in self._found:
            raise NotReadable
        try:
            with self._zip.open(self._found[name]) as member:
                data = member.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise NotReadable from None
        self._left -= len(data)
        if self._left < 0:
            raise TooMuch
        return data


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of these members, the same for the same; one named `mimetype` is not compressed (OpenDocument)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members:
            info = zipfile.ZipInfo(name, _BEGINNING)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return out.getvalue()


def _check(listed: list[zipfile.ZipInfo]) -> None:
    if len(listed) > MOST_MEMBERS or sum(one.file_size for one in listed) > MOST_INSIDE:
        raise TooMuch
    names = {one.filename.lower() for one in listed}
    if len(names) != len(listed) or not all(map(_is_plain, names)):
        raise NotReadable
    if any(one.flag_bits & _ENCRYPTED for one in listed):
        raise NotReadable
    if any(one.file_size > max(_RATIO_COUNTS_FROM, one.compress_size * _MOST_RATIO) for one in listed):
        raise TooMuch
    end = 0
    for one in sorted(listed, key=lambda one: one.header_offset):
        if one.header_offset < end:
            raise NotReadable
        end = one.header_offset + _LOCAL_HEADER + len(one.filename) + one.compress_size


def _is_plain(name: str) -> bool:
    """Whether a name stays in the folder of the document."""
    parts = name.split("/")
    return len(name) <= _LONGEST_NAME and not ({"", ".", ".."} & set(parts)) and not set(name) & {"\\", ":", "\x00"}
