"""The arrows of the design: they hold at run time too, no room is forgotten, and the check can fail."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.files import ROOT, project_files

STAGES = ("analyse", "plan", "do", "review")
RULES = ROOT / ".importlinter"

# Run in a process of its own, because this one has long imported Django.
IMPORT_EVERYTHING = """
import importlib, sys

BLOCKED = {"django", "ninja", "jinja2", "allauth", "csp", "whitenoise", "waitress", "wherewithal_web"}

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in BLOCKED:
            raise ImportError(f"the library must not need {name}")

sys.meta_path.insert(0, Block())
for module in sys.argv[1:]:
    importlib.import_module(module)
"""


def modules_of_the_library() -> list[str]:
    source = ROOT / "src"
    files = [
        path for path in project_files() if path.suffix == ".py" and (source / "wherewithal") in path.parents
    ]
    dotted = (".".join(path.relative_to(source).with_suffix("").parts) for path in files)
    return sorted(name.removesuffix(".__init__") for name in dotted if not name.endswith("__main__"))


def rooms_of_the_library() -> list[str]:
    parts = [module.split(".") for module in modules_of_the_library()]
    return sorted({".".join(part[:3]) for part in parts if len(part) > 2 and part[1] in STAGES})


def test_every_module_of_the_library_imports_without_django_or_the_workbench() -> None:
    modules = modules_of_the_library()
    assert len(modules) > 10
    command = [sys.executable, "-W", "error", "-c", IMPORT_EVERYTHING, *modules]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_every_room_serves_its_namesake_only() -> None:
    rules = configparser.ConfigParser()
    rules.read(RULES)
    protected = {
        section["protected_modules"].strip(): section["allowed_importers"].split()
        for section in rules.values()
        if section.get("type") == "protected"
    }
    assert sorted(protected) == rooms_of_the_library()
    for room, importers in protected.items():
        namesake = room.replace("wherewithal.", "wherewithal_web.")
        assert importers == ["wherewithal.cli", "wherewithal_web.demo", namesake]


# --- The check can fail ---------------------------------------------------------------------------------


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    """Both packages with every place that the rules name, and nothing in any file."""
    rules = configparser.ConfigParser()
    rules.read(RULES)
    places = {"wherewithal.cli", "wherewithal.thread", "wherewithal_web.cases", "wherewithal_web.people"}
    for section in rules.values():
        places |= set(section.get("protected_modules", "").split())
        places |= set(section.get("allowed_importers", "").split())
    for place in places:
        folder = tmp_path.joinpath(*place.split("."))
        folder.mkdir(parents=True, exist_ok=True)
        while folder != tmp_path:
            (folder / "__init__.py").touch()
            folder = folder.parent
    return tmp_path


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    env = os.environ | {"PYTHONPATH": str(folder)}
    command += ["--config", str(RULES), "--no-cache"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=env)


def test_the_rules_are_kept_where_nothing_is_imported(miniature: Path) -> None:
    done = check(miniature)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("importer", "imported", "rule"),
    [
        ("wherewithal.thread", "django.db", "The library knows nothing of the web"),
        ("wherewithal.plan.papers", "wherewithal_web.cases", "The library knows nothing of the web"),
        ("wherewithal.plan.papers", "wherewithal.analyse.needs", "No room of the library imports another"),
        ("wherewithal.thread", "wherewithal.analyse.needs", "rooms stand on what they share"),
        (
            "wherewithal_web.plan.papers",
            "wherewithal_web.analyse.needs",
            "No room of the workbench imports another",
        ),
        (
            "wherewithal_web.cases",
            "wherewithal_web.analyse.needs",
            "rooms stand on cases, people and audit",
        ),
        ("wherewithal_web.people", "wherewithal_web.cases", "rooms stand on cases, people and audit"),
        (
            "wherewithal_web.plan.papers",
            "wherewithal.analyse.needs",
            "wherewithal.analyse.needs serves its namesake",
        ),
        ("wherewithal_web.cases", "wherewithal.plan.papers", "wherewithal.plan.papers serves its namesake"),
    ],
)
def test_an_arrow_the_wrong_way_is_found(miniature: Path, importer: str, imported: str, rule: str) -> None:
    miniature.joinpath(*importer.split("."), "wrong.py").write_text(f"import {imported}\n")
    done = check(miniature)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(rule in line for line in broken), done.stdout
