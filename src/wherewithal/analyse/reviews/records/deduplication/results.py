"""What deduplication says: clusters with their reasons, pairs for a person, and links. Pure values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wherewithal.analyse.reviews.records.deduplication.merging import Merged, merged
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.plain_english import listed


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
    """Two records that belong together and are not duplicates: ``kind`` is the key of one of ``RELATIONS``, which
    says it in words; ``reason`` is the rule by which they are two works. ``words`` is both.
    """

    kind: str
    one: int
    other: int
    words: str
    reason: str = ""


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
