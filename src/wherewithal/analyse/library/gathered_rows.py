"""One row of a gathered file, read afresh: as a rating on its register's scale, or as an entry of its list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.entry import Entry
from wherewithal.analyse.library.gathered_cells import (
    EFFECT_KEYS,
    WSIPP_KEYS,
    DateCell,
    Note,
    effects_in,
    read_age_cell,
    read_date_cell,
    read_note,
    read_uk_cell,
    settings_in,
    training_in,
    workforce_in,
    wsipp_economics,
)
from wherewithal.analyse.library.rating import Rating
from wherewithal.analyse.library.register import Register
from wherewithal.errors import Problem
from wherewithal.plain_english import long_date


@dataclass(frozen=True)
class GatheredCells:
    """The cells of one row, spaced evenly; ``number`` counts as a spreadsheet does."""

    number: int
    text: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.text[column]

    def problem(self, column: str, expected: str, do: str, found: str = "") -> Problem:
        return Problem(
            f"row {self.number}, column '{column}'",
            found or (f"'{self.text[column][:120]}'" if self.text[column] else "nothing"),
            expected,
            do,
        )


# --- ratings ------------------------------------------------------------------------------------------------


def rating_of(cells: GatheredCells, register: Register, today: date, problems: list[Problem]) -> Rating:
    """The row as a rating. Every cell that cannot be read is noted in ``problems``."""
    _check_always(cells, problems)
    rating, words = _rating_cell(cells, register, problems)
    if cells["cost_rating"] and register.cost(cells["cost_rating"]) is None:
        scale = ", ".join(f"'{cost.native}'" for cost in register.costs)
        expected = f"{scale} or nothing" if scale else f"nothing: {register.name} gives no cost"
        problems.append(cells.problem("cost_rating", expected, "Check it at the row's link."))
    when = _date_cell(cells, today, problems)
    note = read_note(cells["note"])
    offered, evaluated = read_age_cell(cells["age_range"])
    study = register.kind == "single studies"
    if study and not evaluated:
        offered, evaluated = "", offered
    uk_available, uk_tested = read_uk_cell(cells["uk"], study=study)
    scores = "; ".join(word for word in note.words if re.match(r"(usability|supports|evidence) \d", word))
    economics = wsipp_economics(note.pairs)
    taken = (*EFFECT_KEYS, *(WSIPP_KEYS if economics else ()), *_MONTHS_KEYS)
    reviewed = note.pairs.get("literature_review", "") if economics else ""
    dated_by_page = when.page or study or bool(economics)
    caveat = Note(note.pairs, tuple(word for word in note.words if word not in scores.split("; "))).caveat(
        taken
    )
    return Rating(
        programme=re.sub(r"\s*\((?:early years )?approach\)$", "", cells["programme"])
        if register.approaches
        else cells["programme"],
        rating=rating,
        rating_words="; ".join(part for part in (words, scores) if part),
        months=_months(note, register),
        cost=cells["cost_rating"],
        ages_offered=offered,
        ages_evaluated=evaluated,
        targeting=cells["targeting"],
        outcomes=cells["outcome_domains"],
        delivery=cells["delivery"],
        effects=effects_in(note),
        economics=economics,
        setting=settings_in(cells["delivery"]),
        workforce="; ".join(filter(None, (workforce_in(cells["delivery"]), note.pairs.get("workforce", "")))),
        training="; ".join(filter(None, map(training_in, (cells["delivery"], cells["note"])))),
        published=when.latest if dated_by_page else "",
        last_reviewed=reviewed or ("" if dated_by_page else when.latest),
        uk_available=uk_available,
        uk_tested=uk_tested,
        link=cells["source_url"],
        also_see=note.address(but=cells["source_url"]),
        caveat=". ".join(part for part in (when.remark.rstrip("."), caveat) if part),
    )


_MONTHS_KEYS = ("months", "padlocks", "headline", "impact", "cost", "evidence")


def _rating_cell(cells: GatheredCells, register: Register, problems: list[Problem]) -> tuple[str, str]:
    """The native value, and words beside it. A single study's words need no value: a person codes them later."""
    text = cells["evidence_rating"]
    if not text:
        return "", ""
    if native := register.native_called(text):
        return native, (text if register.kind == "single studies" and text.casefold() != native else "")
    if register.kind == "single studies":
        return "", text
    if between := re.fullmatch(r"(.*?)(\S+)\s*(?:-|to)\s*(\S+)", text):
        lead, low, high = between.groups()
        if register.native_called(lead + low) and register.native_called(lead + high):
            # A range over a family of courses is nobody's rating.
            return "", f"{lead}{low} to {high}"
    if one_outcome := re.fullmatch(r"(.+?)\s+(on\s.+|\(.+\))", text):
        native = register.native_called(one_outcome[1])
        if native:
            return native, one_outcome[2].strip("()")
    if ";" in text and (native := register.native_called("differs by outcome")):
        return native, text
    problems.append(
        cells.problem(
            "evidence_rating",
            f"a value of the scale of {register.name}: {register.scale_in_words}; or nothing",
            "Check it at the row's link. If the register changed its scale, change its data file first.",
        )
    )
    return "", ""


def _months(note: Note, register: Register) -> int | None:
    text = note.pairs.get("months", "").replace("+", "").replace("−", "-")
    return int(text) if register.months and re.fullmatch(r"-?\d{1,2}", text) else None


# --- entries ------------------------------------------------------------------------------------------------

_ENTRY_TYPES = {
    "toolkits": (
        (r"evidence maps?\b|evidence map\)", "evidence map"),
        (r"\((?:the )?(?:registry|register|clearinghouse)\)|Clearinghouse", "register"),
        (r"\(the toolkit\)", "toolkit"),
        (r"Fingertips|LG Inform|Framework", "data"),
        (r"improvement offer", "support"),
        ("", "library"),
    ),
    "guidance": (
        (r"\((?:approach|category)\)", "recommendation"),
        (r"quality standard|\(QS\d+\)", "standard"),
        (r"\(HTE\d+\)", "evidence summary"),
        ("", "guideline"),
    ),
    "practice examples": (("", "example"),),
}
"""What a row of each kind of list is, by words in its name; the first that is found."""


def entry_of(cells: GatheredCells, register: Register, today: date, problems: list[Problem]) -> Entry:
    """The row as an entry of a list. Every cell that cannot be read is noted in ``problems``."""
    _check_always(cells, problems)
    when = _date_cell(cells, today, problems)
    note = read_note(cells["note"])
    name = cells["programme"]
    guide = re.search(r"\(([^()]+)\)$", cells["registry"]) if register.key == "practice-guides" else None
    kind = next(type for words, type in _ENTRY_TYPES[register.kind] if re.search(words, name))
    if guide:
        kind = "recommendation"
    link, also_see = _entry_links(cells, register, note)
    shown = not register.facts_only
    strength = "" if cells["evidence_rating"] == "recommended" else cells["evidence_rating"]
    return Entry(
        title=_title(name, register),
        reference=note.pairs.get("reference", ""),
        type=kind,
        part_of=guide[1] if guide else "",
        says=cells["delivery"] if shown else "",
        strength=strength if shown else "",
        ages=cells["age_range"] if shown else "",
        targeting=cells["targeting"] if shown else "",
        topics=cells["outcome_domains"] if shown else "",
        setting=settings_in(cells["delivery"]) if shown else "",
        place=cells["uk"] if shown else "",
        access=note.pairs.get("access", ""),
        licence=note.pairs.get("licence", note.pairs.get("reuse", "")),
        published=note.pairs.get("published", when.latest),
        updated=note.pairs.get("last_updated", ""),
        link=link,
        also_see=also_see,
        caveat=note.caveat(_ENTRY_KEYS),
    )


_ENTRY_KEYS = ("reference", "published", "last_updated", "nice_url", "access", "licence", "reuse")


def _title(name: str, register: Register) -> str:
    if register.facts_only:
        # The reference has a column of its own; two editions of one guideline are told apart by it.
        return re.sub(r"\s*\([A-Z]+\d+\)$", "", name)
    return re.sub(r"\s*\((?:approach|category|the (?:toolkit|registry|register|clearinghouse))\)$", "", name)


def _entry_links(cells: GatheredCells, register: Register, note: Note) -> tuple[str, str]:
    """The publisher's own page first, and then the copy that was read, where they differ."""
    read_at = cells["source_url"]
    if not register.facts_only:
        return read_at, note.address(but=read_at)
    reference = note.pairs.get("reference", "").lower()
    if not reference or re.match(r"https?://(?:www\.)?nice\.org\.uk/", read_at):
        return read_at, ""
    return f"https://www.nice.org.uk/guidance/{reference}", read_at


# --- what every row needs -----------------------------------------------------------------------------------


def _check_always(cells: GatheredCells, problems: list[Problem]) -> None:
    if not cells["programme"]:
        problems.append(cells.problem("programme", "what it is called", "Fill it in, or take the row out."))
    if not re.match(r"https?://[^/\s]+\.", cells["source_url"]):
        problems.append(
            cells.problem(
                "source_url",
                "the page where the facts can be checked, starting with https:// or http://",
                "Give the page's address.",
            )
        )


def _date_cell(cells: GatheredCells, today: date, problems: list[Problem]) -> DateCell:
    found = read_date_cell(cells["rating_date"])
    problems.extend(
        cells.problem(
            "rating_date",
            "dates such as 2016, 2016-07 or 2016-07-14, with a semicolon between two",
            "Write the year first.",
            f"'{part}'",
        )
        for part in found.wrong
    )
    if found.latest and (when := FactDate.parse(found.latest)).earliest > today:
        problems.append(
            cells.problem(
                "rating_date",
                f"a date up to today, {long_date(today)}",
                "Check the date at the row's link.",
                f"{when.words}, which is in the future",
            )
        )
    return found
