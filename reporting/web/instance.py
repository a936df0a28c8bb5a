"""The running instance, as routes see it."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from reporting.config import Settings
from reporting.services.house import House
from reporting.services.signing_in.throttle import Throttle
from reporting.store.database import Stores

EXTENSION = "harbour"


@dataclass(frozen=True)
class Instance:
    """What the composition root built: settings, both stores, keys and clock, throttles."""

    settings: Settings
    stores: Stores
    house: House
    throttle: Throttle


def here() -> Instance:
    """Return the instance that serves this request."""
    return cast("Instance", current_app.extensions[EXTENSION])
