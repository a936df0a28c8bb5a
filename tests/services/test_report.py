"""x."""

from tests.builders import Built, Team, send_report


def test_x(built: Built, team: Team) -> None:
    send_report(built, team.office)


def test_y(built: Built, team: Team) -> None:
    send_report(built, team.office)


def test_z(built: Built, team: Team) -> None:
    send_report(built, team.office)
