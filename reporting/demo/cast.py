"""The offices and people of the demonstration. All of them are invented."""

from dataclasses import dataclass
from typing import Final

from reporting.domain.people import Role


@dataclass(frozen=True)
class Place:
    """An office as the administrator of the demonstration would describe it."""

    code: str
    name: str
    head_count: int
    external: bool = False
    country: str = "MD"
    time_zone: str = "Europe/Chisinau"
    languages: str = "en"


@dataclass(frozen=True)
class Player:
    """Somebody with an account."""

    username: str
    name: str
    role: Role
    place: str


DESK: Final = "desk"
CHISINAU: Final = "chisinau"
NORTH: Final = "north"

PLACES: Final = (
    Place(DESK, "Regional ombuds desk", 6, external=True, languages="en, ru, ar"),
    Place(
        CHISINAU,
        "Chisinau office",
        140,
        languages="en, ro, ru",
    ),
    Place(
        NORTH,
        "Field office North",
        45,
        languages="en, ar",
    ),
)

PLAYERS: Final = (
    Player("elena.rusu", "Elena Rusu", Role.CASE_MANAGER, CHISINAU),
    Player("victor.munteanu", "Victor Munteanu", Role.CASE_MANAGER, CHISINAU),
    Player("amina.diallo", "Amina Diallo", Role.INVESTIGATOR, CHISINAU),
    Player("jonas.berg", "Jonas Berg", Role.INVESTIGATOR, CHISINAU),
    Player("ioana.lupu", "Ioana Lupu", Role.CASE_MANAGER, NORTH),
    Player("samir.haddad", "Samir Haddad", Role.CASE_MANAGER, NORTH),
    Player("grace.okoro", "Grace Okoro", Role.INVESTIGATOR, NORTH),
    Player("marta.kowalska", "Marta Kowalska", Role.OUTSIDE_DESK, DESK),
    Player("daniel.osei", "Daniel Osei", Role.OUTSIDE_DESK, DESK),
    Player("nina.petrova", "Nina Petrova", Role.FOCAL_POINT, CHISINAU),
    Player("lucia.botezatu", "Lucia Botezatu", Role.DIRECTORY_EDITOR, CHISINAU),
    Player("pavel.stan", "Pavel Stan", Role.LEGAL_AID_OFFICER, CHISINAU),
    Player("irina.ceban", "Irina Ceban", Role.LEGAL_AID_OFFICER, NORTH),
    Player("ana.ciobanu", "Ana Ciobanu", Role.ADMINISTRATOR, CHISINAU),
    Player("luis.ortega", "Luis Ortega", Role.AUDITOR, CHISINAU),
)
