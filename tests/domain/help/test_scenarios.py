"""Scenes for whoever sees it: enough of them for everybody, and each leaves the decision where it belongs."""

import re
from collections import Counter
from typing import Final

import pytest

from reporting.domain.help.groups import PAGES, Group
from reporting.domain.help.scenarios import SCENES, Scene, scenes_for

TELLING: Final = re.compile(r"harass|abus|assault|victim|witness|men|manager|online|sex")


@pytest.mark.req("S8")
@pytest.mark.principle("prevention")
def test_there_are_scenes_for_everybody_who_can_stand_by_somebody() -> None:
    assert len(SCENES) >= 10
    assert set(PAGES) == set(Group)
    assert all(len(scenes_for(group)) >= 4 for group in Group)


@pytest.mark.req("S22")
def test_men_and_managers_have_scenes_of_their_own() -> None:
    for group in (Group.MEN, Group.MANAGERS):
        assert [scene for scene in SCENES if scene.groups == {group}]


@pytest.mark.req("S21")
@pytest.mark.principle("non_discrimination")
def test_scenes_tell_of_people_whom_several_things_strike_at_once() -> None:
    told = {scene.id: scene.what for scene in SCENES}
    assert "where she comes from" in told["cleaner"]
    assert "trans" in told["private"]
    assert "A man in your team" in told["he-smiles"]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_every_scene_says_what_to_do_and_what_is_better_left(scene: Scene) -> None:
    assert scene.groups
    assert scene.do
    assert scene.better_left
    for line in (scene.what, *scene.do, *scene.better_left):
        assert line.endswith((".", "”")), line
        assert "%" not in line
        assert not re.search(r"\bwhy did\b|alleged|drunk|cloth", line, re.IGNORECASE)


def test_every_scene_has_a_name_of_its_own() -> None:
    assert max(Counter(scene.id for scene in SCENES).values()) == 1


@pytest.mark.principle("safety")
def test_the_word_of_a_group_in_an_address_tells_nothing() -> None:
    assert not [group for group in Group if TELLING.search(group)]
