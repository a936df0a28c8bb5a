"""Every route declares what it is for, and its address gives nobody away."""

import re
from typing import Final

import pytest

from reporting.policy import POLICY
from reporting.web.access import permission_of
from tests.sweeps.world import World

KEBAB: Final = re.compile(r"/(?:[a-z0-9]+(?:-[a-z0-9]+)*/?)*")
TELLING: Final = re.compile(
    r"report|harass|abuse|assault|survivor|victim|witness|complain|case|offen|incident|sex|rape|token|secret|confid"
)


OF_THE_SPECIFICATION: Final = frozenset({"taxonomy_terms", "service_at_locations", "openapi.json"})
"""Words that HSDS 3.0 writes into the addresses of its API."""


@pytest.mark.principle("confidentiality")
def test_every_route_declares_a_permission_that_the_policy_knows(world: World) -> None:
    with world.built.app.app_context():
        for rule in world.rules:
            assert permission_of(rule.endpoint) in POLICY, rule.rule


def test_every_address_is_written_in_lower_case_words_joined_by_hyphens(world: World) -> None:
    for rule in world.rules:
        parts = re.sub(r"<[^>]*>", "x", rule.rule).split("/")
        ours = [part for part in parts if not (parts[1] == "hsds" and part in OF_THE_SPECIFICATION)]
        assert KEBAB.fullmatch("/".join(ours)), rule.rule


@pytest.mark.principle("safety")
@pytest.mark.req("L5")
def test_no_address_of_a_survivor_tells_what_it_is_about(world: World) -> None:
    hers = {world.url(rule, world.own) for rule in world.rules if "/staff" not in rule.rule}
    assert not [address for address in hers if TELLING.search(address)]


def test_no_form_is_sent_to_an_address_that_also_changes_something_by_get(world: World) -> None:
    for rule in world.rules:
        assert rule.methods in ({"GET", "HEAD", "OPTIONS"}, {"POST", "OPTIONS"}), rule.rule
