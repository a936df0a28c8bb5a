"""Nobody keeps others from sending files by holding all places, and an honest slow line is left alone for long."""

import threading
from dataclasses import dataclass

import pytest

from reporting.web import upload_places as module
from reporting.web.upload_places import OWN_SECONDS, SETTLED_SECONDS, SLOW, Place, Places, network_of
from tests.watch import Watch, watched

HERE, THERE, ELSEWHERE, ONION = "192.0.2.1", "198.51.100.7", "203.0.113.9", "127.0.0.1"


@dataclass
class Line:
    """A line that a test moves."""

    carries: int = 0
    waits: bool = True
    over: bool = False

    def lengthen(self) -> None:
        """Do nothing."""

    def work(self) -> None:
        """Do nothing."""

    def is_waiting(self) -> bool:
        """Return whether the line is waited for."""
        return self.waits

    def carried(self) -> int:
        """Return how many bytes it has carried."""
        return self.carries

    def give_way(self) -> None:
        """Note that somebody asked for the place."""
        self.over = True


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The clock of the places, of which nobody waits for one."""
    monkeypatch.setattr(module, "GIVING_WAY_SECONDS", 0.01)
    return watched(monkeypatch, module)


def held(places: Places, *clients: str, line: Line | None = None) -> list[Place]:
    """Take places for lines from some addresses."""
    taken = [places.take(client, line or Line()) for client in clients]
    return [place for place in taken if place is not None]


def leaving(places: list[Place]) -> list[bool]:
    """Return which of some places are being given up."""
    assert all(place.patience.over == place.gives_way for place in places if isinstance(place.patience, Line))
    return [place.gives_way for place in places]


@pytest.mark.principle("safety")
def test_one_address_does_not_hold_all_places(watch: Watch) -> None:
    places = Places(2)
    greedy = held(places, HERE, HERE)
    watch.now += OWN_SECONDS + 1
    held(places, HERE)
    assert leaving(greedy) == [False, False], "its third takes nothing from its first"
    held(places, THERE)
    assert sum(leaving(greedy)) == 1
    held(places, ELSEWHERE)
    assert sum(leaving(greedy)) == 1, "and it keeps its share"


def test_an_address_with_several_has_them_for_a_moment(watch: Watch) -> None:
    places = Places(2)
    several = held(places, HERE, HERE)
    watch.now += OWN_SECONDS - 1
    assert held(places, THERE) == []
    assert leaving(several) == [False, False]


@pytest.mark.principle("safety")
@pytest.mark.parametrize("clients", [(ONION, ONION), (HERE, THERE)])
def test_the_slowest_line_gives_way_after_long(watch: Watch, clients: tuple[str, str]) -> None:
    places = Places(2)
    (slower,) = held(places, clients[0], line=Line(SLOW))
    (faster,) = held(places, clients[1], line=Line(2 * SLOW))
    watch.now += SETTLED_SECONDS
    assert held(places, ELSEWHERE) == []
    assert leaving([slower, faster]) == [False, False]
    watch.now += 1
    held(places, ELSEWHERE)
    assert leaving([slower, faster]) == [True, False]


def test_a_line_that_carries_enough_is_left_alone_and_so_is_one_that_has_sent_everything(watch: Watch) -> None:
    places = Places(2)
    fast, working = Line(int(SLOW * SETTLED_SECONDS * 3)), Line(1, waits=False)
    both = held(places, HERE, line=fast) + held(places, THERE, line=working)
    watch.now += SETTLED_SECONDS * 2
    assert held(places, ELSEWHERE) == []
    assert leaving(both) == [False, False]


def test_whoever_comes_waits_for_the_place_that_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = watched(monkeypatch, module)
    places = Places(1)
    (first,) = held(places, ONION)
    clock.now += SETTLED_SECONDS + 1
    threading.Timer(0.2, places.give_back, [first]).start()
    assert len(held(places, ONION)) == 1
    assert first.gives_way


@pytest.mark.parametrize(
    ("client", "network"),
    [
        (HERE, HERE),
        (ONION, ""),
        ("::1", ""),
        ("", ""),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
    ],
)
def test_where_an_address_belongs(client: str, network: str) -> None:
    assert network_of(client) == network
