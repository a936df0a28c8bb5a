"""What cannot be saved: the bare cryptography of each act, in this process, on this machine, today."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reporting.crypto import parameters
from reporting.crypto.envelope import ItemContext, open_box, open_item, seal_box, seal_item
from reporting.crypto.grants import GrantContext, open_grant, seal_grant
from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import CompartmentKey, Seed, SessionSecret
from reporting.crypto.stretching import stretch
from tests.bench.table import Section
from tests.builders import Built, Team
from tests.load.server import Server

SALT: Final = bytes(parameters.SALT_SIZE)
GRANT: Final = GrantContext(bytes(16), "story", 1, "whole", b"r" + bytes(16))
ITEM: Final = ItemContext(bytes(16), "story", 1, bytes(16), "disclosure")
# What every report has beside the disclosure: people, choices, identity and working title.
SMALL_ITEMS: Final = 4
READERS: Final = 2


@dataclass(frozen=True)
class Raw:
    """Milliseconds of processor time of each primitive."""

    token: float
    passphrase: float
    pair: float
    seal_grant: float
    open_grant: float
    seal_story: float
    seal_small: float
    open_small: float
    box: float

    @property
    def report(self) -> float:
        """Return a report: the token, its pair, every grant, the statistical fact, every item, and its draft."""
        grants = 2 + 2 * READERS
        items = self.seal_story + SMALL_ITEMS * self.seal_small
        return self.token + self.pair + (grants + 1) * self.seal_grant + items + self.box

    @property
    def step(self) -> float:
        """Return a step: the draft is opened and sealed."""
        return self.box

    @property
    def message(self) -> float:
        """Return a message of hers: her key and her two grants, then one item."""
        return self.box / 2 + self.pair + 2 * self.open_grant + self.seal_small

    @property
    def inbox_row(self) -> float:
        """Return one row of the inbox: the grant of the working title, and the title."""
        return self.open_grant + self.open_small


def raw() -> Raw:
    """Measure every primitive."""
    pair, key, secret = KeyPair.from_seed(Seed.random()), CompartmentKey.random(), SessionSecret.random()
    sealed, shred_key = seal_grant(key, pair.public_key, GRANT)
    item, box = seal_item(key, ITEM, b"title"), seal_box(secret, "draft", bytes(5000))
    return Raw(
        token=cost(lambda: stretch(bytes(10), SALT, parameters.TOKEN_COST), 20),
        passphrase=cost(lambda: stretch(bytes(10), SALT, parameters.STAFF_COST), 5),
        pair=cost(lambda: KeyPair.from_seed(Seed.random()).public_key),
        seal_grant=cost(lambda: seal_grant(key, pair.public_key, GRANT)),
        open_grant=cost(lambda: open_grant(sealed, shred_key, pair, GRANT)),
        seal_story=cost(lambda: seal_item(key, ITEM, b"story", floor=16384)),
        seal_small=cost(lambda: seal_item(key, ITEM, b"story")),
        open_small=cost(lambda: open_item(key, ITEM, item)),
        box=cost(lambda: (seal_box(secret, "draft", bytes(5000)), open_box(secret, "draft", box))),
    )


def cost(act: Callable[[], object], times: int = 200) -> float:
    """Return what an act costs, in milliseconds: the least of so many."""
    act()
    costs = []
    for _ in range(times):
        before = time.process_time_ns()
        act()
        costs.append(time.process_time_ns() - before)
    return min(costs) / 1e6


def measure(_built: Built, _team: Team, _server: Server) -> Section:
    """Measure the floor alone."""
    found = raw()
    names = {
        "token (Argon2id)": found.token,
        "passphrase (Argon2id)": found.passphrase,
        "key pair": found.pair,
        "seal a grant": found.seal_grant,
        "open a grant": found.open_grant,
        "seal 16 KiB": found.seal_story,
        "seal 4 KiB": found.seal_small,
        "report": found.report,
    }
    return Section("floor", "Bare cryptography", {name: {"CPU ms": value} for name, value in names.items()})
