"""The five facts behind a reading, each with the registers it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wherewithal.analyse.library.rules import Says

YES, NO, NOT_SHOWN = "yes", "no", "not shown"


@dataclass(frozen=True)
class DerivedFact:
    """``answer`` is yes, no or not shown; ``words`` say it in full; ``registers`` name what it rests on."""

    name: str
    answer: str
    words: str
    registers: tuple[str, ...] = ()


def five_facts(rows: Sequence[Says]) -> tuple[DerivedFact, ...]:
    """Best design, replication, durability, direction and UK test, from what the rows show and no more.

    A register that no longer lists the programme is left out.
    """
    rows = [row for row in rows if row.standing.withdrawn_in is None]
    return (_design(rows), _replicated(rows), _lasting(rows), _direction(rows), _tested_here(rows))


def _names(rows: Iterable[Says]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.register.name for row in rows))


def _which(rows: Sequence[Says], test: Callable[[Says], bool]) -> tuple[Says, ...]:
    return tuple(row for row in rows if test(row))


def _design(rows: Sequence[Says]) -> DerivedFact:
    name = "Best design"
    # A study that gave no result, or whose result we do not hold, is not yet evidence of anything.
    counted = [row for row in rows if not row.silent]
    designs = [(_design_of(row), row) for row in counted]
    for design, answer, words in _BEST_FIRST:
        if found := [row for its, row in designs if its == design]:
            return DerivedFact(name, answer, words, _names(found))
    return DerivedFact(name, NOT_SHOWN, NOT_SHOWN)


_BEST_FIRST = (
    ("randomised trial", YES, "randomised trial"),
    ("controlled trial", YES, "trial with a comparison"),
    ("rigorous comparison", YES, "randomised or well-matched comparison"),
    ("many studies averaged", YES, "several studies, averaged"),
    ("before and after", NO, "before and after only"),
    ("no rigorous comparison", NO, "no rigorous comparison"),
)


def _design_of(row: Says) -> str:
    """The row's own word for its design, or what its register's value implies."""
    return row.standing.row.design or (row.value.design if row.value else "")


def _replicated(rows: Sequence[Says]) -> DerivedFact:
    name = "Replicated"
    if found := _which(rows, lambda row: row.value is not None and row.value.independent):
        return DerivedFact(name, YES, "yes, by others", _names(found))
    if found := _which(rows, lambda row: row.value is not None and row.value.several == "rigorous"):
        return DerivedFact(name, YES, "yes", _names(found))
    if found := _which(rows, lambda row: row.averaged and row.direction != ""):
        return DerivedFact(name, YES, "an average of several studies", _names(found))
    if found := _which(rows, lambda row: row.value is not None and row.value.several == "weaker"):
        return DerivedFact(name, NO, "only by weaker studies", _names(found))
    return DerivedFact(name, NOT_SHOWN, NOT_SHOWN)


def _lasting(rows: Sequence[Says]) -> DerivedFact:
    name = "Lasting a year"
    lasts = _which(
        rows, lambda row: row.standing.row.lasting == "yes" or (row.value is not None and row.value.lasting)
    )
    fades = _which(rows, lambda row: row.standing.row.lasting == "no")
    if lasts and fades:
        return DerivedFact(name, YES, "yes in some studies, not in others", _names((*lasts, *fades)))
    if lasts:
        return DerivedFact(name, YES, "yes", _names(lasts))
    if fades:
        return DerivedFact(name, NO, "no", _names(fades))
    return DerivedFact(name, NOT_SHOWN, NOT_SHOWN)


def _direction(rows: Sequence[Says]) -> DerivedFact:
    name = "Direction"
    improves = _which(rows, lambda row: row.direction == "improves")
    against = _which(rows, lambda row: row.direction in ("none", "harm"))
    both = _which(rows, lambda row: row.direction == "both")
    if both or (improves and against):
        return DerivedFact(name, YES, "both ways", _names((*improves, *both, *against)))
    if improves:
        sure = any(row.firm for row in improves)
        return DerivedFact(name, YES, "better" if sure else "better, cause not shown", _names(improves))
    if against:
        harm = any(row.direction == "harm" for row in against)
        return DerivedFact(name, NO, "harm" if harm else "no effect found", _names(against))
    return DerivedFact(name, NOT_SHOWN, NOT_SHOWN)


def _tested_here(rows: Sequence[Says]) -> DerivedFact:
    name = "Tested in the UK"
    if found := _which(rows, lambda row: row.standing.row.uk_tested == "yes"):
        return DerivedFact(name, YES, "yes", _names(found))
    if found := _which(rows, lambda row: row.standing.row.uk_tested == "no"):
        return DerivedFact(name, NO, "no", _names(found))
    return DerivedFact(name, NOT_SHOWN, NOT_SHOWN)
