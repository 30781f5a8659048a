"""The options side by side, in words first: the same rows for the page, the paper and the spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isinf

from wherewithal.plain_english import counted, listed, number, pounds
from wherewithal.plan.options.appraisal import STOP_YEAR, Appraisal, OptionResult
from wherewithal.plan.options.quantity import Range


@dataclass(frozen=True)
class Cell:
    """What one option has in one row: ``words`` first, its ``range`` in brackets, then a quieter note."""

    words: str
    range: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The cell in one line of plain text."""
        lead = " ".join(part for part in (self.words, self.range) if part)
        return f"{lead}. {self.note}" if self.note else lead

    @property
    def lines(self) -> str:
        """The cell as a paper shows it: the words with their range, the note on lines of its own."""
        lead = " ".join(part for part in (self.words, self.range) if part)
        return f"{lead}\n{self.note}" if self.note else lead


@dataclass(frozen=True)
class Row:
    """One row of the comparison: ``rule`` says how it was worked out."""

    key: str
    label: str
    rule: str
    cells: tuple[Cell, ...]


NOT_COSTED = Cell("not yet costed", note="add what it costs, year by year")


def rounded(value: float) -> float:
    """Three significant figures: more would claim to know more than anybody does."""
    if value == 0 or isinf(value):
        return value
    return float(f"{value:.3g}")


def money(range_: Range) -> Cell:
    """A sum of money to three figures, with its range."""
    words = pounds(rounded(range_.expected))
    if range_.is_certain:
        return Cell(words)
    if isinf(range_.high):
        return Cell(words, f"({number(rounded(range_.low))} to no limit: perhaps nobody finishes)")
    return Cell(words, f"({_bare(range_.low)} to {_bare(range_.high)})")


def count(range_: Range, places: int = 0) -> Cell:
    """A number of families or staff, with its range."""
    words = _trimmed(range_.expected, places)
    low, high = _trimmed(range_.low, places), _trimmed(range_.high, places)
    return Cell(words) if low == high else Cell(words, f"({low} to {high})")


def _bare(value: float) -> str:
    return pounds(rounded(value)).replace("£", "")


def _trimmed(value: float, places: int) -> str:
    text = number(value, places)
    return text.rstrip("0").rstrip(".") if places else text


def runs(values: Sequence[str], labels: Sequence[str]) -> str:
    """Values by year with repeats said once: "2 in 2026/27, then 4"."""
    spans = [
        (value, [label for _, label in years])
        for value, years in groupby(zip(values, labels, strict=True), lambda p: p[0])
    ]
    if len(spans) == 1:
        return f"{spans[0][0]} in every year" if len(labels) > 1 else f"{spans[0][0]} in {labels[0]}"
    parts = []
    for position, (value, years) in enumerate(spans):
        last = position == len(spans) - 1
        span = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
        parts.append(f"then {value}" if last else f"{value} in {span}")
    return ", ".join(parts)


def finish_cell(result: OptionResult) -> Cell:
    """Families who finish in an average year, and how many start."""
    if not result.start.high:
        return Cell("none")
    years = len(result.start_by_year)
    note = f"{number(result.start.expected / years)} start"
    if result.groups_by_year:
        note += f", in up to {counted(max(result.groups_by_year), 'group')} a year"
    cell = count(result.finish_a_year)
    return Cell(cell.words, cell.range, note)


def each_cell(result: OptionResult) -> Cell:
    """Cost for each family who finishes."""
    if not result.option.is_costed:
        return NOT_COSTED
    if result.cost_for_each_finisher is None:
        return Cell("nobody finishes")
    return money(result.cost_for_each_finisher)


def present_cell(result: OptionResult) -> Cell:
    """Present cost, with the total before discounting."""
    if not result.option.is_costed:
        return NOT_COSTED
    cell = money(result.present_cost)
    return Cell(cell.words, cell.range, f"{money(result.total_cost).words} before discounting")


def first_cell(result: OptionResult) -> Cell:
    """Money needed in the first year."""
    return money(result.first_year_money) if result.option.is_costed else NOT_COSTED


def difference_cell(appraisal: Appraisal, result: OptionResult) -> Cell:
    """Money and families more or less than with business as usual."""
    difference = appraisal.difference(result.option.key)
    if result is appraisal.business_as_usual:
        return Cell("what the others are compared with")
    if difference is None:
        return Cell("nothing to compare with", note="add 'carry on as now' as an option")
    cost = pounds(abs(rounded(difference.total_cost)))
    dearer = "more" if difference.total_cost >= 0 else "less"
    families = round(difference.finish)
    reach = f"{abs(families):,} {'more' if families >= 0 else 'fewer'} families finish"
    note = (
        f"{pounds(rounded(difference.for_each_more))} for each one more" if difference.for_each_more else ""
    )
    return Cell(f"{cost} {dearer}; {reach}", note=note)


def staff_cell(result: OptionResult, labels: Sequence[str]) -> Cell:
    """Staff needed by year against staff in post, in full-time equivalents: the worst year first."""
    if not result.option.is_staffed:
        return Cell("not yet said", note="say which staff it needs, or that it needs none")
    if not result.staff:
        return Cell("none needed")
    short = Range(
        max(r.expected for r in result.short_by_year),
        max(r.well for r in result.short_by_year),
        max(r.badly for r in result.short_by_year),
    )
    needed = runs([_trimmed(r.expected, 1) for r in result.fte_by_year], labels)
    have = _trimmed(sum(need.line.in_post for need in result.staff), 1)
    notes = [f"full-time equivalents needed: {needed}; in post: {have}"]
    for need in result.staff:
        if need.to_train.expected > 0 and need.line.training_weeks:
            weeks = counted(round(need.line.training_weeks), "week")
            people = _trimmed(need.to_train.expected, 1)
            notes.append(f"to train: {people} ({need.line.role}), {weeks} each")
    cell = count(short, 1)
    if short.high <= 0:
        return Cell("Yes, with staff in post", note="; ".join(notes))
    if short.expected <= 0:
        return Cell("Yes, if it goes as expected", f"{cell.range} more", "; ".join(notes))
    return Cell(f"{cell.words} more than in post", cell.range, "; ".join(notes))


def grant_cell(result: OptionResult) -> Cell:
    """What is lost when the grant stops, and what somebody would have to find to carry on."""
    stops = result.grant_stops
    if not stops.exposed:
        return Cell("no change", note="nothing is paid from a grant")
    lost = money(stops.lost)
    note = f"{money(stops.to_find).words} a year to find to carry on" if stops.to_find.expected > 0 else ""
    if stops.lost.high <= 0:
        return Cell("no training or set-up lost", note=note)
    return Cell(f"{lost.words} of training and set-up lost", lost.range, note)


def payers_cell(result: OptionResult) -> Cell:
    """Each payer's share of the total cost, largest first."""
    total = sum(amount for _, amount in result.paid_by)
    if total <= 0:
        return Cell("nobody", note="it costs nothing as written")
    if len(result.paid_by) == 1:
        return Cell(f"{result.paid_by[0][0]} pays all")
    return Cell(listed([f"{name} {amount / total:.0%}" for name, amount in result.paid_by]))


def rows_of(appraisal: Appraisal) -> tuple[Row, ...]:
    """The rows of the comparison, one cell an option in the order of the appraisal."""
    labels = appraisal.horizon.labels
    years = counted(appraisal.horizon.years, "year")
    prices = appraisal.horizon.price_base
    stop = min(STOP_YEAR, appraisal.horizon.years)

    def row(key: str, label: str, rule: str, cell: Callable[[OptionResult], Cell]) -> Row:
        return Row(key, label, rule, tuple(cell(result) for result in appraisal.results))

    return (
        row(
            "finish",
            "Families who finish, a year",
            "Families who start times the share who finish, averaged over the years.",
            finish_cell,
        ),
        row(
            "each",
            "Cost for each family who finishes",
            f"All money over {years} divided by all families who finish in them: {prices}, not discounted.",
            each_cell,
        ),
        row(
            "present",
            f"Cost over {years}, in today's terms",
            f"Every year's cost in {prices}, later years discounted, added up (present cost).",
            present_cell,
        ),
        row("first", f"Money needed in {labels[0]}", "All cost lines of the first year.", first_cell),
        row(
            "more",
            "Against carrying on as now",
            f"Over {years}, both as expected, {prices}, not discounted.",
            lambda result: difference_cell(appraisal, result),
        ),
        row(
            "staff",
            "Can we staff it?",
            "Full-time equivalents needed in the year of greatest need, less those in post.",
            lambda result: staff_cell(result, labels),
        ),
        row(
            "grant",
            f"If the grant stops in year {stop}",
            f"Training and set-up money spent by the end of year {stop} that no other service would use. "
            "Counted in full, although it was of use until then.",
            grant_cell,
        ),
        row(
            "payers", "Who pays", "Each payer's share of all money, as expected, not discounted.", payers_cell
        ),
    )
