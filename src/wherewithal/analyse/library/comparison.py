"""Two to five programmes side by side, every cell with the register it came from. Nothing is added up or ranked.

    comparison = compare([reading_of_one, reading_of_another])
    comparison.rows[0].cells[1]  # what is said of the second programme, each with its register and link

A cell may hold what several registers say; an empty cell means that our copies do not say. What nobody says of a
programme stands in words in ``not_known``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.library.ages import ages_in_words
from wherewithal.analyse.library.five_facts import NOT_SHOWN, DerivedFact
from wherewithal.analyse.library.programme import Programme
from wherewithal.analyse.library.rating import Rating
from wherewithal.analyse.library.reading import ProgrammeReading, RegisterView, years_in_words
from wherewithal.analyse.library.register import Register, registers
from wherewithal.analyse.library.rules import NO_RATING
from wherewithal.analyse.library.slugs import slug_of
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import listed
from wherewithal.spreadsheets import harmless

FEWEST, MOST = 2, 5
OUR_READING = "Our reading"
RULES_PAGE = "/library/rules/"
NOT_IN_OUR_COPIES = "Not in our copies"

NOTE = (
    "Side by side, and not ranked: registers ask for different things, and a programme suits some places and not "
    "others. An empty cell means that our copies do not say, and never that the answer is no."
)


@dataclass(frozen=True)
class Said:
    """What one register says, with the page where it can be checked. Our own reading names itself."""

    text: str
    register: str
    link: str = ""


Cell = tuple[Said, ...]


@dataclass(frozen=True)
class ComparisonRow:
    """One question, and what is said of each programme, in the order of the columns.

    ``differs`` is true where at least two programmes have an answer and these are not the same. On scales that are
    each register's own (ratings, cost, effects, economics) only answers of one register are held side by side.
    """

    key: str
    name: str
    cells: tuple[Cell, ...]
    differs: bool = False


@dataclass(frozen=True)
class Comparison:
    """``columns`` are the programmes; ``not_known`` has for each of them what our copies do not say, in words."""

    columns: tuple[Programme, ...]
    rows: tuple[ComparisonRow, ...]
    not_known: tuple[tuple[str, ...], ...]

    def row(self, key: str) -> ComparisonRow:
        """The row with that key. Raises KeyError where there is none."""
        return next((row for row in self.rows if row.key == key), None) or _no_row(key)


def _no_row(key: str) -> ComparisonRow:
    raise KeyError(key)


def compare(
    readings: Sequence[ProgrammeReading], studies: Mapping[str, Sequence[Said]] | None = None
) -> Comparison:
    """Put programmes side by side, in the order given.

    ``studies`` holds, by programme's slug, studies kept here (text, name of the source, link). Raises BadInput for
    fewer than two or more than five programmes, and for one that stands twice.
    """
    _check(readings)
    questions = [*_questions(readings), _studies_question(studies or {})]
    rows, gaps = [], [_registers_without(reading, readings) for reading in readings]
    for question in questions:
        cells = tuple(_once(question.says(reading)) for reading in readings)
        compared = [_once(question.compared(reading)) for reading in readings] if question.compared else cells
        rows.append(
            ComparisonRow(
                question.key, question.name, cells, _differs(compared, own_scale=question.own_scale)
            )
        )
        for cell, gap in zip(cells, gaps, strict=True):
            if not cell and question.unknown:
                gap.append(question.unknown)
    return Comparison(
        tuple(reading.programme for reading in readings), tuple(rows), tuple(tuple(gap) for gap in gaps)
    )


def _check(readings: Sequence[ProgrammeReading]) -> None:
    slugs = [reading.programme.slug for reading in readings]
    problems = [
        Problem(f"programme '{slug}'", f"{slugs.count(slug)} times", "each programme once", "Take one out.")
        for slug in dict.fromkeys(slugs)
        if slugs.count(slug) > 1
    ]
    if not FEWEST <= len(slugs) <= MOST:
        do = "Add another programme." if len(slugs) < FEWEST else f"Take out {len(slugs) - MOST}."
        problems.append(Problem("programmes to compare", str(len(slugs)), f"{FEWEST} to {MOST}", do))
    if problems:
        raise BadInput("These programmes cannot be put side by side.", problems)


# --- the questions ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Question:
    """``unknown`` is the sentence for a programme of which nobody says it; "" where that is no gap.

    ``compared`` is what is held side by side to see whether answers differ, where that is not all of ``says``.
    """

    key: str
    name: str
    says: Callable[[ProgrammeReading], Iterable[Said]]
    unknown: str = ""
    own_scale: bool = False
    compared: Callable[[ProgrammeReading], Iterable[Said]] | None = None


def _nothing(_: ProgrammeReading) -> Iterable[Said]:
    return ()


def _questions(readings: Sequence[ProgrammeReading]) -> Iterable[_Question]:
    yield _Question(
        "reading", OUR_READING, lambda reading: [Said(str(reading.band), OUR_READING, RULES_PAGE)]
    )
    yield _Question("rule", "Why we read it so", lambda reading: [_because(reading)], compared=_nothing)
    held = {view.register.key for reading in readings for view in reading.views}
    for register in registers().values():
        if register.key in held:
            yield _rating_question(register)
    yield _Question("disagreement", "Do registers disagree?", _disagreement, compared=_nothing)
    for position, fact in enumerate(readings[0].facts):
        yield _fact_question(position, fact.name)
    for key, name, unknown, of, own_scale in _COLUMNS:
        yield _Question(key, name, _from_rows(of), unknown, own_scale)
    when = "When its evidence was last reviewed."
    yield _Question("review", "Age of the review", _ages_of_reviews, when, compared=_nothing)


def _because(reading: ProgrammeReading) -> Said:
    because = reading.rule.because
    return Said(f"{because[:1].upper()}{because[1:]}.", OUR_READING, RULES_PAGE)


def _rating_question(register: Register) -> _Question:
    def views(reading: ProgrammeReading) -> list[RegisterView]:
        return [view for view in reading.views if view.register.key == register.key]

    def said(reading: ProgrammeReading) -> Iterable[Said]:
        for view in views(reading):
            when = f" ({view.reviewed})" if view.reviewed else ""
            yield Said(f"{view.native}{when}", register.name, view.standing.row.link)

    def rated(reading: ProgrammeReading) -> Iterable[Said]:
        return [Said(view.native, register.name) for view in views(reading) if not view.says.silent]

    return _Question(f"rating:{register.key}", register.name, said, own_scale=True, compared=rated)


def _registers_without(reading: ProgrammeReading, readings: Sequence[ProgrammeReading]) -> list[str]:
    """Which of the registers in this comparison say nothing of a programme, in a sentence for each way of it."""
    mine = {view.register.key for view in reading.views}
    others = {view.register.key for each in readings for view in each.views} - mine
    absent = [register.the for register in registers().values() if register.key in others and register.rates]
    unrated = [view.register.the for view in reading.views if view.says.state == NO_RATING]
    lines = []
    if absent:
        lines.append(
            f"What {listed(absent, 'or')} would say: our copies have no row for it, which is no bad mark."
        )
    if unrated:
        lines.append(
            f"How it is rated by {listed(list(dict.fromkeys(unrated)))}: our copy shows the row only."
        )
    return lines


def _disagreement(reading: ProgrammeReading) -> Iterable[Said]:
    page = f"/library/programmes/{reading.programme.slug}/"
    if reading.disagreement:
        text = f"{reading.disagreement.heading}. {reading.disagreement.why}"
    else:
        speaking = len({view.register.key for view in reading.views if not view.says.silent})
        text = (
            "No: each of them alone gives the same reading."
            if speaking > 1
            else "Only one register says anything about it."
            if speaking
            else "No register says anything about it."
        )
    yield Said(text, OUR_READING, page)


_FACT_GAPS = {
    "Best design": "What the best study design behind it is.",
    "Replicated": "Whether anybody has repeated the result.",
    "Lasting a year": "Whether what it achieves lasts a year.",
    "Direction": "Whether it makes things better or worse.",
    "Tested in the UK": "Whether it was tested in the UK.",
}


def _fact_question(position: int, name: str) -> _Question:
    def said(reading: ProgrammeReading) -> Iterable[Said]:
        fact: DerivedFact = reading.facts[position]
        if fact.answer != NOT_SHOWN:
            links = {view.register.name: view.standing.row.link for view in reversed(reading.views)}
            link = links.get(fact.registers[0], "") if len(fact.registers) == 1 else ""
            yield Said(fact.words, listed(fact.registers), link)

    return _Question(f"fact:{slug_of(name)}", name, said, _FACT_GAPS[name])


def _cost(register: Register, row: Rating) -> str:
    known = register.cost(row.cost) if row.cost else None
    if known is None or known.native == "NA":
        return ""
    return f"{known.native}: {known.meaning}"


_YES_NO = {"yes": "Yes", "no": "No"}

_COLUMNS: tuple[tuple[str, str, str, Callable[[Register, Rating], str], bool], ...] = (
    (
        "effects",
        "Size of effects, as registers give them",
        "How large its effects are.",
        lambda _, row: row.effects,
        True,
    ),
    (
        "ages-offered",
        "Ages it is offered to",
        "For which ages it is offered.",
        lambda _, row: ages_in_words(row.ages_offered),
        False,
    ),
    (
        "ages-evaluated",
        "Ages of those in the studies",
        "The ages of those who took part in the studies.",
        lambda _, row: ages_in_words(row.ages_evaluated),
        False,
    ),
    ("targeting", "Whom it is for", "Whom it is for.", lambda _, row: row.targeting, False),
    ("outcomes", "Outcomes looked at", "Which outcomes were looked at.", lambda _, row: row.outcomes, False),
    ("cost", "Cost, on each register's own scale", "What it costs.", _cost, True),
    (
        "economics",
        "Costs and benefits, as worked out there",
        "Whether its benefits are worth its costs.",
        lambda _, row: row.economics,
        True,
    ),
    ("workforce", "Who delivers it", "Who delivers it.", lambda _, row: row.workforce, False),
    ("training", "Training", "What training its staff need.", lambda _, row: row.training, False),
    (
        "delivery",
        "Format and length",
        "In what format it is delivered, and how long it takes.",
        lambda _, row: row.delivery,
        False,
    ),
    ("setting", "Setting", "Where it is delivered.", lambda _, row: row.setting, False),
    (
        "uk-available",
        "Available in the UK",
        "Whether it can be had in the UK.",
        lambda _, row: _YES_NO.get(row.uk_available, ""),
        False,
    ),
)
"""Key, name, the sentence for a gap, how a row answers, and whether the answer is on the register's own scale."""


def _from_rows(of: Callable[[Register, Rating], str]) -> Callable[[ProgrammeReading], Iterable[Said]]:
    def said(reading: ProgrammeReading) -> Iterable[Said]:
        for view in _listed_today(reading):
            if text := of(view.register, view.standing.row):
                yield Said(text, view.register.name, view.standing.row.link)

    return said


def _listed_today(reading: ProgrammeReading) -> Sequence[RegisterView]:
    """The rows that their register still lists; all of them where none is."""
    return [view for view in reading.views if not view.standing.withdrawn_in] or reading.views


def _ages_of_reviews(reading: ProgrammeReading) -> Iterable[Said]:
    for view in _listed_today(reading):
        if view.age is None:
            continue
        allowed = years_in_words(view.register.review_interval_years)
        age = years_in_words(view.age) if view.age else "under a year"
        state = f"older than the {allowed} we allow" if view.overdue else f"we allow {allowed}"
        yield Said(f"{age} ({view.reviewed}); {state}", view.register.name, view.standing.row.link)


def _studies_question(studies: Mapping[str, Sequence[Said]]) -> _Question:
    return _Question(
        "studies",
        "Studies kept here",
        lambda reading: studies.get(reading.programme.slug, ()),
        compared=_nothing,
    )


# --- side by side -------------------------------------------------------------------------------------------


def _once(said: Iterable[Said]) -> Cell:
    return tuple(dict.fromkeys(said))


def _differs(cells: Sequence[Cell], *, own_scale: bool) -> bool:
    """Whether two cells that are known say different things."""
    if not own_scale:
        return len({_texts(cell) for cell in cells if cell}) > 1
    names = {said.register for cell in cells for said in cell}
    return any(
        _differs([tuple(said for said in cell if said.register == name) for cell in cells], own_scale=False)
        for name in names
    )


def _texts(cell: Cell) -> frozenset[str]:
    return frozenset(said.text.casefold() for said in cell)


# --- as a spreadsheet ---------------------------------------------------------------------------------------


def comparison_csv(comparison: Comparison) -> str:
    """The comparison as CSV: a line for each question, a column for each programme, sources inside the cells.

    A last line says what is not known. Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")

    def write(cells: Iterable[str]) -> None:
        writer.writerow([harmless(cell.replace("\0", "").replace("\r", " ")) for cell in cells])

    write(["", *(programme.name for programme in comparison.columns)])
    for row in comparison.rows:
        write([row.name, *("\n".join(map(_sourced, cell)) or NOT_IN_OUR_COPIES for cell in row.cells)])
    write(
        ["What is not known", *("\n".join(gaps) or "Nothing of the above" for gaps in comparison.not_known)]
    )
    write(["How to read this", NOTE])
    return out.getvalue()


def _sourced(said: Said) -> str:
    link = said.link if said.link.startswith(("https://", "http://")) else ""
    return f"{said.text} [{', '.join(filter(None, (said.register, link)))}]"
