"""The world of the sweeps: built once for each process, copied for whoever changes it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sweeps.answers import Answer, every_page, every_refusal
from tests.sweeps.world import World, build_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The instance that nobody changes."""
    return build_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def fresh(world: World, tmp_path: Path) -> Callable[[], World]:
    """Make copies of it, to be changed."""
    made: list[World] = []

    def copy() -> World:
        made.append(world.copy(tmp_path / str(len(made))))
        return made[-1]

    return copy


@pytest.fixture(scope="session")
def answers(world: World) -> list[Answer]:
    """Everything that the instance answers, asked for once."""
    return [*every_page(world), *every_refusal(world)]
