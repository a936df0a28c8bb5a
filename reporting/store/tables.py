"""Every table of both stores: importing this module makes them known."""

# ruff: noqa: F401 (each module is imported for the tables that it declares)

from reporting.store import (
    aside,
    audit,
    blobs,
    cases,
    chores,
    clocks,
    conduct,
    directory,
    duty,
    events,
    factors,
    fund,
    fund_ledger,
    grants,
    guests,
    holdings,
    holds,
    inaction,
    legal_profiles,
    library,
    offices,
    packs,
    recovery,
    referral_links,
    reporters,
    requests,
    settings,
    shred,
    staff,
)
from reporting.store.database import Base as Base
from reporting.store.database import ShredBase as ShredBase

MAIN, SHRED = Base.metadata, ShredBase.metadata
