"""`reporting mail test`, and what the settings of mail refuse."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from reporting.config import ConfigError, Settings
from reporting.services.organisation import mail
from reporting.services.organisation.mail import NotSent
from tests.builders import MONDAY
from tests.console import refusal, run, said
from tests.post import HOST, Postbox, post_office

pytestmark = pytest.mark.req("S26")
SENDER: Final = {"mail_host": HOST, "mail_from": "notes@example.org", "mail_security": "none"}


def test_the_note_is_tried_as_it_is_sent(tmp_path: Path) -> None:
    box = Postbox()
    with post_office(box) as smtp:
        told = said("mail", "test", "ana@example.org", data=tmp_path, **SENDER, mail_port=str(smtp.port))
    assert told == "127.0.0.1 took the note for ana@example.org.\n"
    assert box.addresses == ["ana@example.org"]


def test_a_server_that_refuses_or_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    box = Postbox(refused={"ana@example.org"})
    with post_office(box) as smtp:
        given = SENDER | {"mail_port": str(smtp.port)}
        assert "the mail server refuses" in refusal("mail", "test", "ana@example.org", data=tmp_path, **given)
    assert "does not answer" in refusal("mail", "test", "ana@example.org", data=tmp_path, **given)


def test_without_settings_or_an_address_nothing_is_tried(tmp_path: Path) -> None:
    assert "set REPORTING_MAIL_HOST" in refusal("mail", "test", "ana@example.org", data=tmp_path)
    assert "no plain mail address" in refusal("mail", "test", "ana", data=tmp_path, **SENDER)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"mail_host": "mail.example.org", "mail_from": "a@example.org", "mail_security": "none"}, "MAIL_SECURITY"),
        ({"mail_host": "mail.example.org"}, "MAIL_FROM"),
        ({"mail_host": "mail.example.org", "mail_from": "nobody"}, "MAIL_FROM"),
        (SENDER | {"mail_user": "notes"}, "MAIL_PASSWORD"),
        (SENDER | {"mail_password": "hunter2"}, "MAIL_USER"),
        (SENDER | {"mail_security": "ssl"}, "MAIL_SECURITY"),
        (SENDER | {"mail_port": "0"}, "MAIL_PORT"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(tmp_path: Path, given: dict[str, str], named: str) -> None:
    told = refusal("mail", "test", "ana@example.org", data=tmp_path, **given)
    assert named in told
    assert "hunter2" not in told


def test_the_password_is_no_flag_that_others_on_the_machine_could_read(tmp_path: Path) -> None:
    assert "--mail-host" in run("serve", "--help", data=tmp_path).stdout
    assert "--mail-password" not in run("serve", "--help", data=tmp_path).stdout


def test_the_password_is_shown_nowhere(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "REPORTING_DATA": str(tmp_path),
            "REPORTING_MAIL_HOST": "mail.example.org",
            "REPORTING_MAIL_FROM": "notes@example.org",
            "REPORTING_MAIL_USER": "notes",
            "REPORTING_MAIL_PASSWORD": "hunter2",
        }
    )
    server = mail.server_of(settings)
    assert server is not None
    assert server.password == "hunter2"
    assert "hunter2" not in repr(settings) + repr(server)
    with pytest.raises(ConfigError):
        mail.server_of(replace(settings, mail_from="Notes <notes@example.org>"))


def test_a_failure_says_whether_others_could_still_get_theirs() -> None:
    box = Postbox(refused={"x@example.org"})
    with post_office(box) as smtp, pytest.raises(NotSent) as refused:
        mail.send_note(smtp, "x@example.org", "en", mail.sending_moment(MONDAY, "UTC"))
    assert refused.value.others
