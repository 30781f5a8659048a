"""Titles, names, years and identifiers as exports and services write them, tidied the same way everywhere."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DOI = re.compile(r"(10\.\d{4,9}/\S+)")
_ISSN = re.compile(r"\b\d{4}-?\d{3}[\dXx]\b")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space and without control characters."""
    # Most text is printable as it is, which is much quicker to see than to replace.
    return " ".join((text if text.isprintable() else _CONTROL.sub(" ", text)).split())


def paragraphs(text: str) -> str:
    """``text`` with its line breaks kept, each line tidied and blank lines left out."""
    if "\n" not in text and "\r" not in text:
        return one_line(text)
    lines = (one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def doi_in(text: str) -> str:
    """The first DOI in ``text`` without address or label before it; empty where there is none."""
    found = _DOI.search(text)
    return found.group(1).rstrip(".,;") if found else ""


def issn_in(text: str) -> str:
    """The first ISSN in ``text``, as written; empty where there is none."""
    found = _ISSN.search(text)
    return found.group(0) if found else ""


def year_in(text: str) -> int | None:
    """The first year from 1500 to 2199 in ``text``."""
    found = _YEAR.search(text)
    return int(found.group(1)) if found else None


def family_first(name: str) -> str:
    """ "Frances Gardner" as "Gardner, Frances"; a name that has a comma or one word stays as it is.

    Sources that give names in reading order do not say which part is the family name: the last word is taken,
    with particles such as "van der". Wrong for some names with two family names.
    """
    words = one_line(name).split(" ")
    if "," in name or len(words) < 2:
        return " ".join(words)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"


_PARTICLES = frozenset(
    ["van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ten", "ter"]
)
