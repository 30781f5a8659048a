"""A pile of records into clusters: what was merged and why, what a person should look at, what belongs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wherewithal.analyse.reviews.records.deduplication.clustering import Joined, join
from wherewithal.analyse.reviews.records.deduplication.columns import Columns
from wherewithal.analyse.reviews.records.deduplication.comparable import Pile, pile_of
from wherewithal.analyse.reviews.records.deduplication.merging import Merged, fullness, merged
from wherewithal.analyse.reviews.records.deduplication.rules import RULES, Relation
from wherewithal.analyse.reviews.records.deduplication.verdicts import Judged, judge, judge_pairs, said_of
from wherewithal.analyse.reviews.records.deduplication.weights import weights
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Reason:
    """Why ``record`` is in one cluster with ``other``: numbers in the pile. ``bits`` is None where not weighed."""

    record: int
    other: int
    words: str
    bits: float | None = None


@dataclass(frozen=True)
class Cluster:
    """Records of one work, more than one. ``main`` says most; ``reasons`` has one for each of the others."""

    members: tuple[int, ...]
    main: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Doubt:
    """Two records that a person should look at, each of another cluster, with what speaks for and against."""

    one: int
    other: int
    bits: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    rule: str = ""
    """The rule that forbids a merge, in words; empty where the weights were just too low."""

    @property
    def words(self) -> str:
        against = listed(tuple(dict.fromkeys(filter(None, (self.rule, *self.speaks_against)))))
        return f"For: {listed(self.speaks_for)}. Against: {against or 'nothing; there is only too little to go on'}."


@dataclass(frozen=True)
class Link:
    """Two records that belong together and are not duplicates: ``kind`` is the key of a ``Relation``."""

    kind: str
    one: int
    other: int
    words: str


@dataclass(frozen=True)
class Deduplicated:
    """The clusters of a pile as a pure value: no record is changed, so undoing is forgetting it.

    ``of_record`` has a cluster's number for each record, counting from 0 in the order in which clusters first
    appear; ``clusters`` are those of more than one record; ``doubtful`` is strongest first.
    """

    of_record: tuple[int, ...]
    clusters: tuple[Cluster, ...]
    doubtful: tuple[Doubt, ...]
    links: tuple[Link, ...]

    @property
    def works(self) -> int:
        """How many clusters there are, those of one record among them."""
        return max(self.of_record, default=-1) + 1

    @property
    def duplicates(self) -> int:
        """Records that a merge makes superfluous."""
        return len(self.of_record) - self.works

    @cached_property
    def reason_of(self) -> Mapping[int, Reason]:
        """For each record that is a duplicate, why."""
        return {reason.record: reason for cluster in self.clusters for reason in cluster.reasons}

    def merged(self, records: Sequence[Record]) -> Iterator[Merged]:
        """One record a cluster, in the order of ``of_record``; single records as they are."""
        members: dict[int, list[int]] = defaultdict(list)
        for number, cluster in enumerate(self.of_record):
            members[cluster].append(number)
        for cluster in range(self.works):
            numbers = members[cluster]
            if len(numbers) == 1:
                record = records[numbers[0]]
                yield Merged(record, (numbers[0],), dict.fromkeys(record.as_dict(), (numbers[0],)))
            else:
                yield merged(records, numbers)


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
    alone = {number for pair in apart for number in pair}
    pile = pile_of(records, alone, lambda done: progress("reading titles and authors", done, len(records)))
    columns, judged = judge(pile.forms, progress)
    progress("putting clusters together", 0, len(pile.forms))
    place = pile.of_record
    joined = join(
        columns,
        judged,
        [(place[one], place[other]) for one, other in together if place[one] != place[other]],
        [(place[one], place[other]) for one, other in apart],
    )
    return _Reporting(records, pile, columns, judged, joined, together).result()


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


class _Reporting:
    """From clusters of forms to clusters of records, in words."""

    def __init__(
        self,
        records: Sequence[Record],
        pile: Pile,
        columns: Columns,
        judged: Judged,
        joined: Joined,
        together: Sequence[tuple[int, int]],
    ) -> None:
        self.records, self.columns, self.judged, self.joined = records, columns, judged, joined
        self.decided = together
        self.form_of = pile.of_record
        self.holders: dict[int, list[int]] = defaultdict(list)
        for number, form in enumerate(pile.of_record):
            self.holders[form].append(number)
        self.copies_part = {
            form
            for form, holders in self.holders.items()
            if len(holders) > 1 and not self._copies_are_one(form)
        }
        numbers: dict[tuple[int, int], int] = {}
        self.cluster_of = tuple(
            numbers.setdefault(
                (
                    joined.of_form[form],
                    number if form in self.copies_part and number != self.holders[form][0] else -1,
                ),
                len(numbers),
            )
            for number, form in enumerate(pile.of_record)
        )

    def _copies_are_one(self, form: int) -> bool:
        """Whether records equal in everything compared are one work: they may all say no more than "Editorial"."""
        if self.columns.forms[form].says_enough:
            return True
        verdict = judge_pairs(self.columns, np.array([[form, form]]))
        return bool(verdict.merges[0])

    def result(self) -> Deduplicated:
        clusters = tuple(self._clusters())
        doubtful, links = self._left_over(
            {self.cluster_of[cluster.main]: cluster.main for cluster in clusters}
        )
        return Deduplicated(self.cluster_of, clusters, doubtful, links)

    def _clusters(self) -> Iterator[Cluster]:
        members: dict[int, list[int]] = defaultdict(list)
        for number, cluster in enumerate(self.cluster_of):
            members[cluster].append(number)
        strongest = self._strongest()
        for numbers in members.values():
            if len(numbers) > 1:
                main = max(numbers, key=lambda number: (fullness(self.records[number]), -number))
                yield Cluster(tuple(numbers), main, tuple(self._reasons(numbers, main, strongest)))

    def _strongest(self) -> Mapping[int, tuple[int, int]]:
        """For each form that was joined: the place of the strongest pair it was joined by, and the other form.

        A pair with the form nearest to the main record would be as true; the strongest is what convinces.
        """
        found: dict[int, tuple[int, int]] = {}
        for place in self.joined.joins:
            one, other = self.judged.pairs[place].tolist()
            found.setdefault(one, (place, other))
            found.setdefault(other, (place, one))
        return found

    def _reasons(
        self, numbers: Sequence[int], main: int, strongest: Mapping[int, tuple[int, int]]
    ) -> Iterator[Reason]:
        here = set(numbers)
        for number in numbers:
            if number == main:
                continue
            form = self.form_of[number]
            twins = [twin for twin in self.holders[form][:2] if twin != number and twin in here]
            if self.form_of[main] == form:
                twins = [main]
            if form in strongest and not (twins and twins[0] == main):
                place, other = strongest[form]
                beside = next((twin for twin in self.holders[other] if twin in here), main)
                yield Reason(number, beside, self._words(place), float(self.judged.bits[place]))
            elif twins:
                yield Reason(number, twins[0], "identical in every field compared")
            else:
                yield Reason(number, main, "a person decided that they are one")

    def _words(self, place: int) -> str:
        speaks_for, against = said_of(self.judged.outcomes[place])
        return listed(speaks_for) + (f"; despite {listed(against)}" if against else "")

    def _left_over(self, main_of: Mapping[int, int]) -> tuple[tuple[Doubt, ...], tuple[Link, ...]]:
        """Of every two clusters the strongest pair that was not joined: for a person, or as a link between the
        main records.
        """
        judged, joined = self.judged, self.joined
        doubts: list[Doubt] = []
        links: list[Link] = []
        done: set[tuple[int, int]] = set()
        for place in np.lexsort((np.arange(len(judged.bits)), -judged.bits)).tolist():
            one, other = judged.pairs[place].tolist()
            clusters = sorted((joined.of_form[one], joined.of_form[other]))
            if clusters[0] == clusters[1] or (clusters[0], clusters[1]) in done:
                continue
            done.add((clusters[0], clusters[1]))
            first, second = sorted((self.holders[one][0], self.holders[other][0]))
            rule = RULES[judged.rule[place]] if judged.rule[place] >= 0 else None
            if rule and not rule.asks:
                continue
            if rule and rule.relation:
                first, second = sorted(
                    main_of.get(self.cluster_of[number], number) for number in (first, second)
                )
                links.append(Link(rule.relation.key, first, second, f"{rule.relation.words}: {rule.words}"))
                continue
            speaks_for, against = said_of(judged.outcomes[place])
            words = rule.words if rule else ""
            if rule is None and judged.bits[place] >= weights().merge:
                words = "one of them is like another record that it cannot be one with"
            doubts.append(Doubt(first, second, float(judged.bits[place]), speaks_for, against, words))
        for form in sorted(self.copies_part):
            if not self.columns.forms[form].is_empty:
                first, second, *more = self.holders[form]
                words = "they say too little to tell whether they are one work"
                if more:
                    words += f", and {counted(len(more), 'more record')} like them"
                doubts.append(Doubt(first, second, 0.0, ("every field compared is identical",), (), words))
        return tuple(doubts), tuple(sorted(links, key=lambda link: (link.kind, link.one, link.other)))


__all__ = ["Cluster", "Deduplicated", "Doubt", "Link", "Reason", "Relation", "deduplicate"]
