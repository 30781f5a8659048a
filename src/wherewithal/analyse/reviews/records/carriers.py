"""Fields that a format has no place for, carried in its notes so that nothing is lost on the way back.

A note "nbib:PHST: 2006/11/01 09:00 [pubmed]" in a RIS file is the PubMed field PHST; any other program shows
it as a note. Fields of ``Record`` that a format lacks are carried as "wherewithal:url: https://…".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

NAMESPACES = ("ris", "nbib", "bibtex", "csl", "csv", "openalex", "europepmc")
OWN = "wherewithal"

_CARRIED = re.compile(rf"({'|'.join((*NAMESPACES, OWN))}):([^:\n]+): (.+)", re.DOTALL)


def packed(name: str, text: str) -> str:
    return f"{name}: {text}"


def unpacked(note: str) -> tuple[str, str] | None:
    """The name and text carried in ``note``, or None where it is an ordinary note."""
    found = _CARRIED.fullmatch(note)
    return (f"{found.group(1)}:{found.group(2)}", found.group(3)) if found else None


def sorted_out(notes: Iterable[str]) -> tuple[list[str], list[tuple[str, str]], Mapping[str, str]]:
    """``notes`` told apart: ordinary ones, carried extra fields, and carried fields of ``Record`` by name."""
    ordinary: list[str] = []
    extra: list[tuple[str, str]] = []
    own: dict[str, str] = {}
    for note in notes:
        carried = unpacked(note)
        if carried is None:
            ordinary.append(note)
        elif carried[0].startswith(f"{OWN}:"):
            own[carried[0].removeprefix(f"{OWN}:")] = carried[1]
        else:
            extra.append(carried)
    return ordinary, extra, own


def field_name(namespace: str, name: str) -> str:
    """``name`` as an extra field of that format, without the colon that separates names from text."""
    return f"{namespace}:{' '.join(name.replace(':', ' ').split())}"
