"""Working out which records are one work, from the newest look for duplicates and what people ruled.

Everything written here follows from rows that are only ever added to, and is worked out again whole: the difference
to what is stored is what is written. The caller holds the case's row, so that nobody decides meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from wherewithal.analyse.reviews.records import Record as Body
from wherewithal.analyse.reviews.records.deduplication import merged
from wherewithal.analyse.reviews.records.deduplication.rulings import Group, Ruled, groups_of
from wherewithal.analyse.reviews.records.side_by_side import FIELDS
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import Copy, Doubt, Match, Record, Reservation, Ruling, Work
from wherewithal_web.analyse.reviews.standings import work_out_some
from wherewithal_web.cases.models import Case

AT_ONCE = 2_000
MERGED_AT_MOST = 500
"""Records of one work whose fields are compared for the best: of thousands of copies the first say it all."""


Merged = Mapping[tuple[int, ...], Body]
"""The best of each field of works, by the numbers of their records."""


def work_out_groups(case: Case, *, ready: Merged | None = None) -> bool:
    """Work out the groups of a case, what holds about them, and the open doubts. Whether any group changed.

    ``ready`` are works that were merged before the caller held the case; others are merged now.
    """
    search = queries.newest_search(case)
    ruled = queries.ruled(case)
    groups = groups_of(search.clusters if search else [], ruled)
    touched = _store_copies(case, groups)
    if touched:
        _store_works(case, groups, touched, ready or {})
        work_out_some(case, touched)
    _store_doubts(case, groups, ruled)
    return bool(touched)


def _store_copies(case: Case, groups: Sequence[Group]) -> set[int]:
    """Store which record stands for which. The numbers of all records whose group is another one now."""
    wanted = {
        record: (group.members[0], record in group.by_people)
        for group in groups
        for record in group.members[1:]
    }
    rows = Copy.objects.filter(case=case).values_list("record", "of", "by_person")
    there = {record: (of, by_person) for record, of, by_person in rows}
    gone = [record for record, stored in there.items() if wanted.get(record) != stored]
    new = [record for record, wants in wanted.items() if there.get(record) != wants]
    for some in _batches(gone):
        Copy.objects.filter(record__in=some).delete()
    for some in _batches(new):
        Copy.objects.bulk_create(
            Copy(record_id=record, of_id=wanted[record][0], case=case, by_person=wanted[record][1])
            for record in some
        )
        # Whoever is reading a duplicate may decide about it; nobody is given it any more.
        Reservation.objects.filter(record__in=some).delete()
    touched = {*gone, *new, *(there[record][0] for record in gone), *(wanted[record][0] for record in new)}
    for group in groups:
        if not touched.isdisjoint(group.members):
            touched.update(group.members)
    return touched


def _store_works(case: Case, groups: Sequence[Group], touched: set[int], ready: Merged) -> None:
    for some in _batches(sorted(touched)):
        Work.objects.filter(record__in=some).delete()
    changed = {group.members[0]: group for group in groups if group.members[0] in touched}
    works = (
        Work(
            record_id=record,
            case=case,
            size=len(changed[record].members),
            by_person=bool(changed[record].by_people),
            body=body.as_dict(),
        )
        for record, body in _merged(changed.values(), ready)
    )
    while batch := list(islice(works, 200)):
        Work.objects.bulk_create(batch)


def merged_bodies(copies: Mapping[int, int]) -> Iterator[tuple[int, Body]]:
    """The best of each field of every group in ``copies``, with the number of the record that stands for it."""
    members: dict[int, list[int]] = {}
    for record, of in sorted(copies.items()):
        members.setdefault(of, [of]).append(record)
    yield from _merged([Group(tuple(sorted(numbers))) for numbers in members.values()])


def merged_ahead(case: Case, clusters: Iterable[Sequence[int]], ruled: Ruled) -> Merged:
    """The works that a machine's ``clusters`` will make, merged without holding the case, but for those that stand.

    It takes longer than storing them, and while that lasts nobody's decision could be kept.
    """
    there = dict(Copy.objects.filter(case=case).values_list("record", "of"))
    new = [
        group
        for group in groups_of(clusters, ruled)
        if any(there.get(record) != group.members[0] for record in group.members[1:])
    ]
    return {group.members: body for group, (_, body) in zip(new, _merged(new), strict=True)}


def _merged(groups: Iterable[Group], ready: Merged | None = None) -> Iterator[tuple[int, Body]]:
    ready = ready or {}
    rest = iter(groups)
    while batch := list(islice(rest, 200)):
        numbers = [
            record
            for group in batch
            if group.members not in ready
            for record in group.members[:MERGED_AT_MOST]
        ]
        bodies = {
            pk: Body.from_dict(body)
            for some in _batches(numbers)
            for pk, body in Record.objects.filter(pk__in=some).values_list("pk", "body")
        }
        for group in batch:
            members = group.members[:MERGED_AT_MOST]
            yield (
                group.members[0],
                ready.get(group.members) or best_of([bodies[record] for record in members]),
            )


@dataclass(frozen=True)
class Field:
    """One field of a merged record, and the records that gave it."""

    name: str
    value: str
    given_by: tuple[Record, ...]


def fields_of(members: Sequence[Record]) -> list[Field]:
    """What the records of one work say together, field by field, with which of them each was taken from."""
    bodies = [member.record for member in members]
    found = merged(bodies, range(len(bodies)))
    said = []
    for name, read in FIELDS.items():
        value = read(found.record)
        if value:
            given_by = found.taken_from.get(_ATTRIBUTES.get(name, name.lower()), ())
            said.append(Field(name, value, tuple(members[place] for place in given_by)))
    return said


_ATTRIBUTES = {"Published in": "journal", "PubMed number": "pmid", "Kind": "type"}


def best_of(bodies: Sequence[Body]) -> Body:
    """The best of each field of the records of one work."""
    return merged(bodies, range(len(bodies))).record if len(bodies) > 1 else bodies[0]


def _store_doubts(case: Case, groups: Sequence[Group], ruled: Ruled) -> None:
    search = queries.newest_search(case)
    members = {record: group.members for group in groups for record in group.members}
    unsure = {frozenset(pair) for pair in case.rulings.filter(kind=Ruling.UNSURE).values_list("one", "other")}
    wanted: dict[int, tuple[bool, float]] = {}
    rows = search.matches.filter(kind=Match.DOUBT).values_list("pk", "one", "other", "bits") if search else ()
    for pk, one, other, bits in rows:
        here, there = members.get(one, (one,)), members.get(other, (other,))
        if here != there and not ruled.part(here, there):
            wanted[pk] = (frozenset((one, other)) in unsure, bits or 0.0)
    stored = dict(Doubt.objects.filter(case=case).values_list("match", "put_off"))
    changed = [pk for pk, put_off in stored.items() if pk not in wanted or wanted[pk][0] != put_off]
    for some in _batches(changed):
        Doubt.objects.filter(match__in=some).delete()
    missing = [pk for pk in wanted if stored.get(pk) != wanted[pk][0]]
    for some in _batches(missing):
        Doubt.objects.bulk_create(
            Doubt(match_id=pk, case=case, put_off=wanted[pk][0], bits=wanted[pk][1]) for pk in some
        )


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
