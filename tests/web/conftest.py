"""People at work whom several tests of the web need."""

import pytest

from reporting.domain.people import Role
from tests.builders import Built, Team, add_staff
from tests.web.colleague import Colleague, at_work


@pytest.fixture
def ada(built: Built, team: Team) -> Colleague:
    """An administrator at work."""
    return at_work(built, add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Adeyemi"))
