"""Key bytes wrapped in types, so that a key cannot be printed, logged, pickled or handed to the wrong function.

`Secret` is what every 32-byte key is; its subclasses say whose it is. The bytes come out only by asking for `.raw`.
"""

import hmac
import secrets
from typing import ClassVar, NoReturn, Self

from reporting.crypto.parameters import KEY_SIZE


class Guarded:
    """A fixed number of secret bytes: immutable, redacted, compared in constant time, never pickled or hashed."""

    __slots__ = ("_raw",)
    SIZE: ClassVar[int]
    _raw: bytes

    def __init__(self, raw: bytes) -> None:
        if len(raw) != self.SIZE:
            raise ValueError(f"{type(self).__name__} takes exactly {self.SIZE} bytes")
        object.__setattr__(self, "_raw", bytes(raw))

    @classmethod
    def random(cls) -> Self:
        """Draw a new one from the operating system."""
        return cls(secrets.token_bytes(cls.SIZE))

    @property
    def raw(self) -> bytes:
        """The bytes themselves."""
        return self._raw

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: redacted>"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self) or not isinstance(other, Guarded):
            return False
        return hmac.compare_digest(self._raw, other._raw)

    def __hash__(self) -> NoReturn:
        # A look-up by hash would compare in a time that depends on the bytes.
        raise TypeError(f"{type(self).__name__} is not hashable")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is never pickled or copied")


class Secret(Guarded):
    """Exactly 32 secret bytes."""

    __slots__ = ()
    SIZE = KEY_SIZE


class Seed(Secret):
    """The root of one actor's key pair and signing key."""

    __slots__ = ()


class CompartmentKey(Secret):
    """One generation of the key of one compartment of one case."""

    __slots__ = ()


class ShredKey(Secret):
    """What stands between a stored grant and the key in it; destroying it destroys the grant in every backup."""

    __slots__ = ()


class SessionSecret(Secret):
    """What the cookie alone carries; it opens the session row."""

    __slots__ = ()


class FileKey(Secret):
    """One half of what opens a sealed file; it travels inside the sealed record of the file."""

    __slots__ = ()
