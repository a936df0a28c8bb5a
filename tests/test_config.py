"""Settings are documented, read strictly, and refused with a sentence that says what mends them."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.config import SETTINGS, SHIPPED_LANGUAGES, ConfigError, Settings, misspelt, settings_page


def settings(**environment: str) -> Settings:
    """Read settings from variables that are named without their prefix, in lower case."""
    return Settings.from_environment({f"REPORTING_{name.upper()}": value for name, value in environment.items()})


def refusal(**environment: str) -> str:
    """Return the sentence with which settings are refused."""
    with pytest.raises(ConfigError) as caught:
        settings(**environment)
    return str(caught.value)


def test_every_setting_is_documented_and_every_row_is_a_setting() -> None:
    assert [row.field for row in SETTINGS] == [field.name for field in fields(Settings)]
    page = settings_page()
    assert all(f"| `{row.name}` |" in page and row.sentence in page for row in SETTINGS)


def test_every_row_says_what_it_means_in_a_whole_sentence() -> None:
    assert [row.name for row in SETTINGS if not row.sentence.endswith(".") or "|" in row.sentence] == []


def test_everything_stands_under_the_data_folder_unless_said_otherwise(tmp_path: Path) -> None:
    chosen = settings(data=str(tmp_path))
    assert (chosen.keys, chosen.blobs) == (tmp_path / "keys", tmp_path / "blobs")
    assert chosen.database_url == f"sqlite:///{tmp_path}/reporting.db"
    assert chosen.shred_url == f"sqlite:///{tmp_path}/shred.sqlite3"


def test_without_any_setting_the_folder_of_the_moment_is_the_data_folder() -> None:
    chosen = settings()
    assert chosen.data == Path.cwd()
    assert chosen.keys == Path.cwd() / "keys"


def test_keys_may_stand_elsewhere(tmp_path: Path) -> None:
    assert settings(keys=str(tmp_path / "safe")).keys == tmp_path / "safe"


def test_an_empty_variable_is_a_variable_that_is_not_set() -> None:
    assert settings(port="", site_name=" ", languages="") == settings()


@pytest.mark.principle("safety")
def test_the_default_name_gives_nothing_away_in_a_browser_history() -> None:
    assert not {"report", "harass", "abuse", "harbour"} & set(settings().site_name.lower().split())


@pytest.mark.parametrize(
    ("given_url", "read_url"),
    [
        ("postgresql://db/cases", "postgresql+psycopg://db/cases"),
        ("postgresql+psycopg://u@/cases?host=/run", "postgresql+psycopg://u@/cases?host=/run"),
        ("sqlite:////srv/cases.db", "sqlite:////srv/cases.db"),
    ],
)
def test_a_database_is_sqlite_or_postgresql(given_url: str, read_url: str) -> None:
    assert settings(database_url=given_url).database_url == read_url
    assert settings(shred_url=given_url).shred_url == read_url


@pytest.mark.parametrize("url", ["mysql://db/cases", "cases.db", "sqlite://", "postgresql:///", "sqlite:cases.db"])
def test_any_other_database_is_refused(url: str) -> None:
    assert refusal(database_url=url).startswith("REPORTING_DATABASE_URL must begin with sqlite:///")


@pytest.mark.principle("confidentiality")
def test_what_must_vanish_never_shares_a_database_with_what_stays() -> None:
    assert "a store of its own" in refusal(database_url="postgresql://db/one", shred_url="postgresql://db/one")


@pytest.mark.parametrize("name", ["database_url", "shred_url", "port", "exit_url", "onion", "languages"])
def test_a_refusal_never_repeats_a_value_that_may_be_secret(name: str) -> None:
    assert "hunter2" not in refusal(**{name: "mysql://hunter2"})


def test_settings_that_are_printed_by_mistake_show_no_password() -> None:
    assert "hunter2" not in repr(settings(database_url="postgresql://u:hunter2@db/cases"))


@pytest.mark.parametrize(
    ("word", "meaning"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("off", False)]
)
def test_yes_and_no_are_understood_in_the_usual_spellings(word: str, meaning: bool) -> None:
    assert settings(behind_proxy=word).behind_proxy is meaning


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("behind_proxy", "perhaps"),
        ("data", "~nobody-of-that-name/cases"),
        ("port", "0"),
        ("port", "65536"),
        ("port", "٨٠"),
        ("workers", "many"),
        ("threads", "-1"),
        ("exit_url", "http://example.org/"),
        ("exit_url", "https://"),
        ("exit_url", "https://someone@example.org/"),
        ("exit_url", "javascript:alert(1)"),
        ("exit_url", "https://example.org/\x7f"),
        ("exit_url", "https://[::1/"),
        ("onion", "example.onion"),
        ("languages", "xx"),
        ("languages", "en xx"),
        ("site_name", "n" * 61),
        ("pathways_reviewed", "Dr A."),
        ("pathways_reviewed", "1; yesterday; Dr A."),
        ("pathways_reviewed", "1; 2026-02-30; Dr A."),
        ("site_name", "two\nlines"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_a_sentence_that_names_its_setting(name: str, value: str) -> None:
    sentence = refusal(**{name: value})
    assert sentence.startswith(f"REPORTING_{name.upper()} must ")
    assert sentence.endswith(".")


@given(st.sampled_from([row.field for row in SETTINGS]), st.text())
def test_no_value_whatever_ends_in_anything_but_a_setting_or_a_sentence(name: str, value: str) -> None:
    try:
        settings(**{name: value})
    except ConfigError as refused:
        assert str(refused).startswith("REPORTING_")  # noqa: PT017 - both ends are right, and each has its claim.


def test_languages_keep_their_order_and_lose_their_doubles() -> None:
    assert settings(languages="ar, en ar").languages == ("ar", "en")
    assert settings().languages == SHIPPED_LANGUAGES


@pytest.mark.parametrize(
    ("environment", "safe"),
    [
        ({}, True),
        ({"host": "localhost"}, True),
        ({"host": "127.0.0.2"}, True),
        ({"host": "[::1]"}, True),
        ({"host": "0.0.0.0"}, False),
        ({"host": "harbour.example.org"}, False),
        ({"host": "0.0.0.0", "behind_proxy": "yes"}, True),
        ({"host": "0.0.0.0", "onion": "a" * 56 + ".onion"}, True),
    ],
)
def test_plain_http_reaches_no_further_than_this_machine_a_proxy_or_an_onion(
    environment: dict[str, str], safe: bool
) -> None:
    assert settings(**environment).plain_http_is_safe is safe


def test_a_slip_of_the_keyboard_is_pointed_out() -> None:
    strangers = {"REPORTING_DATABSE_URL": "x", "REPORTING_COFFEE": "x", "REPORTING_PORT": "1", "PATH": "x"}
    assert misspelt(strangers) == (
        "REPORTING_COFFEE is not a setting of Harbour.",
        "REPORTING_DATABSE_URL is not a setting of Harbour; did you mean REPORTING_DATABASE_URL?",
    )


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"languages": "ar en", "behind_proxy": "yes", "site_name": "A: note, or two"},
        {"database_url": "postgresql://harbour:hunter2@db/harbour", "keys": "~/k", "onion": "a" * 56 + ".onion"},
    ],
)
def test_settings_read_again_from_what_they_write_are_the_same_in_any_folder(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settings(**environment)
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment(before.to_environment()) == before


@pytest.mark.req("S11")
@pytest.mark.parametrize(
    "address",
    [
        "https://notes.example.org",
        "https://notes.example.org:8443",
        f"http://{'a' * 56}.onion",
        "http://127.0.0.1:8000",
    ],
)
def test_the_address_for_posters_is_a_bare_one(address: str) -> None:
    assert settings(address=address).address == settings(address=address + "/").address == address
    assert settings().address == ""


@pytest.mark.parametrize(
    "address",
    [
        "notes.example.org",
        "http://notes.example.org",
        "https://notes.example.org/en",
        "https://notes.example.org?utm_source=poster",
        "https://notes.example.org#a",
        "https://me@notes.example.org",
        "https://",
        "https://[::1",
        "https://notes.example.org:port",
        "https://notes example.org",
        "javascript:alert(1)",
    ],
)
def test_an_address_with_more_than_a_host_is_refused(address: str) -> None:
    assert "REPORTING_ADDRESS" in refusal(address=address)
