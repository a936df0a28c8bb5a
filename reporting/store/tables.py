"""Every table of both stores: importing this module makes them known."""

from reporting.store import (
    aside,
    audit,
    cases,
    chores,
    clocks,
    conduct,
    duty,
    factors,
    grants,
    guests,
    holdings,
    holds,
    inaction,
    offices,
    packs,
    recovery,
    reporters,
    requests,
    settings,
    shred,
    staff,
)
from reporting.store.database import Base as Base
from reporting.store.database import ShredBase as ShredBase

MODULES = (
    aside,
    audit,
    cases,
    chores,
    clocks,
    conduct,
    duty,
    factors,
    grants,
    guests,
    holdings,
    holds,
    inaction,
    offices,
    packs,
    recovery,
    reporters,
    requests,
    settings,
    shred,
    staff,
)
MAIN, SHRED = Base.metadata, ShredBase.metadata
