"""The cells of a gathered file: what each says, taken apart by fixed rules and never guessed.

A gathered file holds facts from many registers in one shape, written by a person. Each function here reads one
kind of cell; what it cannot place stays in words, as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wherewithal.analyse.library.dates import FactDate
from wherewithal.plain_english import listed

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s;,)]+")
_PAIR = re.compile(r"([a-z][a-z_]+)=(.*)")


# --- ages ---------------------------------------------------------------------------------------------------


def read_age_cell(text: str) -> tuple[str, str]:
    """Ages as offered and ages as evaluated, from one cell.

    "6-12 (evaluated 4-8)" and "3-6 (2-9 on 2025 page)" hold both, since pages of 2025 give the ages in the
    studies; "evaluated 5-12" only the second; "Year 1 (5-6)" and "7-8 at start (Year 3)" are ages 5-6 and 7-8.
    """
    if match := re.fullmatch(r"(.+?)\s*\((?:evaluated\s+(.+?)|(\S+) on \d{4} page)\)", text):
        return match[1], match[2] or match[3]
    if match := re.fullmatch(r"evaluated\s+(.+)", text):
        return "", match[1]
    if match := re.fullmatch(r"Year \d+ \((.+)\)", text):
        return match[1], ""
    return re.sub(r"\s*(?:at start \(Year \d+\)|\(toolkit coverage\))$", "", text), ""


# --- dates --------------------------------------------------------------------------------------------------

_NOT_A_REVIEW = ("matrix", "snapshot")
_OF_THE_PAGE = ("page updated", "completed")


@dataclass(frozen=True)
class DateCell:
    """``latest`` of the dates in the cell; ``page`` where it is a page's or project's date and not a review's;
    ``remark`` what the cell says about a date that is neither."""

    latest: str = ""
    page: bool = False
    remark: str = ""
    wrong: tuple[str, ...] = ()


def read_date_cell(text: str) -> DateCell:
    """The newest date of "2016-07; 2019-11". A word beside it says what the date is of ("2016-05 (page updated)").

    The date of a copy ("2026-04 (snapshot)", "matrix 2024-06") is not the date of a review: it becomes a remark.
    """
    found: list[tuple[FactDate, str]] = []
    wrong, remarks = [], []
    for part in (part.strip() for part in text.split(";")):
        match = re.fullmatch(r"(?:([a-z ]+?)\s+)?(\d{4}(?:-\d{2}){0,2})(?:\s*\((.+)\))?", part)
        try:
            when = FactDate.parse(match[2]) if match else None
        except ValueError:
            when = None
        if not part:
            continue
        if match is None or when is None:
            wrong.append(part)
            continue
        word = match[1] or match[3] or ""
        if word in _NOT_A_REVIEW:
            remarks.append(f"Read in a copy of {when.words}.")
        else:
            found.append((when, word))
    if not found:
        return DateCell(remark=" ".join(remarks), wrong=tuple(wrong))
    when, word = max(found)
    return DateCell(str(when), word in _OF_THE_PAGE, " ".join(remarks), tuple(wrong))


# --- the United Kingdom -------------------------------------------------------------------------------------

_AVAILABLE = re.compile(
    r"(?<!un)\bavailable\b|provision yes|\bimplement(?:ed|ation countries)\b|(?<!not )\bdelivered\b"
    r"|commissions training"
)
_TESTED = re.compile(r"\btested\b|\befficacy trial\b|studies include (?:the )?(?:UK|England|Scotland|Wales)")
_NOT_TESTED = re.compile(r"implementation only|not completed|feasibility|\bnot tested\b")
_PLACES = re.compile(r"^(?:UK|England|Scotland|Wales|Northern Ireland|London)\b")


def read_uk_cell(text: str, *, study: bool) -> tuple[str, str]:
    """Whether it is available, and whether tested, in the United Kingdom: "yes", "no" or "" for not said.

    A ``study`` that was done in a place in the United Kingdom is a test there; a study of delivery only, or one
    that was not completed, is not.
    """
    if re.match(r"no UK implementation", text):
        return "no", ""
    tested = bool(_TESTED.search(text)) or (study and bool(_PLACES.match(text)))
    return (
        "yes" if not study and _AVAILABLE.search(text) else "",
        "yes" if tested and not _NOT_TESTED.search(text) else "",
    )


# --- delivery -----------------------------------------------------------------------------------------------

_SETTINGS = {
    "home": r"\bhomes?\b|home-based|home visit",
    "school": r"\bschools?\b|\bclassroom\b|whole[- ]class\b|\bpupils\b|in reception\b",
    "nursery": r"\bnursery\b|\bpreschool\b|early years practitioner",
    "children's centre": r"children's centres?",
    "clinic": r"\bclinic\b|\boutpatient\b|health settings",
    "community": r"\bcommunity (?:centre|component)",
    "foster care": r"foster family",
    "online": r"\bonline\b|telehealth",
}
_STAFF = re.compile(
    r"facilitator|practitioner(?! support)|teacher(?! training)|psychologist|social worker|\bnurses?\b(?! home)"
    r"|health visitor|counsellor|leaders\b|therapist|teaching assistant|instructor|project worker"
    r"|support workers?\b|coach(?:es)?\b(?! training)|professionals?\b(?! train)|person team|paraprofessional"
    r"|tutors?\b|officers?\b|youth workers|master-level|masters-level",
    re.IGNORECASE,
)
_LEARNING = re.compile(
    r"\b(?:\d[\d-]*|one|two|three|four|five|six|seven|eight|nine|ten)[- ]days?\b.*\btraining\b"
    r"|\btraining\b.*\b(?:days?|year|weeks?)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(r"\b(?:sessions?|workshops?|visits?|visiting)\b", re.IGNORECASE)


def settings_in(text: str) -> str:
    """Where it is delivered, in fixed words: "home; clinic"."""
    return "; ".join(name for name, words in _SETTINGS.items() if re.search(words, text, re.IGNORECASE))


def workforce_in(text: str) -> str:
    """The parts of a description that name who delivers it: "2 facilitators"; not "1 teacher session"."""
    return "; ".join(
        part
        for part in _parts(text)
        if _STAFF.search(part) and not _LEARNING.search(part) and not _MEETING.search(part)
    )


def training_in(text: str) -> str:
    """The parts that say how long learning to deliver it takes: "3 days practitioner training"."""
    return "; ".join(part for part in _parts(text) if _LEARNING.search(part))


def _parts(text: str) -> list[str]:
    """The parts between commas and semicolons, leaving those in brackets together."""
    return [part.strip() for part in re.split(r"[,;](?![^(]*\))\s*", text) if part.strip()]


# --- notes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Note:
    """``pairs`` are its key=value parts; ``words`` what is left; ``addresses`` the web addresses in it."""

    pairs: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def address(self, but: str = "") -> str:
        """The first web address in the note that is not ``but``."""
        return next((found for found in self.addresses if found != but), "")

    def caveat(self, taken: tuple[str, ...] = ()) -> str:
        """What the note says beside the pairs that went elsewhere, as one text."""
        kept = [f"{key.replace('_', ' ')}: {value}" for key, value in self.pairs.items() if key not in taken]
        return "; ".join([*kept, *self.words])


def read_note(text: str) -> Note:
    pairs: dict[str, str] = {}
    words = []
    for part in (part.strip() for part in text.split(";")):
        if match := _PAIR.fullmatch(part):
            pairs[match[1]] = match[2].strip()
        elif part:
            words.append(part)
    addresses = tuple(
        found.rstrip(".") if found.startswith("http") else f"https://{found.rstrip('.')}"
        for found in _ADDRESS.findall(text)
    )
    return Note(pairs, tuple(words), addresses)


WSIPP_KEYS = (
    "benefit_minus_cost_usd",
    "bcr",
    "chance_benefits_exceed_costs",
    "net_program_cost_usd",
    "base_year",
    "literature_review",
)


def wsipp_economics(pairs: Mapping[str, str]) -> str:
    """The results of WSIPP's model in one sentence each, with currency, place and base year; "" if none."""
    if "benefit_minus_cost_usd" not in pairs:
        return ""
    ratio = pairs.get("bcr", "")
    year = pairs.get("base_year", "")
    return " ".join(
        [
            f"Benefits minus costs: {dollars(pairs['benefit_minus_cost_usd'])}.",
            f"Benefits for each dollar of cost: {dollars(ratio)}."
            if ratio not in ("", "n/a")
            else "Benefits for each dollar of cost: not given.",
            f"Chance that benefits exceed costs: {pairs.get('chance_benefits_exceed_costs', 'not given')}.",
            f"Net cost of the programme: {dollars(pairs.get('net_program_cost_usd', ''))}.",
            f"Washington State, US dollars of {year}."
            if year
            else "Washington State, US dollars; the base year is not in our copy.",
        ]
    )


def dollars(text: str) -> str:
    """ "-2770 (net saving)" as "−$2,770 (net saving)"."""
    match = re.fullmatch(r"(-?)(\d+)(\.\d+)?(\s.*)?", text)
    if not match:
        return text or "not given"
    return f"{'−' if match[1] else ''}${int(match[2]):,}{match[3] or ''}{match[4] or ''}"


_SHARES = {
    "violence_reduction": "violence",
    "all_offending_reduction": "all offending",
    "reoffending_reduction": "reoffending",
}
EFFECT_KEYS = tuple(_SHARES)


def effects_in(note: Note) -> str:
    """Sizes of effect that the note gives: shares, or an outcome's detail in words."""
    shares = [f"{words} {note.pairs[key]} lower" for key, words in _SHARES.items() if key in note.pairs]
    if shares:
        return listed(shares).capitalize()
    return "; ".join(
        part.removeprefix("outcome detail: ") for part in note.words if "improvement index" in part
    )
