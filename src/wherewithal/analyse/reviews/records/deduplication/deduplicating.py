"""A pile of records into clusters: what was merged and why, what a person should look at, what belongs together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wherewithal.analyse.reviews.records.deduplication.clustering import join
from wherewithal.analyse.reviews.records.deduplication.comparable import Form, pile_of
from wherewithal.analyse.reviews.records.deduplication.reporting import Report
from wherewithal.analyse.reviews.records.deduplication.results import Deduplicated
from wherewithal.analyse.reviews.records.deduplication.verdicts import judge
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.errors import BadInput, Problem

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


def deduplicate(
    records: Sequence[Record],
    *,
    together: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
    progress: Progress = lambda step, done, of: None,
) -> Deduplicated:
    """Which of ``records`` are records of one work.

    Method: pairs found through shared keys (``candidates``), weighed field by field as in probabilistic record
    linkage (``weights.toml``), and subject to rules (``rules``). The same records in another order give the same
    clusters. ``together`` and ``apart`` are what people decided, as pairs of numbers of records; they come before
    anything else. Raises BadInput where they name records that are not there or contradict each other.
    """
    _check(len(records), together, apart)

    def marks(forms: Sequence[Form], places: Sequence[int]) -> Mapping[int, int]:
        """Records that a decision names are told from their copies, where what it says does not go for these."""
        parted = {number: number for pair in apart for number in pair}
        vague = {
            number: number
            for one, other in together
            if places[one] == places[other] and not forms[places[one]].says_enough
            for number in (one, other)
        }
        return parted | vague

    pile = pile_of(records, marks, lambda done: progress("reading titles and authors", done, len(records)))
    columns, judged = judge(pile.forms, progress)
    progress("putting clusters together", 0, len(pile.forms))
    place = pile.of_record
    joined = join(
        columns,
        judged,
        [(place[one], place[other]) for one, other in together if place[one] != place[other]],
        [(place[one], place[other]) for one, other in apart],
    )
    return Report(records, pile, columns, judged, joined).result()


def _check(size: int, together: Sequence[tuple[int, int]], apart: Sequence[tuple[int, int]]) -> None:
    problems = [
        Problem(f"the decision on records {one} and {other}", "a record that is not in the pile",
                f"numbers from 0 to {size - 1}", "Leave that decision out.")
        for one, other in (*together, *apart) if not (0 <= one < size and 0 <= other < size)
    ]  # fmt: skip
    home = list(range(size))

    def root(number: int) -> int:
        while home[number] != number:
            number = home[number]
        return number

    if not problems:
        for one, other in together:
            home[root(one)] = root(other)
        problems = [
            Problem(f"the decision that records {one} and {other} are two works", "other decisions make them one",
                    "decisions that can all hold", "Take back one of them.")
            for one, other in apart if root(one) == root(other)
        ]  # fmt: skip
    if problems:
        raise BadInput("The decisions about duplicates cannot be used.", problems)
