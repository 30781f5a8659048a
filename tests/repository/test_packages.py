"""What is installed: every package named with its reason, locked with its hash, and from no named host."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from tests.repository.files import ROOT

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def name_of(requirement: str) -> str:
    """``psycopg[binary]>=3.2`` -> ``psycopg``, spelled as lock files spell it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()  # type: ignore[index]


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads(PYPROJECT)


@pytest.fixture(scope="module")
def requirements(project: dict[str, Any]) -> list[str]:
    optional = project["project"].get("optional-dependencies", {}).values()
    groups = project["dependency-groups"].values()
    return [item for items in (project["project"]["dependencies"], *optional, *groups) for item in items]


@pytest.fixture(scope="module")
def locked() -> dict[str, str]:
    """What the lock says of each package: its line and the hashes under it."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", "\n" + re.sub(r"(?m)^\s*#.*\n", "", LOCK))
    return {entry.split(" ")[0]: entry for entry in entries if entry.strip()}


def test_every_package_says_why_it_is_there(requirements: list[str]) -> None:
    lines = PYPROJECT.splitlines()
    for requirement in requirements:
        stands = [line for line in lines if f'"{requirement}"' in line]
        assert stands, requirement
        assert any(re.search(r"#\s+\w.{8,}", line) for line in stands), (
            f"{requirement} needs a reason beside it"
        )


def test_every_package_is_locked_to_one_version_with_its_hashes(locked: dict[str, str]) -> None:
    assert len(locked) > 20
    for package, entry in locked.items():
        assert re.fullmatch(r"[\w.-]+==[\w.!+-]+", package), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"{package} has no hash"


def test_the_lock_covers_everything_that_is_named(requirements: list[str], locked: dict[str, str]) -> None:
    names = {name_of(package) for package in locked}
    assert {name_of(requirement) for requirement in requirements} - names == set()


def test_the_lock_names_no_address() -> None:
    assert "://" not in LOCK
    assert not re.search(r"(?m)^\s*(-i|--index-url|--extra-index-url|-f|--find-links)\b", LOCK)


def test_the_front_ends_lock_names_no_address() -> None:
    """npm's setting in frontend/.npmrc keeps them out; without it one install writes them back."""
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    settings = (ROOT / "frontend" / ".npmrc").read_text(encoding="utf-8")
    assert "omit-lockfile-registry-resolved=true" in settings


def test_the_front_end_names_exact_versions(locked: dict[str, str]) -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    # The macros are known to match this release of GOV.UK Frontend and no later one (decision 0008).
    assert wanted["govuk-frontend"] == "6.3.0"
    assert "govuk-frontend-jinja==4.1.0" in locked
