"""The keys folder is made once, on purpose, closed to others, and opens no story."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto import parameters
from reporting.crypto.errors import KeysExist, KeysMissing, LooseModes, Tampered, UnknownVersion, WrongPassphrase
from reporting.crypto.facts import open_fact, seal_fact
from reporting.crypto.keyring import Keyring, open_statistics_key
from reporting.crypto.parameters import INSTANCE_USES
from reporting.crypto.secret import Secret
from tests.crypto.builders import CASE, CHEAP
from tests.machine import CHECKOUT

PASSPHRASE = "numbers without any names"
FILES = ["instance.key", "statistics.pub", "statistics.sealed"]
RING = Keyring(Secret(b"i" * 32), bytes(1216))


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "STAFF_COST", CHEAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Keyring.create(tmp_path / "keys", PASSPHRASE)
    return tmp_path / "keys"


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}


def test_the_folder_and_its_files_are_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Keyring.create(tmp_path / "deep" / "keys", PASSPHRASE)
    finally:
        os.umask(before)
    assert modes(tmp_path / "deep" / "keys") == {"keys": 0o700} | dict.fromkeys(FILES, 0o600)


def test_what_was_made_is_loaded_again(folder: Path) -> None:
    one, other = Keyring.load(folder), Keyring.load(folder)
    assert other.check("vouch", one.tag("vouch", b"name"), b"name")
    assert one.statistics_public == other.statistics_public


def test_two_instances_share_no_key(tmp_path: Path) -> None:
    one, other = Keyring.create(tmp_path / "one", PASSPHRASE), Keyring.create(tmp_path / "other", PASSPHRASE)
    assert one.tag("form", b"x") != other.tag("form", b"x")
    assert one.statistics_public != other.statistics_public


def test_keys_are_made_beside_the_committed_files_and_close_the_folder(tmp_path: Path) -> None:
    for name in ("README.md", ".gitignore"):
        (tmp_path / name).write_text("committed")
    tmp_path.chmod(0o755)
    Keyring.create(tmp_path, PASSPHRASE)
    assert modes(tmp_path)[tmp_path.name] == 0o700
    assert (tmp_path / "README.md").read_text() == "committed"


@pytest.mark.parametrize("name", FILES)
def test_keys_are_never_overwritten(folder: Path, name: str) -> None:
    for other in set(FILES) - {name}:
        (folder / other).unlink()
    before = (folder / name).read_bytes()
    with pytest.raises(KeysExist) as refusal:
        Keyring.create(folder, PASSPHRASE)
    assert refusal.value.path == folder / name
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == before


def test_a_folder_that_holds_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    tmp_path.chmod(0o755)
    with pytest.raises(KeysExist):
        Keyring.create(tmp_path, PASSPHRASE)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_keys_are_never_made_silently(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing) as refusal:
        Keyring.load(tmp_path / "keys")
    assert "reporting keys init" in str(refusal.value)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("name", ["instance.key", "statistics.pub"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(KeysMissing) as refusal:
        Keyring.load(folder)
    assert refusal.value.path == folder / name


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o644, 0o777])
@pytest.mark.parametrize("name", ["instance.key", "statistics.pub"])
def test_a_file_that_others_may_touch_is_refused_and_the_mending_command_mends_it(
    folder: Path, name: str, mode: int
) -> None:
    (folder / name).chmod(mode)
    with pytest.raises(LooseModes) as refusal:
        Keyring.load(folder)
    assert refusal.value.mend == f"chmod 600 {folder / name}"
    assert refusal.value.mend in str(refusal.value)
    (folder / name).chmod(0o600)
    Keyring.load(folder)


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o755, 0o711])
def test_a_folder_that_others_may_enter_is_refused(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    with pytest.raises(LooseModes) as refusal:
        Keyring.load(folder)
    assert refusal.value.mend == f"chmod 700 {folder}"
    with pytest.raises(LooseModes):
        open_statistics_key(folder, PASSPHRASE)


def test_stricter_modes_are_welcome(folder: Path) -> None:
    (folder / "instance.key").chmod(0o400)
    Keyring.load(folder)


def test_a_file_of_another_release_or_size_is_refused_by_name(folder: Path) -> None:
    path = folder / "instance.key"
    whole = path.read_bytes()
    path.write_bytes(b"\2" + whole[1:])
    with pytest.raises(UnknownVersion, match=r"instance\.key"):
        Keyring.load(folder)
    path.write_bytes(whole[:-1])
    with pytest.raises(Tampered, match=r"instance\.key"):
        Keyring.load(folder)


@pytest.mark.principle("confidentiality")
def test_facts_open_with_the_operators_passphrase_alone(folder: Path) -> None:
    sealed = seal_fact(Keyring.load(folder).statistics_public, CASE, b"counted")
    assert open_fact(open_statistics_key(folder, PASSPHRASE), CASE, sealed) == b"counted"
    with pytest.raises(WrongPassphrase):
        open_statistics_key(folder, "numbers without any name")


def test_the_sealed_half_is_guarded_like_the_rest(folder: Path) -> None:
    (folder / "statistics.sealed").chmod(0o644)
    with pytest.raises(LooseModes):
        open_statistics_key(folder, PASSPHRASE)
    (folder / "statistics.sealed").unlink()
    with pytest.raises(KeysMissing):
        open_statistics_key(folder, PASSPHRASE)


@given(st.lists(st.binary(max_size=8), max_size=4), st.lists(st.binary(max_size=8), max_size=4))
def test_a_tag_fits_its_parts_only(parts: list[bytes], others: list[bytes]) -> None:
    tag = RING.tag("grant", *parts)
    assert len(tag) == 32
    assert RING.check("grant", tag, *parts)
    assert RING.check("grant", tag, *others) == (parts == others)
    assert not RING.check("grant", tag[:-1], *parts)


def test_a_tag_for_one_use_is_worth_nothing_for_another() -> None:
    tags = {use: RING.tag(use, b"same") for use in INSTANCE_USES}
    assert len(set(tags.values())) == len(INSTANCE_USES) == 21
    assert not RING.check("vouch", tags["grant"], b"same")


def test_an_unlisted_use_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        RING.tag("session", b"")


def test_only_the_readme_and_the_gitignore_are_committed() -> None:
    ignored = (CHECKOUT / "keys" / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ignored[-3:] == ["*", "!README.md", "!.gitignore"]


def test_the_formats_page_lists_every_use() -> None:
    page = (CHECKOUT / "docs" / "FORMATS.md").read_text(encoding="utf-8")
    _, _, rest = page.partition("\nThe uses are ")
    assert set(re.findall(r"`(.+?)`", rest.partition("\n\n")[0])) == INSTANCE_USES
