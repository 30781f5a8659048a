"""The tables of a network: the league, direct beside indirect, and everything as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from wherewithal.analyse.reviews.networks.account import NetworkAccount, in_brackets
from wherewithal.spreadsheets import harmless


@dataclass(frozen=True)
class Cell:
    """One cell of the league table: the effect of the row's intervention against the column's.

    ``clear`` where its interval is all on one side; ``direct`` is how many studies compared the two. None of it
    stands on the diagonal, where ``words`` name the intervention.
    """

    words: str
    clear: bool = False
    direct: int | None = None


def league(account: NetworkAccount) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[Cell, ...]], ...]]:
    """The interventions in the order of the columns, and a row for each."""
    names = account.fit.treatments
    return names, tuple((row, tuple(_cell(account, row, column) for column in names)) for row in names)


def _cell(account: NetworkAccount, row: str, column: str) -> Cell:
    if row == column:
        return Cell("—")
    cell = account.fit.compared(row, column)
    return Cell(account.shown(cell), not cell.ci.low <= 0 <= cell.ci.high, cell.studies)


@dataclass(frozen=True)
class Beside:
    """A comparison, its direct and indirect evidence in words. ``p`` is None where one is missing."""

    first: str
    second: str
    studies: int
    direct: str
    indirect: str
    p: float | None
    share: float


REACH = 1.959963984540054


def beside(account: NetworkAccount) -> tuple[Beside, ...]:
    """Every comparison that a study makes."""
    outcome = account.outcome

    def interval(value: float | None, error: float | None) -> str:
        if value is None or error is None:
            return "none"
        return in_brackets(outcome, value, value - REACH * error, value + REACH * error)

    return tuple(
        Beside(
            each.first,
            each.second,
            each.studies,
            interval(each.direct, each.direct_se),
            interval(each.indirect, each.indirect_se),
            each.p,
            each.direct_share,
        )
        for each in account.splits
    )


def network_csv(account: NetworkAccount, *, source: str = "") -> str:
    """Every pair of interventions, unrounded and on the scale a reader expects; direct and indirect where there are."""
    shown = account.outcome.shown
    apart = {frozenset((each.first, each.second)): each for each in account.splits}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = [
        "first", "against", "measure", "effect", "low", "high", "next_study_low", "next_study_high", "studies_direct",
        "direct", "indirect", "p_direct_differs_from_indirect", "direct_share_percent",
    ]  # fmt: skip
    writer.writerow([*head, *(["source"] if source else [])])
    for cell in account.fit.league():
        split = apart.get(frozenset((cell.first, cell.second)))
        # A split is of the later intervention against the earlier one, like the cell.
        writer.writerow(
            [
                harmless(cell.first),
                harmless(cell.second),
                account.outcome.measure,
                shown(cell.estimate),
                shown(cell.ci.low),
                shown(cell.ci.high),
                shown(cell.pi.low) if cell.pi else "",
                shown(cell.pi.high) if cell.pi else "",
                cell.studies,
                shown(split.direct) if split else "",
                shown(split.indirect) if split and split.indirect is not None else "",
                split.p if split and split.p is not None else "",
                split.direct_share if split else 0.0,
                *([harmless(source)] if source else []),
            ]
        )
    return out.getvalue()
