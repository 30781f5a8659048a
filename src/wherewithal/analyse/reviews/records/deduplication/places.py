"""Where a work was published, as it is compared: journal, volume, issue and pages in their many spellings."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from wherewithal.analyse.reviews.records.deduplication.folding import folded, words
from wherewithal.analyse.reviews.records.deduplication.vocabulary import words_of

_MINOR = frozenset(words_of("minor"))
_ACRONYMS = {
    "jama": "journal of the american medical association",
    "bmj": "british medical journal",
    "nejm": "new england journal of medicine",
    "pnas": "proceedings of the national academy of sciences of the united states of america",
    "jpen": "journal of parenteral and enteral nutrition",
    "ajr": "american journal of roentgenology",
    "jasn": "journal of the american society of nephrology",
    "cmaj": "canadian medical association journal",
    "bja": "british journal of anaesthesia",
    "ejso": "european journal of surgical oncology",
    "bjog": "british journal of obstetrics and gynaecology",
}
_MONTHS = {name: str(number) for number, name in enumerate(words_of("months"), start=1)}
_A_DATE = re.compile(r"(?:(\d{1,2})-([a-z]{3})|([a-z]{3})-(\d{1,2}))(?:-\d+)?")
_PAGES = re.compile(
    r"([a-z]{0,4}\.?\s?\d+[a-z]?(?:\.e?\d+)?)(?:\s*[-–—:/]+\s*([a-z]{0,4}\d+[a-z]?(?:\.e?\d+)?))?"
)
_SIGNS = re.compile(r"[^a-z0-9]")
_BEHIND = re.compile(r"\s*(?::|=|\(|\[|\. |/).*$")
_MEETING = re.compile(r"\.?\s*\b(?:conference(?: start)?(?: date)?|meeting abstract)\s*:.*$")
"""What Embase puts behind the journal of a conference abstract: "Pediatric Nephrology.Conference: 44th Annual …"."""
_COUNTED = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)?|vols?\.?|volumes?|pts?|parts?|(?:(?:twenty|thirty|forty|fifty|sixty) ?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|twentieth|thirtieth|annual)\b"
)
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_DIGITS = re.compile(r"\d+")
_NOTHING = frozenset(
    ["", "unknown", "n a", "na", "none", "null", "nan", "ahead of print", "online", "in press"]
)


def known(text: str) -> str:
    """``text`` without white space around it, or nothing where it only says that nothing is known."""
    text = text.strip()
    return "" if len(text) < 15 and words(text) in _NOTHING else text


def volume_of(text: str) -> str:
    """The volume: "30a" and "Vol. 30 A" as "30". Empty where there is none."""
    if text.isdecimal():
        return text.lstrip("0") or "0"
    text = words(known(text))
    digits = _DIGITS.search(text)
    return (digits.group().lstrip("0") or "0") if digits else text


def issue_of(text: str) -> str:
    """The issue: digits of its first number, "suppl 1" as "s1"."""
    if text.isdecimal():
        return text.lstrip("0") or "0"
    text = words(known(text))
    digits = _DIGITS.search(text)
    number = (digits.group().lstrip("0") or "0") if digits else ""
    return f"s{number}" if "sup" in text else number or _MONTHS.get(text[:3], text)


def pages_of(text: str) -> tuple[str, str]:
    """The first and last page, the last in full: "482-8" as ("482", "488").

    A spreadsheet that took pages for a date ("21-Apr" for 4-21) is understood. ("", "") where there are none.
    """
    text = folded(known(text)).replace(",", ";").split(";")[0].strip()
    text = re.sub(r"^(?:pp?\.?|pages?|art(?:icle)?\.?(?: no\.?)?|no\.)\s*", "", text)
    date = _A_DATE.fullmatch(text)
    if date and (month := _MONTHS.get(date.group(2) or date.group(3))):
        low, high = sorted((int(month), int(date.group(1) or date.group(4))))
        return str(low), str(high)
    found = _PAGES.match(text)
    if not found:
        return _SIGNS.sub("", text), ""
    first, last = (_page(part or "") for part in found.groups())
    if last and len(last) < len(first) and first.isdecimal() and last.isdecimal():
        last = first[: len(first) - len(last)] + last
    return first, last


def _page(text: str) -> str:
    plain = _SIGNS.sub("", text.split(".e")[0])
    # "S385S" is page S385 of a supplement; "527a" is not page 527.
    if plain[:1] == plain[-1:] and plain[:1].isalpha():
        plain = plain[:-1]
    return plain.lstrip("0") or plain[:1]


def journal_of(text: str) -> str:
    """A journal's name folded, with its variants still in it: place in brackets, subtitle, title of the issue."""
    name = folded(known(text)).strip(' "')
    return _MEETING.sub("", name) if ":" in name else name


@lru_cache(maxsize=400_000)
def journals_agree(one: str, other: str) -> int:
    """How two names (as ``journal_of`` gives them) stand: 2 the same journal, 1 perhaps, 0 different.

    An abbreviation is the same journal: each of its words begins the corresponding word of the full name, or it
    is made of the first letters.
    """
    if one == other:
        return 2
    best = 0
    for first in _variants(one):
        for second in _variants(other):
            if first and second:
                best = max(best, _same(first, second))
    return best


@cache
def _variants(name: str) -> tuple[tuple[str, ...], ...]:
    """The name as a whole, without its brackets, and its part before and behind a separator, each as words."""
    forms = [name, _IN_BRACKETS.sub(" ", name), _BEHIND.sub("", name)]
    forms += re.split(r"\s[:=/]\s|: |\. ", _IN_BRACKETS.sub(" ", name))
    found: dict[tuple[str, ...], None] = {}
    for form in forms:
        text = words(form)
        for spelt in (text, _ACRONYMS.get(text, "")):
            uncounted = _COUNTED.sub(" ", spelt)
            for said in (spelt, uncounted):
                if len(said.strip()) > 1:
                    kept = tuple(word for word in said.split() if word not in _MINOR)
                    found[kept or tuple(said.split())] = None
    return tuple(found)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    if one == other:
        return 2
    short, long = sorted((one, other), key=lambda form: (len("".join(form)), form))
    if len(short) == len(long) and all(map(_begins, short, long)):
        return 2
    if len(short) == 1 and len(short[0]) > 2 and len(long) > 2:
        letters = "".join(word[0] for word in long)
        if short[0] in (letters, f"j{letters}", f"{letters}j"):
            return 2
    shared = len(set(short) & set(long))
    if shared and shared >= 0.6 * max(len(short), len(long)):
        return 1
    # Words of the abbreviation in order among those of the full name, which may have more.
    rest = iter(long)
    if len(short) > 1 and all(any(_begins(word, full) for full in rest) for word in short):
        return 1
    return 0


def _begins(word: str, full: str) -> bool:
    """Whether ``word`` could be short for ``full``: "natl" for "national", "med" for "medicine"."""
    if full.startswith(word) or word.startswith(full):
        return True
    if word[0] != full[0] or len(word) < 3:
        return False
    letters = iter(full)
    return len(word) <= 6 and all(letter in letters for letter in word) and len(full) > len(word) + 1
