"""Numbers in running text: sample sizes, differences and ratios with their intervals, events of a total.

A regular grammar, not a reader: it finds what stands in a usual form of words, and what it finds is a suggestion until
a person has looked. Texts are an abstract, a paragraph or the pages of a paper; places are counted in characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

GRAMMAR = "1"
"""Changes with the patterns, so that stored suggestions say what made them."""

_N = r"[-−–+]?\s?\d*[.·]?\d+"
_CI = (
    r"(?P<level>9\d(?:\.\d)?)\s?%\s*(?:CI|confidence interval|C\.I\.)s?\s*[:=,]?\s*[(\[]?\s*"
    rf"(?P<low>{_N})\s*(?:to|,|;|–|—|-)\s*(?P<high>{_N})"
)


@dataclass(frozen=True)
class Mention:
    """One thing found. ``kind``: people, difference, smd, ratio, correlation, events, mean.

    ``numbers`` are by the keys of the forms of results; ``ratio`` says which. ``quotation`` is the clause it stands
    in, ``start`` its place in the text.
    """

    kind: str
    numbers: tuple[tuple[str, float], ...]
    quotation: str
    start: int
    ratio: str = ""

    @property
    def form(self) -> str:
        """The form of result it can be taken over into; empty where it is none by itself."""
        return {
            "difference": "difference",
            "smd": "smd",
            "ratio": "ratio",
            "correlation": "correlation",
            "events": "counts",
        }.get(self.kind, "")


_GAP = r"[^.;:()\[\]\d]{0,25}?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "ratio",
            rf"(?P<ratio>\b(?:a?OR|a?RR|IRR|HR)\b|(?:odds|risk|rate|hazard)\s+ratio|relative\s+risk)s?{_GAP}"
            rf"[=:,(\[]?\s*(?P<value>{_N})(?:\s*[,;(\[]*\s*{_CI})?",
        ),
        (
            "smd",
            rf"(?:\bSMD\b|\bstandardi[sz]ed\s+mean\s+difference\b|\bCohen['’]?s?\s+d\b|\bHedges['’]?\s*g\b|\beffect\s+"
            rf"sizes?\b(?:\s*\(?(?:d|g|ES)\)?)?|(?<![\w.])[dg](?=\s*=))\s*{_GAP}[=:,(\[]*\s*(?:[dg]\s*=\s*)?(?P<value>{_N})"
            rf"(?:\s*[,;(\[]*\s*{_CI})?",
        ),
        (
            "difference",
            rf"(?:mean\s+difference|difference\s+in\s+means|adjusted\s+difference|\bMD\b){_GAP}[=:,(\[]*\s*"
            rf"(?P<value>{_N})(?:[^.;()\[\]\d]{{0,20}}\s*[,;(\[]*\s*{_CI})?",
        ),
        ("correlation", rf"(?<![\w.])r\s*=\s*(?P<r>{_N})"),
        (
            "events",
            r"(?<![\d/])(?P<events>\d{1,6})\s*(?:/|\bof\b|\bout of\b)\s*(?:the\s+)?(?P<n>\d{1,6})(?![\d/])",
        ),
        (
            "people",
            r"(?<![\w])[nN]\s*=\s*(?P<n>\d{1,3}(?:[, ]\d{3})+|\d{1,7})|\b(?P<m>\d{1,3}(?:,\d{3})+|\d{2,7})\s+"
            r"(?:\w+\s+){0,2}(?:children|participants|families|parents|pupils|students|mothers|adolescents|young "
            r"people)\b",
        ),
        ("mean", rf"\bmeans?\s*(?:=|of|was|:)?\s*(?P<m>{_N})\s*(?:±|[(\[]\s*(?:SD)?\s*[=:]?)\s*(?P<sd>{_N})"),
    )
)


def mentions_in(text: str) -> list[Mention]:
    """What the grammar finds, in the order of the text. A place is given to the first kind that claims it."""
    found: list[tuple[int, int, Mention]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end, _each in found):
                continue
            made = _mention(kind, match, text)
            if made is not None:
                found.append((match.start(), match.end(), made))
    return [each for _start, _end, each in sorted(found, key=lambda item: item[0])]


MOST_ON_PAGES = 300
"""Found in one text; a text with more is a table that is better pasted."""
_REFERENCES = re.compile(
    r"^\s*(?:\d+\.?\s*)?(?:references|bibliography|literature cited)\s*$", re.IGNORECASE | re.MULTILINE
)
_BROKEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


@dataclass(frozen=True)
class OnPage:
    """What stands on a page of a text; ``page`` counts from 1, ``mention.start`` in the page's words in one line."""

    page: int
    mention: Mention


def mentions_on(pages: Sequence[str]) -> list[OnPage]:
    """What the grammar finds in the pages of a text, in their order, at most ``MOST_ON_PAGES``.

    Words broken at the end of a line are joined. Past a heading of references in the second half of the text nothing is
    looked for: numbers there are other studies'.
    """
    found: list[OnPage] = []
    for number, text in enumerate(pages, start=1):
        end = _REFERENCES.search(text) if 2 * number > len(pages) else None
        plain = " ".join(_BROKEN.sub("", text[: end.start()] if end else text).split())
        found += [OnPage(number, mention) for mention in mentions_in(plain)]
        if end or len(found) >= MOST_ON_PAGES:
            break
    return found[:MOST_ON_PAGES]


def _mention(kind: str, match: re.Match[str], text: str) -> Mention | None:
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    ratio = _ratio(groups.pop("ratio", ""))
    groups.pop("level", None)
    numbers = {key: _number(value) for key, value in groups.items()}
    if kind == "people":
        numbers = {"n": numbers.get("n", numbers.get("m", 0.0))}
        if not 2 <= numbers["n"] <= 5_000_000:
            return None
    if kind == "events" and not 0 <= numbers["events"] <= numbers["n"]:
        return None
    if kind == "correlation" and abs(numbers["r"]) > 1:
        return None
    if kind == "ratio" and numbers["value"] <= 0:
        return None
    return Mention(
        kind, tuple(numbers.items()), _clause(text, match.start(), match.end()), match.start(), ratio
    )


def _ratio(words: str) -> str:
    low = words.casefold()
    if "odds" in low or low in ("or", "aor"):
        return "OR"
    if "hazard" in low or low == "hr":
        return "HR"
    if "rate" in low or low == "irr":
        return "IRR"
    return "RR" if low else ""


def _number(text: str) -> float:
    plain = re.sub(r"[\s,+]", "", text.replace("·", "."))
    return float(re.sub(r"[−–]", "-", plain))


def _clause(text: str, start: int, end: int, most: int = 400) -> str:
    """The sentence around a place, cut to ``most`` characters."""
    begin = max(
        (text.rfind(mark, 0, start) + len(mark) for mark in (". ", "\n", "? ") if mark in text[:start]),
        default=0,
    )
    stops = [place for mark in (". ", "\n") if (place := text.find(mark, end)) >= 0]
    stop = min(stops) + 1 if stops else len(text)
    if stop - begin > most:
        begin, stop = max(begin, start - most // 2), min(stop, end + most // 2)
    return " ".join(text[begin:stop].split())
