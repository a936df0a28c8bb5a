"""The fund that these tests use."""

import pytest

from tests.builders import Built, Team
from tests.services.fund.money import TheFund, build_fund


@pytest.fixture
def fund(built: Built, team: Team) -> TheFund:
    """A fund with two officers, money and a provider, on both engines."""
    return build_fund(built, team)
