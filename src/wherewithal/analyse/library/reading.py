"""One programme, read: the band with the rule that gave it, five facts, cautions, disagreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.analyse.library.ages import ages_in_words, read_ages
from wherewithal.analyse.library.dates import whole_years, years_on
from wherewithal.analyse.library.difference import Standing
from wherewithal.analyse.library.disagreement import Disagreement, disagreement
from wherewithal.analyse.library.five_facts import DerivedFact, five_facts
from wherewithal.analyse.library.programme import Catalogue, Match, Programme, catalogue
from wherewithal.analyse.library.rating import Rating
from wherewithal.analyse.library.register import Register
from wherewithal.analyse.library.rules import COSTS_ONLY, NO_RATING, Band, Rule, Says, fired, says
from wherewithal.plain_english import listed

_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@dataclass(frozen=True)
class RegisterView:
    """One line of a programme's table: what a register says, in its own terms.

    ``native`` is its own rating for a reader, or why there is none; ``reviewed`` the date of the review in
    words; ``age`` whole years since, or None; ``overdue`` whether that is more than we allow.
    """

    says: Says
    match: Match
    native: str
    alone: Band
    reviewed: str
    age: int | None
    overdue: bool

    @property
    def register(self) -> Register:
        return self.says.register

    @property
    def standing(self) -> Standing[Rating]:
        return self.says.standing

    @property
    def meaning(self) -> str:
        """What the native value means, in our words."""
        if self.standing.withdrawn_in:
            return "Our newest copy of the register no longer lists it. That alone does not say why."
        if self.says.value is None:
            return "Our copy of the page does not show a rating. That says nothing either way."
        flag = f" {self.says.flag.meaning}" if self.says.flag else ""
        return f"{self.says.value.meaning}{flag}"


@dataclass(frozen=True)
class ProgrammeReading:
    """Everything a programme's page says. Nothing in it is a score."""

    programme: Programme
    views: tuple[RegisterView, ...]
    band: Band
    rule: Rule
    facts: tuple[DerivedFact, ...]
    disagreement: Disagreement | None
    cautions: tuple[str, ...]
    look_again: date
    today: date

    @property
    def ages_offered(self) -> tuple[tuple[str, str], ...]:
        """Register's name and the ages it says the programme is for."""
        return tuple(
            (view.register.name, ages_in_words(view.standing.row.ages_offered))
            for view in self.views
            if view.standing.row.ages_offered
        )

    @property
    def ages_evaluated(self) -> tuple[tuple[str, str], ...]:
        """Register's name and the ages of those who took part in the studies behind its rating."""
        return tuple(
            (view.register.name, ages_in_words(view.standing.row.ages_evaluated))
            for view in self.views
            if view.standing.row.ages_evaluated
        )

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every outcome that a register names, once."""
        named = [
            outcome.strip()
            for view in self.views
            for outcome in view.standing.row.outcomes.split(";")
            if outcome.strip()
        ]
        return tuple({outcome.casefold(): outcome for outcome in reversed(named)}.values())[::-1]


def read_programme(
    programme: Programme,
    standings: Sequence[Standing[Rating]],
    *,
    today: date,
    names: Catalogue | None = None,
) -> ProgrammeReading:
    """Read what the registers say about ``programme`` on ``today``.

    ``standings`` are its rows, one for each time a register holds it. Raises ValueError where there are none.
    """
    if not standings:
        raise ValueError(f"no register row for {programme.slug}")
    names = names or catalogue()
    rows = [says(standing) for standing in standings]
    views = tuple(_view(row, names, today) for row in rows)
    rule = fired(rows)
    return ProgrammeReading(
        programme,
        views,
        rule.band,
        rule,
        five_facts(rows),
        disagreement(rows),
        tuple(_cautions(views)),
        _look_again(views, today),
        today,
    )


def _view(row: Says, names: Catalogue, today: date) -> RegisterView:
    facts = row.standing.row
    reviewed = facts.reviewed
    age = whole_years(reviewed.latest, today) if reviewed else None
    native = facts.native(row.register) or (COSTS_ONLY if row.state == COSTS_ONLY else NO_RATING)
    if row.standing.withdrawn_in:
        native = f"no longer listed (was {native})"
    return RegisterView(
        row,
        names.match(row.register.key, facts.programme),
        native,
        fired([row]).band,
        reviewed.words if reviewed else "",
        age,
        age is not None and age >= row.register.review_interval_years,
    )


def _cautions(views: Sequence[RegisterView]) -> list[str]:
    """What a careful reader should know, beside the disagreement and each row's own note."""
    cautions = []
    speaking = [view for view in views if not view.says.silent]
    cautions.extend(_old(speaking, alone=len(views) == 1))
    for view in speaking:
        lead = f"{view.register.name}: " if len(views) > 1 else ""
        if "rating" in view.standing.carried and view.standing.rating_edition:
            since = view.standing.rating_edition.when
            cautions.append(
                _sentence(
                    lead, f"the strength of evidence is from the {since}; a newer copy shows only months"
                )
            )
        if view.says.value and view.says.value.sure == "unchecked":
            cautions.append(_sentence(lead, f"what '{view.native}' asks for was not checked at its source"))
        if view.match.sure == "likely":
            cautions.append(view.match.why)
        elif view.match.sure == "same name" and len(views) > 1:
            cautions.append(_sentence(lead, "matched by its name only; nobody has checked the version"))
        if beyond := _beyond(view):
            cautions.append(_sentence(lead, beyond))
    averaged = all(view.register.approaches for view in views)
    if not averaged and not any(view.standing.row.uk_tested == "yes" for view in views):
        cautions.append("None of our copies shows a test in the UK.")
    return cautions


def _old(speaking: Sequence[RegisterView], *, alone: bool) -> list[str]:
    """Reviews older than we allow, and reviews without a date, in a line each."""
    overdue = [view for view in speaking if view.overdue and view.age is not None]
    undated = [view for view in speaking if view.age is None]
    lines = []
    if overdue and alone:
        view = overdue[0]
        what = "study" if view.register.kind == "single studies" else "review"
        lines.append(f"The {what} is {years_in_words(view.age or 0)} old ({view.reviewed}).")
    elif overdue:
        ages = [
            f"{view.register.name}, {years_in_words(view.age or 0)} ({view.reviewed})" for view in overdue
        ]
        lines.append(f"Old reviews: {'; '.join(ages)}.")
    if undated and alone:
        lines.append("Our copy does not show when it was reviewed.")
    elif undated:
        lines.append(f"No date in our copy: {listed([view.register.name for view in undated])}.")
    return lines


def _beyond(view: RegisterView) -> str:
    offered, evaluated = (
        read_ages(view.standing.row.ages_offered),
        read_ages(view.standing.row.ages_evaluated),
    )
    if not offered or not evaluated:
        return ""
    if offered[0] >= evaluated[0] and offered[1] <= evaluated[1]:
        return ""
    return (
        f"offered at ages {ages_in_words(view.standing.row.ages_offered)}, "
        f"evaluated only at {ages_in_words(view.standing.row.ages_evaluated)}"
    )


def _sentence(lead: str, words: str) -> str:
    text = f"{lead}{words}"
    return f"{text[:1].upper()}{text[1:]}."


def years_in_words(years: int) -> str:
    number = _WORDS[years] if years < len(_WORDS) else str(years)
    return f"{number} year{'' if years == 1 else 's'}"


def _look_again(views: Sequence[RegisterView], today: date) -> date:
    """When the first rating is due, within three years.

    In one year where a review is already overdue or its date is not known, which the cautions then say.
    """
    due = [years_on(today, 3)]
    for view in views:
        if view.says.silent:
            continue
        reviewed = view.standing.row.reviewed
        when = years_on(reviewed.latest, view.register.review_interval_years) if reviewed else today
        due.append(when if when > today else years_on(today, 1))
    return min(due)


def absent_registers(views: Sequence[RegisterView], held: Mapping[str, Register]) -> list[Register]:
    """The registers of which we hold a copy, and in which this programme has no row."""
    present = {view.register.key for view in views}
    return [register for key, register in held.items() if key not in present]
