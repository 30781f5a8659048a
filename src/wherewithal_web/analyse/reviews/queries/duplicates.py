"""Reading duplicates: which records are one work, what is in doubt, what belongs together, and who said so.

A work is known by the record that stands for its group: the first that came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from wherewithal.analyse.reviews.records import Record as Body
from wherewithal.analyse.reviews.records.deduplication.rules import NOTICE, PARTS, REPORTS, VERSIONS
from wherewithal.analyse.reviews.records.deduplication.rulings import Ruled, groups_of
from wherewithal_web.analyse.reviews.models import Copy, Doubt, DuplicateSearch, Match, Record, Ruling, Work
from wherewithal_web.cases.models import Case

RELATIONS = {each.key: each.words for each in (VERSIONS, REPORTS, NOTICE, PARTS)}
"""How two records belong together that are not one work: key and words."""


def newest_search(case: Case) -> DuplicateSearch | None:
    return case.duplicate_searches.first()


def newest_ruling(case: Case) -> int:
    """The number of the newest ruling; 0 where there is none."""
    return case.rulings.aggregate(newest=Max("pk"))["newest"] or 0


def ruled(case: Case, *, upto: int | None = None) -> Ruled:
    """What people ruled, up to the ruling of that number."""
    rows = case.rulings.exclude(kind=Ruling.UNSURE).order_by("pk")
    rows = rows.filter(pk__lte=upto) if upto is not None else rows
    return Ruled(row.said for row in rows.only("kind", "sides"))


def copies_then(case: Case, *, search: int | None, ruled_to: int) -> dict[int, int]:
    """For each duplicate the record that stood for it when those were the newest look and the newest ruling."""
    found = case.duplicate_searches.filter(pk=search).first() if search else None
    groups = groups_of(found.clusters if found else [], ruled(case, upto=ruled_to))
    return {record: group.members[0] for group in groups for record in group.members[1:]}


def copies_of(case: Case) -> dict[int, int]:
    """For each duplicate of a case the record that stands for it."""
    return dict(Copy.objects.filter(case=case).values_list("record", "of"))


@dataclass(frozen=True)
class Removed:
    """How many records are duplicates of others: found by the machine, and said by a person."""

    by_machine: int
    by_person: int

    @property
    def all(self) -> int:
        return self.by_machine + self.by_person


def removed_of(case: Case) -> Removed:
    rows = Copy.objects.filter(case=case).values_list("by_person").annotate(Count("pk"))
    counts = dict(rows.order_by())
    return Removed(counts.get(False, 0), counts.get(True, 0))


def stands_for(record: Record) -> Record:
    """The record that stands for this one's work: itself, unless it is a duplicate."""
    copy = Copy.objects.filter(record=record).select_related("of__file__case").first()
    return copy.of if copy else record


@dataclass(frozen=True)
class PlaceAmong:
    """Where a record stands among duplicates: the record that ``stands`` for it, and what they say together.

    ``alone``: it is a duplicate of nothing, and nothing is one of it.
    """

    stands: Record
    work: Work | None
    alone: bool


def place_among(record: Record) -> PlaceAmong:
    """Where a record stood among duplicates when it was read, for records that were read with ``copy`` and ``work``.

    Every group of duplicates has its row in ``Work``, so that nothing more has to be asked about a record alone.
    """
    copy, work = getattr(record, "copy", None), getattr(record, "work", None)
    return PlaceAmong(copy.of if copy else record, work, copy is None and work is None)


def of_work(record: Record, field: str = "record", *, alone: bool = False) -> Q:
    """That a row is about a record or a duplicate of it; ``record`` stands for its work.

    ``alone``: it is known to have no duplicates.
    """
    if alone:
        return Q(**{field: record})
    duplicates = Copy.objects.filter(of=record).values("record")
    return Q(**{field: record}) | Q(**{f"{field}__in": duplicates})


def members_of(record: Record, most: int | None = None) -> list[Record]:
    """The records of one work, the one that stands for it first."""
    rows = Record.objects.filter(copy__of=record).select_related("file__case").order_by("pk")
    return [record, *(rows if most is None else rows[:most])]


def work_of(record: Record) -> Work | None:
    """What the records of a group say together; None where the record stands alone."""
    return Work.objects.filter(record=record).first()


def body_of(record: Record) -> Body:
    """The record's own words, or the best of each field where it stands for several."""
    work = work_of(record)
    return work.merged if work else record.record


def bodies_of(records: Iterable[Record]) -> Iterator[Body]:
    """``body_of`` for many records of one case, a few hundred at a time."""
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == 500:
            yield from _bodies(batch)
            batch = []
    yield from _bodies(batch)


def _bodies(batch: list[Record]) -> Iterator[Body]:
    works = {row.record_id: row for row in Work.objects.filter(record__in=[each.pk for each in batch])}
    for record in batch:
        yield works[record.pk].merged if record.pk in works else record.record


def works_of(case: Case) -> QuerySet[Work]:
    """The groups of a case, in the order in which their first records came."""
    return Work.objects.filter(case=case).select_related("record__file__case").order_by("record")


def doubts_of(case: Case) -> QuerySet[Doubt]:
    """The pairs that wait for a person: the likeliest first, those put off last."""
    return Doubt.objects.filter(case=case).select_related(
        "match__one__file__case", "match__other__file__case"
    )


@dataclass(frozen=True)
class Waiting:
    """How many pairs wait for a person, and how many were put off."""

    open: int
    put_off: int


def waiting_of(case: Case) -> Waiting:
    counts = dict(Doubt.objects.filter(case=case).values_list("put_off").annotate(Count("pk")).order_by())
    return Waiting(counts.get(False, 0), counts.get(True, 0))


def next_doubt(case: Case, after: Doubt | None = None) -> Doubt | None:
    """The pair to look at next. Pairs put off come when there are no others, each once a round."""
    rows = doubts_of(case)
    if after is not None and after.put_off:
        later = rows.filter(Q(bits__lt=after.bits) | Q(bits=after.bits, pk__gt=after.pk), put_off=True)
        return rows.filter(put_off=False).first() or later.first()
    return rows.first()


def doubt_about(one: Record, other: Record) -> Doubt | None:
    """The open doubt about two records, if there is one."""
    either = Q(match__one=one, match__other=other) | Q(match__one=other, match__other=one)
    return Doubt.objects.filter(either).first()


def size_of(work: Record) -> int:
    """How many records a work has."""
    return 1 + Copy.objects.filter(of=work).count()


def joined_by_people(work: Record) -> set[int]:
    """The records of a work that are there because a person said so."""
    return set(Copy.objects.filter(of=work, by_person=True).values_list("record", flat=True))


def rulings_between(one: Record, other: Record) -> list[Ruling]:
    """What people said about two records, the newest first."""
    rows = one.file.case.rulings.filter(Q(one=one, other=other) | Q(one=other, other=one))
    return list(rows.select_related("ruled_by").order_by("-pk"))


def match_of(one: Record, other: Record) -> Match | None:
    """What the newest look said about two records."""
    search = newest_search(one.file.case)
    if search is None:
        return None
    either = Q(one=one, other=other) | Q(one=other, other=one)
    return search.matches.filter(either).order_by("kind", "pk").first()


def reasons_of(record: Record, most: int = 200) -> Mapping[int, Match]:
    """For the duplicates of a work, why the machine put them there, where it did."""
    search = newest_search(record.file.case)
    if search is None:
        return {}
    rows = search.matches.filter(of_work(record, "one"), kind=Match.SAME).order_by("pk")[:most]
    found: dict[int, Match] = {}
    for row in rows:
        # A reason speaks of two records: where one of them stands for the work, it is that of the other.
        found.setdefault(row.other_id if row.one_id == record.pk else row.one_id, row)
    return found


def rulings_on(record: Record) -> list[Ruling]:
    """What people said about the records of a work, the newest first."""
    rows = record.file.case.rulings.filter(of_work(record, "one") | of_work(record, "other"))
    return list(rows.select_related("ruled_by", "one__file", "other__file").order_by("-pk")[:100])


@dataclass(frozen=True)
class Related:
    """A work that belongs with another and is not one with it: how, and the record that stands for it."""

    kind: str
    words: str
    record: Record


def related_to(record: Record, *, alone: bool = False) -> list[Related]:
    """What belongs with a work, each once. ``alone``: the work is known to be one record."""
    search = record.file.case.duplicate_searches.values_list("pk", flat=True).first()
    if search is None:
        return []
    about = of_work(record, "one", alone=alone) | of_work(record, "other", alone=alone)
    linked = Match.objects.filter(about, search=search, kind__in=list(RELATIONS)).order_by("pk")
    numbers = list(linked.values_list("pk", flat=True)[:100])
    if not numbers:
        return []
    rows = Match.objects.filter(pk__in=numbers).select_related(
        "one__file__case", "one__copy__of__file__case", "other__file__case", "other__copy__of__file__case"
    )
    found: dict[int, Related] = {}
    for row in rows.order_by("pk"):
        ends = [getattr(end, "copy", None) for end in (row.one, row.other)]
        ends = [copy.of if copy else end for copy, end in zip(ends, (row.one, row.other), strict=True)]
        for there in ends:
            if there != record and record in ends:
                found.setdefault(there.pk, Related(row.kind, row.words, there))
    return list(found.values())


DUPLICATE_COLUMNS = (
    "Record",
    "Citation",
    "Title",
    "DOI",
    "Search",
    "Duplicate of record",
    "Said by",
    "Why",
    "Looked at by the machine",
)


def duplicate_rows(case: Case) -> Iterator[tuple[str, ...]]:
    """Every record that is a duplicate of another, with why; then every ruling, in the order in which it was made."""
    search = newest_search(case)
    why = dict(search.matches.filter(kind=Match.SAME).values_list("one", "words")) if search else {}
    looked = f"{search.made_at:%Y-%m-%d}, version {search.version}" if search else ""
    rows = Copy.objects.filter(case=case).select_related("record__file").order_by("of", "record")
    for row in rows.iterator(2_000):
        record = row.record
        yield (
            str(record.pk),
            record.citation,
            record.title,
            record.body.get("doi", ""),
            str(record.file),
            str(row.of_id),
            "a person" if row.by_person else "the machine",
            "a person said so: see the decisions"
            if row.by_person
            else why.get(record.pk, why.get(row.of_id, "")),
            "" if row.by_person else looked,
        )


RULING_COLUMNS = (
    "Number",
    "When",
    "By",
    "Decision",
    "Record",
    "Title",
    "Other record",
    "Other title",
    "Why",
    "What the machine had said",
)


def ruling_rows(case: Case) -> Iterator[tuple[str, ...]]:
    """Every decision about duplicates in the order in which it was made."""
    rows = case.rulings.select_related("ruled_by", "one", "other", "match").order_by("pk")
    for row in rows.iterator(2_000):
        yield (
            str(row.pk),
            f"{row.ruled_at:%Y-%m-%d %H:%M:%S}",
            row.ruled_by.name,
            str(row),
            str(row.one_id),
            row.one.title,
            str(row.other_id),
            row.other.title,
            row.why,
            row.match.words if row.match else "",
        )
