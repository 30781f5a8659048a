"""The order of a paper, read from a data file that anyone can review."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.sources.files import read_text
from wherewithal.thread.sections import SECTIONS

BUSINESS_CASE = "business-case"
_FOLDER = "wherewithal.plan.papers.templates"


@dataclass(frozen=True)
class TemplatePart:
    """One part of a paper: its heading, the question it answers, and the case's sections that stand in it."""

    case: str
    title: str
    asks: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    id: str
    title: str
    parts: tuple[TemplatePart, ...]


def templates() -> tuple[str, ...]:
    """The ids of the templates that come with Wherewithal."""
    names = (item.name for item in resources.files(_FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def named_template(template_id: str = BUSINESS_CASE) -> Template:
    """A template that comes with Wherewithal. Raises NothingThere naming those there are."""
    if template_id not in templates():
        raise NothingThere(f"There is no template '{template_id}'.", templates())
    name = f"{template_id}.toml"
    return read_template((resources.files(_FOLDER) / name).read_bytes(), name=name)


def read_template(source: Path | bytes, *, name: str = "") -> Template:
    """Read a template from a TOML file.

    Raises BadInput where something is missing, and where a section of a case stands in no part or in two:
    a sentence must never fall out of the paper.
    """
    file = read_text(source, name=name)
    try:
        plain = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"{file.name} is not a template: it breaks the rules of TOML.",
            [Problem(file.name, str(error), "TOML, as in the templates that come along", "Mend that line.")],
        ) from error
    problems: list[Problem] = []
    head = {key: _words(plain, key, "top of the file", problems) for key in ("id", "title")}
    tables = plain.get("parts", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        tables = []
    parts = tuple(_part(table, f"part {position}", problems) for position, table in enumerate(tables, 1))
    placed = [section for part in parts for section in part.sections]
    known = [section.key for section in SECTIONS]
    for key in known:
        if placed.count(key) != 1:
            found = "in no part" if key not in placed else "in more than one part"
            problems.append(
                Problem(f"section '{key}'", found, "each section in exactly one part", "Mend the parts.")
            )
    problems.extend(
        Problem(f"section '{key}'", "no such section", f"one of {', '.join(known)}", "Mend its spelling.")
        for key in dict.fromkeys(placed)
        if key not in known
    )
    if problems:
        raise BadInput(f"{file.name} cannot be used as a template.", problems)
    return Template(head["id"], head["title"], parts)


def _part(table: dict[str, Any], where: str, problems: list[Problem]) -> TemplatePart:
    case, title, asks = (_words(table, key, where, problems) for key in ("case", "title", "asks"))
    sections = table.get("sections")
    if not isinstance(sections, list) or not all(isinstance(key, str) for key in sections):
        problems.append(
            Problem(f"{where}, sections", repr(sections), 'a list such as ["options"]', "Mend it.")
        )
        sections = []
    return TemplatePart(case, title, asks, tuple(sections))


def _words(table: dict[str, Any], key: str, where: str, problems: list[Problem]) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        found = "nothing" if value in (None, "") else repr(value)
        problems.append(
            Problem(f"{where}, {key}", found, "words between quotation marks", f"Write {key} = …")
        )
        return ""
    return value
