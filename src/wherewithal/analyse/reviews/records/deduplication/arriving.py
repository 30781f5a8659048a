"""What a new search brings to records that are held: told without deduplicating everything again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wherewithal.analyse.reviews.records.deduplication.clustering import join
from wherewithal.analyse.reviews.records.deduplication.comparable import Form, pile_of
from wherewithal.analyse.reviews.records.deduplication.deduplicating import Progress, deduplicate
from wherewithal.analyse.reviews.records.deduplication.reporting import Report, copies
from wherewithal.analyse.reviews.records.deduplication.results import Deduplicated, Doubt, Link, Reason
from wherewithal.analyse.reviews.records.deduplication.verdicts import judge
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted

HELD, AGAIN, DOUBTFUL, LINKED, NEW = "held", "again", "doubtful", "linked", "new"
STANDINGS: Mapping[str, str] = {
    HELD: "held already",
    AGAIN: "the same work as another new record",
    DOUBTFUL: "perhaps held already: a person should compare them",
    LINKED: "new, and belongs with a record that is held",
    NEW: "new",
}
"""How a new record can stand to those that are held, in words."""


@dataclass(frozen=True)
class Arrival:
    """One new record. Numbers of records count through the held ones, then through the new ones.

    ``standing`` is a key of ``STANDINGS``. ``reason`` says with which record it is one work and why (``held`` and
    ``again`` only); ``held`` is the number of the held record whose work it is, None where it is not held.
    ``doubts`` are the pairs with it that a person should compare, and ``links`` those that belong together without
    being duplicates: with held records, and with new ones.
    """

    record: int
    standing: str
    held: int | None
    reason: Reason | None
    doubts: tuple[Doubt, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Arrivals:
    """``arrivals`` has the new records in their order; ``together`` is the whole pile, the held records first."""

    arrivals: tuple[Arrival, ...]
    together: Deduplicated

    def standing(self, *standings: str) -> tuple[Arrival, ...]:
        """The new records that stand so: ``standing("new", "linked", "doubtful")`` are the works to look at."""
        return tuple(arrival for arrival in self.arrivals if arrival.standing in standings)


def what_is_new(
    held: Sequence[Record],
    new: Sequence[Record],
    *,
    clusters: Sequence[int] | None = None,
    progress: Progress = lambda step, done, of: None,
) -> Arrivals:
    """How each of the records ``new`` stands to those that are ``held``.

    ``clusters`` has a number for each held record, the same for records of one work, as people and earlier runs
    left them; None has them worked out. They stand: a new record joins one of them or none, and never makes two of
    them one (it is then also given as a doubt). Method and rules are those of ``deduplicate``; only pairs with a new
    record are compared. Where deduplicating everything at once leaves the held clusters as they are, the result is
    the same. Raises BadInput where ``clusters`` has not one number a held record.
    """
    if clusters is None:
        clusters = deduplicate(held, progress=progress).of_record
    if len(clusters) != len(held):
        raise BadInput(
            "The clusters of the held records cannot be used.",
            [Problem("the clusters", counted(len(clusters), "number"), f"one for each of {len(held):,} held records",
                     "Give the clusters that belong to these records.")],
        )  # fmt: skip
    standing = clusters

    def marks(forms: Sequence[Form], places: Sequence[int]) -> Mapping[int, int]:
        return _told_apart(standing, forms, places)

    records = [*held, *new]
    pile = pile_of(records, marks, lambda done: progress("reading titles and authors", done, len(records)))
    wanted = np.zeros(len(pile.forms), dtype=bool)
    wanted[list(pile.of_record[len(held) :])] = True
    columns, judged = judge(pile.forms, progress, wanted)
    progress("putting clusters together", 0, len(pile.forms))
    forms_of: dict[int, dict[int, None]] = defaultdict(dict)
    for number, cluster in enumerate(clusters):
        forms_of[cluster][pile.of_record[number]] = None
    joined = join(columns, judged, held=[list(forms) for forms in forms_of.values()])
    report = Report(records, pile, columns, judged, joined, held=len(held))
    found = report.result()
    found = replace(found, doubtful=(*found.doubtful, *_doubts_of_twins(report, found)))
    return Arrivals(tuple(_arrivals(len(held), found)), found)


def _told_apart(clusters: Sequence[int], forms: Sequence[Form], places: Sequence[int]) -> Mapping[int, int]:
    """Held records that are equal in all that is compared get a form a cluster, where several clusters have them or
    where they say too little to be one by that alone.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(places[: len(clusters)]):
        holders[place].append(number)
    return {
        number: clusters[number]
        for place, numbers in holders.items()
        if len(numbers) > 1
        and (len({clusters[number] for number in numbers}) > 1 or not forms[place].says_enough)
        for number in numbers
    }


def _doubts_of_twins(report: Report, found: Deduplicated) -> Iterator[Doubt]:
    """New records that are equal to held ones in all they say, which is too little, and of whom nobody was asked."""
    first_of: dict[Form, int] = {}
    forms, place_of = report.pile.forms, report.pile.of_record
    for number in range(report.held):
        first_of.setdefault(forms[place_of[number]], number)
    asked = {(doubt.one, doubt.other) for doubt in found.doubtful}
    for number in range(report.held, len(place_of)):
        form = forms[place_of[number]]
        twin = first_of.get(form)
        if twin is None or form.is_empty or form.says_enough or (twin, number) in asked:
            continue
        if found.of_record[twin] != found.of_record[number]:
            yield copies(twin, number)


def _arrivals(held: int, found: Deduplicated) -> Iterator[Arrival]:
    cluster_of = found.of_record
    # What is said of one record of a new work goes for the work.
    doubts: dict[int, list[Doubt]] = defaultdict(list)
    for doubt in found.doubtful:
        doubts[cluster_of[doubt.one]].append(doubt)
        doubts[cluster_of[doubt.other]].append(doubt)
    links: dict[int, list[Link]] = defaultdict(list)
    for link in found.links:
        links[cluster_of[link.one]].append(link)
        links[cluster_of[link.other]].append(link)
    main = {cluster_of[cluster.main]: cluster.main for cluster in found.clusters}
    held_of = {cluster: main.get(cluster, number) for number, cluster in enumerate(cluster_of[:held])}
    for number in range(held, len(cluster_of)):
        cluster = cluster_of[number]
        reason = found.reason_of.get(number)
        if cluster in held_of:
            standing = HELD
        elif reason is not None:
            standing = AGAIN
        elif any(_of(held_of, cluster_of, pair) for pair in doubts[cluster]):
            standing = DOUBTFUL
        elif any(_of(held_of, cluster_of, pair) for pair in links[cluster]):
            standing = LINKED
        else:
            standing = NEW
        yield Arrival(
            number - held,
            standing,
            held_of.get(cluster),
            reason,
            tuple(doubts[cluster]),
            tuple(links[cluster]),
        )


def _of(held_of: Mapping[int, int], cluster_of: Sequence[int], pair: Doubt | Link) -> bool:
    """Whether one of the two records is of a work that is held."""
    return cluster_of[pair.one] in held_of or cluster_of[pair.other] in held_of
