"""The documents say what is true: their commands exist, their links lead somewhere, their versions agree."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.repository.files import ROOT, project_files, text_of

DOCUMENTS = sorted(path for path in project_files() if path.suffix == ".md")
DECISIONS = ROOT / "docs" / "decisions"
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- Commands -------------------------------------------------------------------------------------------


def shown_in_blocks(text: str) -> list[str]:
    """The commands of this project on lines of their own, without what is said about them."""
    lines = re.findall(r"^ *((?:python3 run\.py|wherewithal )[^#\n]*)", text, re.MULTILINE)
    return [line.strip() for line in lines]


def commands() -> list[str]:
    """Every command of this project that a document shows in a block or in the middle of a sentence."""
    shown = set()
    for path in DOCUMENTS:
        text = text_of(path)
        inline = re.findall(r"`((?:python3 run\.py|wherewithal )[^`\n]*)`", text)
        shown |= {*shown_in_blocks(text), *inline}
    return sorted(shown)


@pytest.mark.parametrize("command", commands())
def test_every_command_that_a_document_shows_exists(command: str) -> None:
    words = shlex.split(command)
    if words[0] == "python3":
        words = words[2:]
        if not words or words[0] in {"test", "setup", "--help"}:
            return
    tools = Path(sys.executable).parent
    if words[0] == "wherewithal":
        subcommand = [word for word in words[1:3] if re.fullmatch(r"[a-z]+", word)]
        asked = subprocess.run(
            [str(tools / "wherewithal"), *subcommand, "--help"], capture_output=True, text=True, check=False
        )
        assert asked.returncode == 0, asked.stderr
        return
    assert shutil.which(words[0], path=str(tools)) or words[0] == "npm", (
        f"{words[0]} is no tool of the environment"
    )


def test_the_readme_shows_the_two_commands_first() -> None:
    assert shown_in_blocks(document("README.md"))[:2] == ["python3 run.py", "python3 run.py test"]
    assert len(document("README.md").splitlines()) < 60, "the README is one screen"


# --- Links ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", text_of(path))
    broken = [to for to in targets if "://" not in to and not (path.parent / to).exists()]
    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(path: Path) -> None:
    named = re.findall(r"`((?:src|tests|docs|frontend|\.ci)/[\w./-]+)`", text_of(path))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_picture_is_shown_somewhere() -> None:
    pictures = {path for path in project_files() if (ROOT / "docs") in path.parents and path.suffix == ".png"}
    shown = {
        (path.parent / to).resolve()
        for path in DOCUMENTS
        for to in re.findall(r"!\[[^\]]+\]\(([^)\s]+)", text_of(path))
        if "://" not in to
    }
    assert pictures - shown == set()


# --- Decisions ------------------------------------------------------------------------------------------


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    pages = sorted(path.name for path in DECISIONS.glob("*.md") if path.name != "README.md")
    assert [name[:4] for name in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert listed == pages


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_follows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0]
    assert title.startswith(f"# {path.name[:4]}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) < 60, "a decision is one short page"
    listed = (DECISIONS / "README.md").read_text(encoding="utf-8")
    assert title.removeprefix(f"# {path.name[:4]}. ") in listed


# --- Versions and the public code file ------------------------------------------------------------------


def test_the_changes_name_this_version() -> None:
    assert re.search(rf"^## {re.escape(VERSION)}\b", document("CHANGELOG.md"), re.MULTILINE)


def keys_of(yaml: str) -> dict[str, str]:
    """``dotted.key`` to its value on the same line, for the plain mappings, lists and folded text we write.

    Not a reader of YAML: it refuses whatever else that language allows, so that any reader agrees with it.
    """
    found: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    folded = -1  # the indent of a key whose value is the indented text under it
    for number, line in enumerate(yaml.splitlines(), 1):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.lstrip().startswith("#") or (folded >= 0 and indent > folded):
            continue
        folded = -1
        item = re.fullmatch(r" *- (?:([\w-]+): )?[^:{}\[\]&*!|>'%@`]+", line)
        entry = re.fullmatch(r" *([\w-]+):(?: (\"[^\"]*\"|[^\"{}\[\]&*!'%@`:#][^:#]*))?", line)
        assert item or entry, f"line {number} is not plain: {line}"
        if item:
            continue
        assert entry
        path = [(at, key) for at, key in path if at < indent] + [(indent, entry[1])]
        value = entry[2] or ""
        folded = indent if value == ">" else -1
        found[".".join(key for _, key in path)] = value.strip('"')
    return found


def test_the_public_code_file_has_what_the_standard_asks_for() -> None:
    keys = keys_of(document("publiccode.yml"))
    required = """publiccodeYmlVersion name url platforms developmentStatus softwareType
        description.en.shortDescription description.en.longDescription description.en.features
        legal.license maintenance.type maintenance.contacts
        localisation.localisationReady localisation.availableLanguages"""
    assert set(required.split()) - set(keys) == set()
    assert keys["softwareVersion"] == VERSION
    assert keys["legal.license"] == "MIT"
    assert keys["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert keys["softwareType"] == "standalone/web"
    text = re.search(r"shortDescription: >\n((?: {6}.+\n)+)", document("publiccode.yml"))
    assert text
    assert len(" ".join(text[1].split())) <= 150


def test_the_citation_names_this_version() -> None:
    keys = keys_of(document("CITATION.cff"))
    assert {"message", "title", "type", "authors", "license", "abstract"} <= set(keys)
    assert keys["cff-version"] == "1.2.0"
    assert keys["version"] == VERSION


def test_the_glossary_has_the_words_of_the_code() -> None:
    from wherewithal.thread import Lane
    from wherewithal.thread.stages import Stage
    from wherewithal_web.people.roles import CASE_ROLES, ORGANISATION_ROLES

    glossary = document("GLOSSARY.md").lower()
    words = [*Lane, *Stage, *(role.name for role in (*CASE_ROLES.values(), *ORGANISATION_ROLES.values()))]
    assert [word for word in words if word.lower() not in glossary] == []
