"""Filters of the library: which values a programme, guide, study or example has, and which words gave them.

Values come from the registers' own words by the lists of ``facets.toml`` (``facet_words``), from ages read as a range,
from each register's own cost bands, and from facts that need no words: register, band, year. ``*_reasons`` says for
each value which words gave it and where they stand; ``*_facets`` are those values alone.

A value is a short stable key; ``facet_value_name`` says it for people. ``NOT_SHOWN`` is itself a value: our copies do
not say. It is given only for facets that things of that kind could have (the table ``not_shown`` of the data file).
``OTHER`` is what a register says in words that no list knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wherewithal.analyse.library.ages import Ages, ages_in_words, read_ages
from wherewithal.analyse.library.entry import TYPES, Entry
from wherewithal.analyse.library.example import Example
from wherewithal.analyse.library.facet_words import facet_words, plain_words
from wherewithal.analyse.library.rating import Rating
from wherewithal.analyse.library.reading import ProgrammeReading
from wherewithal.analyse.library.register import Register, registers
from wherewithal.analyse.library.rules import Band
from wherewithal.analyse.library.slugs import slug_of

FACETS_VERSION: str = facet_words().version
"""Changes whenever a word list or a rule here does: whatever was made with another version is made again."""

FACETS_RULE: str = facet_words().rule

NOT_SHOWN = "not-shown"
OTHER = "other"
"""The value of what a register says in words that no list knows."""

KINDS = {
    "programme": "Programmes",
    "approach": "Approaches",
    "guidance": "Guidance",
    "study": "Studies and reports",
    "example": "Who else has done this",
    "toolkits": "Where to look",
}

FIRST_YEAR, LAST_YEAR = 1980, 2100
EARLIER = "earlier"
"""The value of a year before ``FIRST_YEAR``."""

AGE_BANDS: Mapping[str, Ages] = {
    "under-3": (0, 2),
    "3-4": (3, 4),
    "5-10": (5, 10),
    "11-15": (11, 15),
    "16-plus": (16, 200),
}
"""First and last year of age, both counted to the next birthday: "under-3" is everything before the third."""

_UK = {"yes": "Tested in the UK", "no": "Not tested in the UK", NOT_SHOWN: "Not shown"}


@dataclass(frozen=True)
class Facet:
    """One filter: ``values`` are its keys in the order in which they are shown, ``names`` what people read."""

    key: str
    name: str
    names: Mapping[str, str]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.names)


@dataclass(frozen=True)
class Reason:
    """Why something has a value: ``words`` that gave it, as they were compared, and ``where`` they stand."""

    facet: str
    value: str
    words: str
    where: str

    @property
    def sentence(self) -> str:
        """For a reader: "Behaviour: Foundations Guidebook, outcomes, says 'conduct'."."""
        name = facet_value_name(self.facet, self.value)
        return f"{name}: {self.where}, says “{self.words}”." if self.words else f"{name}: {self.where}."


def _facets() -> tuple[Facet, ...]:
    words = facet_words()

    def listed_words(key: str) -> Facet:
        names = {value.key: value.name for value in words.lists[key]}
        return Facet(key, words.names[key], names | {OTHER: "Other", NOT_SHOWN: "Not shown"})

    years = {str(year): str(year) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)}
    types = {slug_of(name): name.capitalize() for names in TYPES.values() for name in names}
    return (
        Facet("kind", "What it is", KINDS),
        listed_words("outcome"),
        listed_words("age"),
        listed_words("need"),
        listed_words("setting"),
        listed_words("workforce"),
        Facet("cost", "Cost, on each register's own scale", _cost_names() | {NOT_SHOWN: "Not shown"}),
        Facet("register", "Register or list", {key: each.name for key, each in registers().items()}),
        Facet("band", "Our reading", {band_value(band): str(band) for band in Band}),
        Facet("uk_tested", "Tested in the UK", _UK),
        Facet(
            "reviewed",
            "Last reviewed",
            years | {EARLIER: f"Before {FIRST_YEAR}", NOT_SHOWN: "Not shown"},
        ),
        Facet("type", "Type of guidance or place", types),
    )


def band_value(band: Band) -> str:
    """A band as a value: "no-effect-or-harm"."""
    return slug_of(str(band))


def _cost_names() -> dict[str, str]:
    names = {}
    for scale in facet_words().cost_scales:
        costs = registers()[scale.registers[0]].costs
        for cost in costs:
            if cost.native != "NA":
                meaning = cost.meaning.split(", on the toolkit")[0]
                names[f"{scale.key}-{cost.native}"] = f"{scale.name} {cost.native}: {meaning}"
    return names


FACETS: tuple[Facet, ...] = _facets()
_BY_KEY = {facet.key: facet for facet in FACETS}


def facet_value_name(facet: str, value: str) -> str:
    """A value for people; one that is not known is given as it is."""
    known = _BY_KEY.get(facet)
    return known.names.get(value, value) if known else value


@dataclass(frozen=True)
class Years:
    """Some values of the facet ``reviewed`` under one name, as seen from one day."""

    key: str
    name: str
    values: tuple[str, ...]


def years_for_display(today: date) -> tuple[Years, ...]:
    """The years of reviews in groups, the newest first, counted in calendar years back from ``today``.

    A group's key stays the same as years go by; its values do not, so a search keeps the key or the values.
    """
    span = range(LAST_YEAR, FIRST_YEAR - 1, -1)
    fifth, tenth = today.year - 4, today.year - 9
    return (
        Years(
            "last-5-years",
            f"In the last 5 years ({fifth} or later)",
            tuple(str(year) for year in span if year >= fifth),
        ),
        Years(
            "5-to-10-years",
            f"6 to 10 years ago ({tenth} to {fifth - 1})",
            tuple(str(year) for year in span if tenth <= year < fifth),
        ),
        Years(
            "over-10-years",
            f"Longer ago (before {tenth})",
            (*(str(year) for year in span if year < tenth), EARLIER),
        ),
        Years(NOT_SHOWN, "Not shown", (NOT_SHOWN,)),
    )


# --- what a thing has ---------------------------------------------------------------------------------------


def programme_facets(reading: ProgrammeReading) -> dict[str, tuple[str, ...]]:
    """A programme's values by facet, from every register that lists it."""
    return _values(programme_reasons(reading))


def programme_reasons(reading: ProgrammeReading) -> tuple[Reason, ...]:
    """Why a programme has each of its values.

    Rows that their register no longer lists count only where there are no others. A programme's year is that of its
    newest review. It counts as tested in the UK where one register says so.
    """
    views = [view for view in reading.views if not view.standing.withdrawn_in] or list(reading.views)
    rows = [(view.register, view.standing.row) for view in views]
    kind = "approach" if all(register.approaches for register, _ in rows) else "programme"
    outcomes = [(f"{register.name}, outcomes", row.outcomes) for register, row in rows]
    found = [Reason("kind", kind, "", "What its registers rate"), *_in_words("outcome", outcomes)]
    if len(found) == 1:
        found += _in_words("outcome", _name_and_people(rows))
    unread = _unread("outcome", outcomes)
    for register, row in rows:
        ages = (f"{register.name}, ages", row.ages_offered or row.ages_evaluated)
        people = (f"{register.name}, whom it is for", row.targeting)
        where = (f"{register.name}, setting", row.setting)
        who = (f"{register.name}, who delivers it", row.workforce)
        how = (f"{register.name}, delivery", row.delivery)
        found += _ages_of(*ages)
        found += _in_words("need", [people])
        found += _in_words("setting", [where, how])
        found += _in_words("workforce", [who, how])
        found += _cost_of(register, row)
        found.append(Reason("register", register.key, "", f"{register.name} lists it"))
        for facet, said in (("age", ages), ("need", people), ("setting", where), ("workforce", who)):
            unread += _unread(facet, [said])
    found += _tested_here(rows)
    found.append(Reason("band", band_value(reading.band), "", "Our reading"))
    found += _newest([(register.name, row.reviewed.year) for register, row in rows if row.reviewed])
    return _with_gaps(kind, found, unread)


def _tested_here(rows: Sequence[tuple[Register, Rating]]) -> list[Reason]:
    """Yes where one register says so; no only where one says no and none says yes."""
    said = [
        Reason("uk_tested", row.uk_tested, "", f"{one.name} says so") for one, row in rows if row.uk_tested
    ]
    return [reason for reason in said if reason.value == "yes"] or said


def _name_and_people(rows: Sequence[tuple[Register, Rating]]) -> list[tuple[str, str]]:
    names = [(f"{register.name}, its name", row.programme) for register, row in rows]
    people = [(f"{register.name}, whom it is for", row.targeting) for register, row in rows]
    return [*names, *people]


def entry_facets(register: Register, entry: Entry) -> dict[str, tuple[str, ...]]:
    """The values by facet of a guide, recommendation, place to look or practice example in a list."""
    return _values(entry_reasons(register, entry))


def entry_reasons(register: Register, entry: Entry) -> tuple[Reason, ...]:
    """Why an entry of a list has each of its values. Its title counts as a topic; what it says, where neither does."""
    kind = "example" if register.kind == "practice examples" else register.kind
    found = [Reason("kind", kind, "", register.name)]
    if entry.type:
        found.append(Reason("type", slug_of(entry.type), "", register.name))
    topics = [("Topics", entry.topics), ("Title", entry.name)]
    people = [("Whom it is for", entry.targeting)]
    where = [("Setting", entry.setting)]
    outcomes = _in_words("outcome", topics)
    found += outcomes or _in_words("outcome", [("What it says", entry.says)])
    found += _ages_of("Ages", entry.ages)
    if kind == "guidance" and not entry.ages:
        found += _ages_in_title(entry.title)
    found += _in_words("need", people)
    found += _in_words("setting", where)
    found.append(Reason("register", register.key, "", f"In the list {register.name}"))
    found += _newest([(register.name, entry.reviewed.year)] if entry.reviewed else [])
    unread = [
        *_unread("outcome", topics[:1]),
        *_unread("age", [("Ages", entry.ages)]),
        *_unread("need", people),
        *_unread("setting", where),
    ]
    return _with_gaps(kind, found, unread)


def study_facets(work: Mapping[str, Any], says: str = "") -> dict[str, tuple[str, ...]]:
    """A study's values by facet. ``work`` is what a service says of it, in the shape of ``sources.work.Work``."""
    return _values(study_reasons(work, says))


def study_reasons(work: Mapping[str, Any], says: str = "") -> tuple[Reason, ...]:
    """Why a study has each of its values: from its title, keywords and what a person here says it found.

    Its abstract is read only where none of these gives an outcome: abstracts name much that was not studied.
    """
    found = [Reason("kind", "study", "", "Studies and reports")]
    keywords = "; ".join(map(str, work.get("keywords") or ()))
    title = str(work.get("title") or "")
    outcomes = _in_words("outcome", [("Title", title), ("Keywords", keywords), ("What it says", says)])
    found += outcomes or _in_words("outcome", [("Abstract", str(work.get("abstract") or ""))])
    found += _in_words("age", [("Title", title), ("Keywords", keywords)])
    found += _in_words("setting", [("Title", title), ("Keywords", keywords)])
    if isinstance(year := work.get("year"), int):
        found += _newest([("Published", year)])
    return _with_gaps("study", found)


def example_facets(example: Example) -> dict[str, tuple[str, ...]]:
    """The values by facet of an account that a person here gave."""
    return _values(example_reasons(example))


def example_reasons(example: Example) -> tuple[Reason, ...]:
    """Why an account has each of its values: from its topics, title and programmes, else from what was done."""
    found = [Reason("kind", "example", "", "Who else has done this")]
    named = "; ".join(example.programmes)
    about = [("Topics", example.topics), ("Title", example.title), ("Programmes", named)]
    outcomes = _in_words("outcome", about)
    found += outcomes or _in_words("outcome", [("What was done", example.done)])
    found += _ages_of("Ages", example.ages)
    found += _in_words("setting", [("Title", example.title), ("What was done", example.done)])
    found += _in_words("workforce", [("What was done", example.done)])
    if example.year:
        found += _newest([("When it was", example.year)])
    unread = [*_unread("outcome", about[:1]), *_unread("age", [("Ages", example.ages)])]
    return _with_gaps("example", found, unread)


# --- from words to values -----------------------------------------------------------------------------------


def _values(reasons: Iterable[Reason]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for reason in reasons:
        found.setdefault(reason.facet, set()).add(reason.value)
    return {
        facet.key: tuple(value for value in facet.values if value in found[facet.key])
        for facet in FACETS
        if facet.key in found
    }


def _with_gaps(kind: str, found: Sequence[Reason], unread: Sequence[Reason] = ()) -> tuple[Reason, ...]:
    """Each value's first reason; for a facet without any, what was said and not read, else "not shown".

    "Targeted, kind not said" goes where another word says the kind.
    """
    first: dict[tuple[str, str], Reason] = {}
    for reason in found:
        first.setdefault((reason.facet, reason.value), reason)
    if any(("need", kind_of_need) in first for kind_of_need in ("selective", "indicated", "specialist")):
        first.pop(("need", "targeted"), None)
    held = {facet for facet, _ in first}
    others = {reason.facet: reason for reason in reversed(unread) if reason.facet not in held}
    gaps = (
        Reason(facet, NOT_SHOWN, "", "Our copies do not say")
        for facet in facet_words().not_shown[kind]
        if facet not in held and facet not in others
    )
    return (*first.values(), *others.values(), *gaps)


def _unread(facet: str, texts: Iterable[tuple[str, str]]) -> list[Reason]:
    """What stands in a register's own column for this facet, to be named where no list knows its words."""
    return [Reason(facet, OTHER, text, where) for where, text in texts if text]


def _in_words(facet: str, texts: Iterable[tuple[str, str]]) -> list[Reason]:
    """The values whose words stand in any of these texts, each given with where it stands."""
    plain = [(where, plain_words(text)) for where, text in texts if text]
    return [
        Reason(facet, value.key, words, where)
        for value in facet_words().lists[facet]
        for where, text in plain
        if (words := value.first_in(text))
    ]


def _ages_of(where: str, text: str) -> list[Reason]:
    """Age bands that a register's ages touch: by number where it is safely a range, and by its words."""
    found = []
    for part in _age_parts(text):
        span = _years_of(part)
        if span is None:
            found += _in_words("age", [(where, part)])
            continue
        found += [
            Reason("age", band, ages_in_words(part), where)
            for band, (first, last) in AGE_BANDS.items()
            if span[0] < last + 1 and span[1] >= first
        ]
    return found


def _ages_in_title(title: str) -> list[Reason]:
    """Age bands from a title, for a list of which we may keep no more: "in under 19s", "Postnatal care"."""
    if span := _AGE_IN_TITLE.search(title):
        return _ages_of("Title", f"under {span[1]}")
    return _in_words("age", [("Title", title)])


_AGE_IN_TITLE = re.compile(r"\b(?:under|younger than)\s+(\d{1,2})", re.IGNORECASE)


@cache
def _age_parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _years_of(text: str) -> Ages | None:
    """As ``read_ages``, and also with a note in brackets or words around the range ("0-18 bands", "aged 3-4")."""
    bare = text.split("(")[0].strip().removesuffix(" bands").removesuffix(" at start")
    bare = bare.removeprefix("ages ").removeprefix("aged ")
    span = read_ages(text) or read_ages(bare)
    if span and bare.lower().startswith("under "):
        # "Under 5" ends before the fifth birthday, where "up to 5" goes on to the sixth.
        return span[0], span[1] - 0.01
    if span and bare.lower().startswith("from "):
        return span[0], AGE_BANDS["16-plus"][1]
    return span


def _cost_of(register: Register, row: Rating) -> list[Reason]:
    for scale in facet_words().cost_scales:
        value = f"{scale.key}-{row.cost}"
        if register.key in scale.registers and value in _BY_KEY["cost"].names:
            return [Reason("cost", value, row.cost, f"{register.name}, cost rating")]
    return []


def _newest(years: Sequence[tuple[str, int]]) -> list[Reason]:
    if not years:
        return []
    where, year = max(years, key=lambda each: each[1])
    return [Reason("reviewed", str(year) if year >= FIRST_YEAR else EARLIER, "", f"{where}, {year}")]
