"""Who acts. An actor carries the key pair that opens what was sealed to it."""

from dataclasses import dataclass

from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import CompartmentKey, Seed
from reporting.domain.people import Role
from reporting.store.grants import holder_of_guest, holder_of_reporter, holder_of_staff


@dataclass(frozen=True)
class Reporter:
    """Someone who came with a token."""

    lookup_id: bytes
    pair: KeyPair

    role = Role.SURVIVOR

    @property
    def holder(self) -> bytes:
        """Return how grants name her."""
        return holder_of_reporter(self.lookup_id)


@dataclass(frozen=True)
class StaffMember:
    """A signed-in member of staff."""

    staff_id: bytes
    username: str
    display_name: str
    role: Role
    office_id: bytes
    pair: KeyPair

    @property
    def holder(self) -> bytes:
        """Return how grants name this person."""
        return holder_of_staff(self.staff_id)


@dataclass(frozen=True)
class Arriving:
    """Somebody who has shown a passphrase and still has to show a second factor: no actor, so nothing opens to them."""

    staff_id: bytes
    username: str
    display_name: str
    role: Role
    seed: Seed


@dataclass(frozen=True)
class GuestReader:
    """Somebody beside her who reads the story of one case: her representative, or a translator."""

    lookup_id: bytes
    pair: KeyPair
    case_id: bytes

    role = Role.GUEST

    @property
    def holder(self) -> bytes:
        """Return how grants name this person."""
        return holder_of_guest(self.lookup_id)


@dataclass(frozen=True)
class Provider:
    """A service to which she was referred, reading what she agreed to; opens no case, so it is no `Actor`.

    `key` opens the content of one link, and nothing else.
    """

    link_id: bytes
    key: CompartmentKey

    role = Role.PROVIDER


Actor = Reporter | StaffMember | GuestReader
