"""The folder `keys/`: what the running server itself must hold, and nothing that opens a story.

`instance.key` authenticates grants, public keys, vouches and the audit chains, so that a row written past the program
is noticed, and signs the checkpoints that are kept elsewhere. `statistics.pub` receives statistical facts; its
private half, `statistics.sealed`, opens only with the operator's passphrase. Each file is one version byte and its
content. The folder is made by `reporting keys init`, never silently, and refused when others on the machine may read
it.
"""

import hashlib
import hmac
import os
from pathlib import Path
from typing import NoReturn, Self

from reporting.crypto.errors import KeysExist, KeysMissing, LooseModes, Tampered, UnknownVersion
from reporting.crypto.framing import frame
from reporting.crypto.keys import KeyPair, SigningKey
from reporting.crypto.parameters import (
    CHECKPOINT_USE,
    INSTANCE_LABEL,
    INSTANCE_USES,
    KEY_FILE_VERSION,
    KEY_SIZE,
    PUBLIC_KEY_SIZE,
)
from reporting.crypto.passphrases import SEALED_SEED_SIZE, SealedSeed, seal_seed, unseal_seed
from reporting.crypto.sealing import derive
from reporting.crypto.secret import Secret, Seed

INSTANCE_FILE = "instance.key"
STATISTICS_PUBLIC_FILE = "statistics.pub"
STATISTICS_SEALED_FILE = "statistics.sealed"
COMMITTED_FILES = frozenset({"README.md", ".gitignore"})

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_OTHERS = 0o077


class Keyring:
    """The instance key, ready for each of its uses, and the public statistics key."""

    def __init__(self, instance_key: Secret, statistics_public: bytes) -> None:
        self.statistics_public = statistics_public
        self._keys = {use: _use_key(instance_key, use) for use in INSTANCE_USES}
        self.checkpoint_key = SigningKey.from_seed(Seed(_use_key(instance_key, CHECKPOINT_USE)))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the folder; KeysMissing or LooseModes say what mends it, UnknownVersion or Tampered what is wrong."""
        _refuse_loose(folder, _FOLDER_MODE)
        instance_key = _read(folder / INSTANCE_FILE, KEY_SIZE)
        return cls(Secret(instance_key), _read(folder / STATISTICS_PUBLIC_FILE, PUBLIC_KEY_SIZE))

    @classmethod
    def create(cls, folder: Path, statistics_passphrase: str) -> Self:
        """Make the folder's keys; KeysExist when anything but its README and .gitignore is there already."""
        _make_folder(folder)
        statistics = KeyPair.from_seed(Seed.random())
        sealed = seal_seed(statistics_passphrase, statistics.seed)
        _write(folder / STATISTICS_SEALED_FILE, sealed.to_bytes())
        _write(folder / STATISTICS_PUBLIC_FILE, statistics.public_key)
        # Last, because its presence is what makes the folder a keyring.
        _write(folder / INSTANCE_FILE, Secret.random().raw)
        _make_durable(folder)
        return cls.load(folder)

    def tag(self, label: str, *parts: bytes) -> bytes:
        """Authenticate parts for one use of `parameters.INSTANCE_USES`, 32 bytes; KeyError for another use."""
        return hmac.digest(self._keys[label], frame(*parts), hashlib.sha256)

    def check(self, label: str, tag: bytes, *parts: bytes) -> bool:
        """Whether `tag` is what this instance gave for these parts and this use."""
        return hmac.compare_digest(self.tag(label, *parts), tag)

    def __repr__(self) -> str:
        return "<Keyring: redacted>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Keyring is never pickled or copied")


def open_statistics_key(folder: Path, passphrase: str) -> KeyPair:
    """The statistics key pair, for a release job run by the operator; WrongPassphrase, KeysMissing, LooseModes."""
    _refuse_loose(folder, _FOLDER_MODE)
    stored = _read(folder / STATISTICS_SEALED_FILE, SEALED_SEED_SIZE)
    return KeyPair.from_seed(unseal_seed(passphrase, SealedSeed.from_bytes(stored)))


def _use_key(instance_key: Secret, use: str) -> bytes:
    return derive(instance_key.raw, frame(INSTANCE_LABEL, use.encode()), KEY_SIZE)


def _refuse_loose(path: Path, mode: int) -> None:
    if not path.exists():
        raise KeysMissing(path)
    if path.stat().st_mode & _OTHERS:
        raise LooseModes(path, mode)


def _read(path: Path, size: int) -> bytes:
    _refuse_loose(path, _FILE_MODE)
    stored = path.read_bytes()
    if len(stored) != 1 + size:
        raise Tampered(f"{path} has not the size of what it should hold")
    if stored[0] != KEY_FILE_VERSION:
        raise UnknownVersion(f"{path} was written by a release that this one does not know")
    return stored[1:]


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    for entry in sorted(folder.iterdir()):
        if entry.name not in COMMITTED_FILES:
            raise KeysExist(entry)
    # Only now: a folder that holds something else is not ours to change.
    folder.chmod(_FOLDER_MODE)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(bytes([KEY_FILE_VERSION]) + content)
        file.flush()
        os.fsync(file.fileno())


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
