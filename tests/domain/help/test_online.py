"""What happens online: a first step for each kind, and somebody who knows more."""

import pytest

from reporting.domain.help.online import FIRST_STEPS
from reporting.domain.questions import question
from reporting.services.help.directory import shipped_directory


@pytest.mark.req("S17")
def test_every_kind_online_has_a_first_step_and_services_that_ship_for_it() -> None:
    kinds = [choice.id for choice in question("details.conduct").choices if choice.id.startswith("online_")]
    assert set(FIRST_STEPS) == set(kinds)
    for step in FIRST_STEPS.values():
        assert step.pathways
        assert all(shipped_directory().on(pathway) for pathway in step.pathways)


@pytest.mark.req("S17")
@pytest.mark.principle("safety")
def test_whoever_may_be_watched_is_told_to_use_another_device() -> None:
    for kind in ("online_tracking", "online_account"):
        assert "another" in FIRST_STEPS[kind].words
