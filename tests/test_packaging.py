"""Harbour starts from a checkout and from a wheel, with exactly the libraries that the lock names."""

import re
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from configparser import ConfigParser
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from reporting.resources import Folder, folder
from tests.machine import CHECKOUT

MAPPED: Final = ("migrations", "templates")
FOLDERS: Final[tuple[Folder, ...]] = ("templates", "migrations", "translations", "static", "packs")
_PIN: Final = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def setup() -> ConfigParser:
    """Read setup.cfg."""
    parser = ConfigParser()
    parser.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    return parser


def lines(section: str, option: str) -> list[str]:
    """Return the lines of a list in setup.cfg."""
    return [line.strip() for line in setup()[section][option].splitlines() if line.strip()]


def pins(name: str) -> dict[str, str]:
    """Return each library of a lock file with its version."""
    return dict(_PIN.findall((CHECKOUT / name).read_text(encoding="utf-8")))


def shipped(root: Path) -> Iterable[Path]:
    """Return every file under a folder that belongs into a wheel."""
    return (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def test_the_packages_of_setup_cfg_are_the_folders() -> None:
    code = {path.parent.relative_to(CHECKOUT) for path in shipped(CHECKOUT / "reporting") if path.suffix == ".py"}
    named = {".".join(path.parts) for path in code} | {f"reporting.{name}" for name in (*MAPPED, "translations")}
    assert sorted(lines("options", "packages")) == sorted(named)


def test_the_mapped_folders_stand_at_the_top() -> None:
    assert lines("options", "package_dir") == [f"reporting.{name} = {name}" for name in MAPPED]


def test_a_demonstration_may_lie_in_a_folder_with_a_space_in_its_name() -> None:
    said = run("make", "--no-print-directory", "--dry-run", "run", "DATA=two words", cwd=CHECKOUT)
    assert shlex.split(said.splitlines()[-1])[-2:] == ["--data", "two words"]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_checkout_finds_its_folders_by_path(name: Folder) -> None:
    assert folder(name).is_dir()
    assert folder(name).is_relative_to(CHECKOUT)


def test_the_lock_names_every_library_in_a_version_that_setup_cfg_allows() -> None:
    locked = pins("requirements.lock")
    for requirement in map(Requirement, lines("options", "install_requires")):
        assert requirement.specifier.contains(locked[requirement.name.lower()]), str(requirement)


def test_tests_run_with_the_libraries_that_the_demonstration_runs_with() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-test.lock").items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_every_locked_library_has_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z])", (CHECKOUT / name).read_text(encoding="utf-8"))[1:]
    assert len(blocks) == len(pins(name))
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built from a copy: a build in the checkout would pick up what an earlier one left there."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("reporting", *MAPPED):
        shutil.copytree(CHECKOUT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, source)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, source)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that holds the wheel and the locked libraries, nothing else."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=True)
    pip = (place / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run(*pip, "--no-deps", "--require-hashes", "-r", CHECKOUT / "requirements.lock")
    run(*pip, "--no-deps", wheel)
    return place / "bin"


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a program to its end and return what it said; what went wrong is shown."""
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.slow
def test_a_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    inside = {name for name in ZipFile(wheel).namelist() if name.startswith("reporting/")}
    ours = {path.relative_to(CHECKOUT).as_posix() for path in shipped(CHECKOUT / "reporting")}
    mapped = {
        f"reporting/{path.relative_to(CHECKOUT).as_posix()}" for name in MAPPED for path in shipped(CHECKOUT / name)
    }
    assert inside == ours | mapped


@pytest.mark.slow
def test_a_wheel_carries_its_license(wheel: Path) -> None:
    archive = ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith("/licenses/LICENSE")]
    assert archive.read(name) == (CHECKOUT / "LICENSE").read_bytes()
    (about,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    assert b"License-Expression: AGPL-3.0-or-later" in archive.read(about)


@pytest.mark.slow
def test_an_installed_wheel_answers_on_the_command_line(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "reporting", "--help", cwd=tmp_path)
    assert "serve" in said


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
def test_an_installed_wheel_finds_its_folders_by_path(installed: Path, tmp_path: Path, name: Folder) -> None:
    code = f"from reporting.resources import folder; print(folder({name!r}))"
    found = Path(run(installed / "python", "-I", "-c", code, cwd=tmp_path).strip())
    assert found.is_relative_to(installed.parent)
    assert any(shipped(found))


@pytest.mark.slow
def test_the_locked_libraries_agree_with_each_other(installed: Path) -> None:
    assert "No broken requirements" in run(installed / "python", "-m", "pip", "check")
