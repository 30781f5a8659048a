"""One cell of a table as papers print them: "12.3 (4.5)", "45/120 (37.5%)", "−0.4 [−0.8; 0.1]", "<0.001", "NS".

A regular grammar, nothing guessed beyond it: a cell that is not understood is text and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MINUS = dict.fromkeys(map(ord, "−–—‐‑‒﹣-"), "-")
SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u200a\u2002\u2003\t"), " ")
MARKS = "*†‡§¶#ᵃᵇᶜᵈᵉ¹²³⁴⁵⁶⁷⁸⁹⁰ª"
NOTHING = frozenset({"", "-", "--", "n/a", "na", "nr", "n.r.", "nd", "not reported", ".", "..."})
NOT_SIGNIFICANT = frozenset({"ns", "n.s.", "n.s", "not significant"})

_NUMBER = r"[+-]?(?:\d+(?:[ ,']\d{3})+(?:\.\d+)?|\d*\.\d+|\d+)"
_SEP = r"\s*(?:,|;|\bto\b|\.\.|-)\s*"


@dataclass(frozen=True)
class Cell:
    """A cell: its text, what kind it is, its numbers in the order of the kind's name, its footnote marks.

    Kinds: nothing, text, not-significant, number, percent, number-number ("12.3 (4.5)", "12.3 ± 4.5"),
    number-interval ("12.3 (10 to 15)"), interval ("10 to 15"), of ("45/120", with or without its percentage),
    number-percent ("45 (37.5%)"), p-below ("<0.001"), p ("p = 0.03").
    """

    text: str
    kind: str
    numbers: tuple[float, ...] = ()
    marks: str = ""


def read_cell(text: str, *, decimal: str = ".") -> Cell:
    """A cell's meaning. ``decimal`` is the mark for decimals in this table: "." or ","."""
    plain, marks = _plain(text, decimal)
    low = plain.casefold()
    if low in NOTHING:
        return Cell(text, "nothing", (), marks)
    if low in NOT_SIGNIFICANT:
        return Cell(text, "not-significant", (), marks)
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(plain)
        if found:
            return Cell(text, kind, tuple(_value(each) for each in found.groups() if each is not None), marks)
    return Cell(text, "text", (), marks)


def decimal_mark(cells: Iterable[str]) -> str:
    """The mark for decimals of a table: "," where cells have a comma before one, two or four digits and no point."""
    comma = point = 0
    for text in cells:
        comma += len(re.findall(r"\d,(?:\d{1,2}|\d{4,})(?!\d)", text))
        point += len(re.findall(r"\d\.\d", text))
    return "," if comma > point else "."


def _plain(text: str, decimal: str) -> tuple[str, str]:
    """The text with one kind of minus and space, without footnote marks, a point for decimals; and the marks."""
    marks = "".join(char for char in text if char in MARKS)
    plain = "".join(char for char in text if char not in MARKS).translate(SPACES)
    # An en dash between two numbers is a range, elsewhere a minus.
    plain = re.sub(r"(?<=\d)\s*[–—]\s*(?=\d)", " to ", plain)
    plain = plain.translate(MINUS)
    plain = re.sub(r"-\s+(?=\.?\d)", "-", plain) if plain.lstrip().startswith("-") else plain
    trailing = re.search(r"(?<=[\d)%])\s?[a-e](?:,[a-e])*$", plain)
    if trailing:
        marks += trailing.group(0).strip()
        plain = plain[: trailing.start()]
    if decimal == ",":
        plain = plain.replace(".", " ").replace(",", ".")
        plain = re.sub(r"(?<=\d) (?=\d{3}(?:\D|$))", ",", plain)
    plain = plain.replace("±", "+/-").replace("+-", "+/-").replace("·", ".")
    return " ".join(plain.split()), marks


def _value(text: str) -> float:
    return float(re.sub(r"[ ,']", "", text))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("#", f"({_NUMBER})").replace("~", _SEP), re.IGNORECASE)


_INTERVAL = r"(?:9\d(?:\.\d)?\s?%\s*ci:?\s*)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", _pattern(r"(?:n\s*=\s*)?#")),
    ("number", _pattern(r"\(\s*n\s*=\s*#\s*\)")),
    ("percent", _pattern(r"#\s*%")),
    ("of", _pattern(r"#\s*(?:/|of)\s*#(?:\s*[([]\s*[\d.]+\s*%?\s*[)\]])?")),
    ("number-percent", _pattern(r"#\s*[([]\s*#\s*%\s*[)\]]")),
    ("number-interval", _pattern(rf"#\s*[,;]?\s*[([]\s*{_INTERVAL}#~#\s*[)\]]")),
    ("number-number", _pattern(r"#\s*[([]\s*(?:sd|se|sem)?\s*[=:]?\s*(?:\+/-\s*)?#\s*[)\]]")),
    ("number-number", _pattern(r"#\s*\+/-\s*#")),
    ("interval", _pattern(rf"[([]?\s*{_INTERVAL}#~#\s*[)\]]?")),
    ("p-below", _pattern(r"(?:p\s*)?<\s*#")),
    ("p", _pattern(r"p\s*=\s*#")),
)
