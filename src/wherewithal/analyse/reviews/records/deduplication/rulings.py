"""What people ruled about duplicates, laid over what a machine found: a person's word holds, the newest of two.

A ruling that two groups are one work, or that a record is another work than those it stood with, outlasts every later
look by a machine. Groups are a pure function of the clusters that a machine found and of the rulings, oldest first, so
they can be worked out again at any time and nothing has to be kept in step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

MOST_PAIRS = 2_000
"""Pairs of one ruling that the matching itself is told of: a ruling on a whole group of thousands is laid over its
result only."""

MOST_HEADS = 50
"""Into how many works one cluster is divided before what is left over stands alone."""


@dataclass(frozen=True)
class Ruling:
    """What one person said about records, by number.

    ``same``: the records of all ``sides`` are one work. Otherwise records of different sides are different works, and
    those of one side are to each other as they were.
    """

    same: bool
    sides: tuple[tuple[int, ...], ...]


@dataclass
class _Part:
    """Records that people made one work; ``sides``: by ruling, the side that they stand on."""

    members: set[int]
    sides: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """Records of one work, more than one, in order: the first stands for the others.

    ``by_people``: those of the others that stand here because a person said so, not a machine.
    """

    members: tuple[int, ...]
    by_people: frozenset[int] = frozenset()


class Ruled:
    """Rulings taken together: what is one work, and what is not.

    Of two rulings about the same records the newer holds. A ruling that parts a group takes back the earlier ones
    that made it; one that joins takes back those that parted it, between the records it joins.
    """

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self._part_of: dict[int, _Part] = {}
        self._sides: dict[int, dict[int, int]] = {}
        self._fresh = 0
        for number, ruling in enumerate(rulings):
            if ruling.same:
                self._join({record for side in ruling.sides for record in side})
            else:
                self._divide(number, ruling.sides)

    def _join(self, members: set[int]) -> None:
        for record in tuple(members):
            if record in self._part_of:
                members |= self._part_of[record].members
        part = _Part(members)
        for record in members:
            self._part_of[record] = part
        about = {ruling for record in members for ruling in self._sides.get(record, ())}
        for ruling in about:
            here = [record for record in members if ruling in self._sides.get(record, ())]
            if len({self._sides[record][ruling] for record in here}) > 1:
                # One work stands on one side, which is none of those there were.
                self._fresh -= 1
                for record in here:
                    self._sides[record][ruling] = self._fresh

    def _divide(self, number: int, sides: Sequence[Sequence[int]]) -> None:
        side_of = {record: side for side, records in enumerate(sides) for record in records}
        touched = {id(part): part for record in side_of if (part := self._part_of.get(record))}
        for part in touched.values():
            divided: dict[int, set[int]] = {}
            for record in part.members:
                divided.setdefault(side_of.get(record, 0), set()).add(record)
            for members in divided.values():
                smaller = _Part(members)
                for record in members:
                    self._part_of[record] = smaller
        for record, side in side_of.items():
            self._sides.setdefault(record, {})[number] = side

    def sides_of(self, record: int) -> Mapping[int, int]:
        """By ruling, the side that a record stands on. Two records that stand on two sides of one are two works."""
        return self._sides.get(record, {})

    def part(self, some: Iterable[int], others: Iterable[int]) -> bool:
        """Whether people said that a record of one group is another work than one of another group."""
        here: dict[int, int] = {}
        there: dict[int, int] = {}
        for records, sides in ((some, here), (others, there)):
            for record in records:
                sides.update(self.sides_of(record))
        return not _agree(here, there)

    def parts(self) -> Iterator[tuple[int, ...]]:
        """Records that people made one work, more than one, in order."""
        seen = {id(part): part for part in self._part_of.values() if len(part.members) > 1}
        for part in sorted(seen.values(), key=lambda part: min(part.members)):
            yield tuple(sorted(part.members))

    def pairs_together(self) -> list[tuple[int, int]]:
        """Pairs that are one work: enough of them that the rest follows."""
        return [pair for part in self.parts() for pair in pairwise(part)]

    def pairs_apart(self) -> list[tuple[int, int]]:
        """Pairs that are two works, without those of rulings on more than ``MOST_PAIRS``."""
        by_ruling: dict[int, dict[int, list[int]]] = {}
        for record, sides in self._sides.items():
            for ruling, side in sides.items():
                by_ruling.setdefault(ruling, {}).setdefault(side, []).append(record)
        found: set[tuple[int, int]] = set()
        for by_side in by_ruling.values():
            sizes = [len(records) for records in by_side.values()]
            if (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2 <= MOST_PAIRS:
                for here, there in combinations(by_side.values(), 2):
                    found |= {(min(one, other), max(one, other)) for one in here for other in there}
        return sorted(found)


def _agree(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    if len(other) < len(one):
        one, other = other, one
    return all(other.get(ruling, side) == side for ruling, side in one.items())


def groups_of(clusters: Iterable[Sequence[int]], ruled: Ruled) -> list[Group]:
    """The groups that follow from a machine's ``clusters``, which share no record, and from what people ruled.

    A cluster is joined as far as no ruling parts it: the first records first; what does not agree with them is
    joined among itself.
    """
    works, by_machine = _Joined(ruled), _Joined(ruled)
    in_part: set[int] = set()
    for part in ruled.parts():
        in_part.update(part)
        for record in part[1:]:
            works.join(part[0], record)
    for cluster in clusters:
        heads: list[int] = []
        for unit in _units(cluster, ruled, in_part):
            pairs = [(unit[0], record) for record in unit[1:]]
            head = next((head for head in heads if works.may_join(head, unit[0])), None)
            if head is not None:
                pairs.append((head, unit[0]))
            elif len(heads) < MOST_HEADS:
                heads.append(unit[0])
            for pair in pairs:
                works.join(*pair)
                by_machine.join(*pair)
    return sorted((_group(members, by_machine) for members in works.parts()), key=lambda group: group.members)


def _units(cluster: Iterable[int], ruled: Ruled, in_part: Collection[int]) -> list[list[int]]:
    """Records of a cluster about which exactly the same was ruled are one step, also if they are thousands."""
    alike: dict[object, list[int]] = {}
    for record in sorted(cluster):
        key = record if record in in_part else frozenset(ruled.sides_of(record).items())
        alike.setdefault(key, []).append(record)
    return sorted(alike.values())


def _group(members: Sequence[int], by_machine: _Joined) -> Group:
    ordered = sorted(members)
    there = {by_machine.root(ordered[0])}
    by_people = []
    for record in ordered[1:]:
        if by_machine.root(record) not in there:
            there.add(by_machine.root(record))
            by_people.append(record)
    return Group(tuple(ordered), frozenset(by_people))


class _Joined:
    """Records that are joined, with the sides that those joined stand on together."""

    def __init__(self, ruled: Ruled) -> None:
        self._ruled = ruled
        self._root: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._sides: dict[int, dict[int, int]] = {}

    def root(self, record: int) -> int:
        return self._root.get(record, record)

    def parts(self) -> Iterator[list[int]]:
        yield from self._members.values()

    def may_join(self, one: int, other: int) -> bool:
        return _agree(self._sides_of(self.root(one)), self._sides_of(self.root(other)))

    def _sides_of(self, root: int) -> dict[int, int]:
        return self._sides.setdefault(root, dict(self._ruled.sides_of(root)))

    def join(self, one: int, other: int) -> None:
        kept, gone = self.root(one), self.root(other)
        if kept == gone:
            return
        if len(self._members.get(kept, ())) < len(self._members.get(gone, ())):
            kept, gone = gone, kept
        members = self._members.pop(gone, [gone])
        self._members.setdefault(kept, [kept]).extend(members)
        for record in members:
            self._root[record] = kept
        self._sides_of(kept).update(self._sides_of(gone))
