"""From judged pairs of forms to clusters of records, with the reasons in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wherewithal.analyse.reviews.records.deduplication.clustering import Joined
from wherewithal.analyse.reviews.records.deduplication.columns import Columns
from wherewithal.analyse.reviews.records.deduplication.comparable import Pile
from wherewithal.analyse.reviews.records.deduplication.merging import fullness
from wherewithal.analyse.reviews.records.deduplication.results import (
    Cluster,
    Deduplicated,
    Doubt,
    Link,
    Reason,
)
from wherewithal.analyse.reviews.records.deduplication.rules import RULES
from wherewithal.analyse.reviews.records.deduplication.verdicts import Judged, judge_pairs, said_of
from wherewithal.analyse.reviews.records.deduplication.weights import weights
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.plain_english import counted, listed


@dataclass(frozen=True)
class Report:
    """All that is known about a pile when its forms are joined. The first ``held`` records stood before."""

    records: Sequence[Record]
    pile: Pile
    columns: Columns
    judged: Judged
    joined: Joined
    held: int = 0

    @cached_property
    def holders(self) -> Mapping[int, Sequence[int]]:
        """The records of each form."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, form in enumerate(self.pile.of_record):
            found[form].append(number)
        return found

    @cached_property
    def _copies_part(self) -> set[int]:
        """Forms whose records are equal in all that is compared and still not known to be one work.

        Forms that only held records have are not asked again.
        """
        return {
            form
            for form, holders in self.holders.items()
            if len(holders) > 1 and holders[-1] >= self.held and not self._copies_are_one(form)
        }

    def _copies_are_one(self, form: int) -> bool:
        """Whether records equal in everything compared are one work: they may all say no more than "Editorial"."""
        if self.columns.forms[form].says_enough:
            return True
        verdict = judge_pairs(self.columns, np.array([[form, form]]))
        return bool(verdict.merges[0])

    @cached_property
    def _cluster_of(self) -> tuple[int, ...]:
        numbers: dict[tuple[int, int], int] = {}
        return tuple(
            numbers.setdefault((self.joined.of_form[form], self._part(form, number)), len(numbers))
            for number, form in enumerate(self.pile.of_record)
        )

    def _part(self, form: int, number: int) -> int:
        return number if form in self._copies_part and number != self.holders[form][0] else -1

    def result(self) -> Deduplicated:
        clusters = tuple(self._clusters())
        doubtful, links = self._left_over(
            {self._cluster_of[cluster.main]: cluster.main for cluster in clusters}
        )
        return Deduplicated(self._cluster_of, clusters, doubtful, links)

    def _clusters(self) -> Iterator[Cluster]:
        members: dict[int, list[int]] = defaultdict(list)
        for number, cluster in enumerate(self._cluster_of):
            members[cluster].append(number)
        strongest = self._strongest()
        for numbers in members.values():
            if len(numbers) > 1:
                # What is held stays the main record: a new search does not change it.
                main = max(
                    numbers,
                    key=lambda number: (number < self.held, fullness(self.records[number]), -number),
                )
                yield Cluster(tuple(numbers), main, tuple(self._reasons(numbers, main, strongest)))

    def _strongest(self) -> Mapping[int, tuple[int, int]]:
        """For each form that was joined: the place of the strongest pair it was joined by, and the other form.

        A pair with the form nearest to the main record would be as true; the strongest is what convinces. Where
        records are held, a pair with one of them comes first.
        """
        found: dict[int, tuple[int, int]] = {}
        with_held: dict[int, tuple[int, int]] = {}
        for place in self.joined.joins:
            one, other = self.judged.pairs[place].tolist()
            for form, beside in ((one, other), (other, one)):
                chosen = with_held if self.holders[beside][0] < self.held else found
                chosen.setdefault(form, (place, beside))
        return {**found, **with_held}

    def _reasons(
        self, numbers: Sequence[int], main: int, strongest: Mapping[int, tuple[int, int]]
    ) -> Iterator[Reason]:
        here = set(numbers)
        form_of = self.pile.of_record
        for number in numbers:
            if number == main:
                continue
            if number < self.held:
                yield Reason(number, main, "held as one work already")
                continue
            form = form_of[number]
            twins = [twin for twin in self.holders[form][:2] if twin != number and twin in here]
            if form_of[main] == form:
                twins = [main]
            convinced = twins and (twins[0] == main or twins[0] < self.held)
            if form in strongest and not convinced:
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
                    main_of.get(self._cluster_of[number], number) for number in (first, second)
                )
                words = f"{rule.relation.words}: {rule.words}"
                links.append(Link(rule.relation.key, first, second, words, rule.words))
                continue
            speaks_for, against = said_of(judged.outcomes[place])
            words = rule.words if rule else ""
            if rule is None and judged.bits[place] >= weights().merge:
                words = "one of them is like another record that it cannot be one with"
            doubts.append(Doubt(first, second, float(judged.bits[place]), speaks_for, against, words))
        doubts.extend(self._doubts_of_copies())
        return tuple(doubts), tuple(sorted(links, key=lambda link: (link.kind, link.one, link.other)))

    def _doubts_of_copies(self) -> Iterator[Doubt]:
        for form in sorted(self._copies_part):
            if not self.columns.forms[form].is_empty:
                first, second, *more = self.holders[form]
                yield copies(first, second, len(more))


def copies(one: int, other: int, more: int = 0) -> Doubt:
    """The doubt about two records that agree in all they say, which is too little."""
    words = "they say too little to tell whether they are one work"
    if more:
        words += f", and {counted(more, 'more record')} like them"
    return Doubt(one, other, 0.0, ("every field compared is identical",), (), words)
