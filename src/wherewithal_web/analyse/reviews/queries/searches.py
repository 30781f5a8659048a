"""Reading searches and records. Everything starts from a case that the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal_web.analyse.reviews.models import (
    Copy,
    FullText,
    Record,
    RecordFile,
    ScreeningStage,
    Standing,
)
from wherewithal_web.analyse.reviews.queries.brought import brought_by
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import case_for
from wherewithal_web.people.models import User
from wherewithal_web.people.roles import Permission

ABSTRACT = ScreeningStage.ABSTRACT.value
FULL_TEXT = ScreeningStage.FULL_TEXT.value
SETTLED = [each.value for each in Outcome if each.settled]

SHOWS = {
    "to-look-at": ("To look at", Q(verdict__isnull=True) | Q(verdict=Outcome.WAITING.value)),
    "kept": ("Kept", Q(verdict=Outcome.INCLUDE.value)),
    "left-out": ("Left out", Q(verdict=Outcome.EXCLUDE.value)),
    "unsure": ("Unsure", Q(verdict=Outcome.UNSURE.value)),
    "differ": ("Two differ", Q(verdict=Outcome.CONFLICT.value)),
    "all": ("All", Q()),
}
"""The piles a list can show: key, words and which records."""


def searches_of(case: Case) -> list[RecordFile]:
    """The searches of a case, the first brought in first, each with ``duplicates``, ``to_look_at`` and ``brought``.

    A record that came again counts to the search that brought it first.
    """
    searches = list(case.record_files.select_related("imported_by"))
    decided = dict(
        Standing.objects.filter(case=case, stage=ABSTRACT)
        .exclude(outcome=Outcome.WAITING.value)
        .values_list("record__file")
        .annotate(Count("pk"))
    )
    duplicates = dict(
        Copy.objects.filter(case=case).values_list("record__file").annotate(Count("pk")).order_by()
    )
    brought = brought_by(case)
    for search in searches:
        search.brought = brought[search.pk]
        search.duplicates = duplicates.get(search.pk, 0)
        search.to_look_at = search.record_count - search.duplicates - decided.get(search.pk, 0)
    return searches


def pile_of(case: Case, stage: str = ABSTRACT) -> QuerySet[Record]:
    """The records to be decided about at a stage: all of them, then those that were kept on title and abstract.

    Of records that are one work the first is here, and stands for the others.
    """
    rows = Record.objects.filter(file__case=case, copy=None)
    if stage == FULL_TEXT:
        kept = Standing.objects.filter(case=case, stage=ABSTRACT, outcome=Outcome.INCLUDE.value)
        rows = rows.filter(pk__in=kept.values("record")).exclude(pk__in=not_got(case).values("work"))
    return rows.select_related("file__case").order_by("pk")


def not_got(case: Case) -> QuerySet[FullText]:
    """What was last said about each full text that could not be got, with ``work``: the record that stands for it."""
    rows = FullText.objects.annotate(work=Coalesce("record__copy__of", "record"))
    newest = rows.filter(record__file__case=case).values("work").annotate(newest=Max("pk")).order_by()
    return rows.filter(pk__in=newest.values("newest"), found=False)


def records_of(case: Case, show: str = "all", stage: str = ABSTRACT) -> QuerySet[Record]:
    """The records of one pile, in the order in which they came, each with what holds about it.

    Raises Http404 for a pile that there is none of.
    """
    if show not in SHOWS:
        raise Http404
    rows = pile_of(case, stage).annotate(
        here=FilteredRelation("standings", condition=Q(standings__stage=stage)),
        verdict=F("here__outcome"),
        reason=F("here__reason"),
        words=F("here__words"),
        size=F("work__size"),
    )
    return rows.filter(SHOWS[show][1])


def record_for(
    user: User, slug: str, pk: int, permission: Permission = Permission.VIEW, *, stage: str = ABSTRACT
) -> Record:
    """One record of a case that this person may see. Raises Http404 otherwise, whatever the cause.

    At the full-text stage only records that were kept on title and abstract are there.
    """
    return record_in(case_for(user, slug, permission), pk, stage=stage)


def record_in(case: Case, pk: int, *, stage: str = ABSTRACT) -> Record:
    """``record_for``, of a case that was read for the person already.

    What it is a duplicate of, and what its duplicates say together, is read with it: see ``duplicates.place_among``.
    """
    rows = Record.objects.filter(file__case=case).select_related("file", "copy", "work")
    if stage == FULL_TEXT:
        kept = Standing.objects.filter(record=pk, stage=ABSTRACT, outcome=Outcome.INCLUDE.value)
        rows = rows.filter(pk__in=kept.values("record"))
    record = rows.filter(pk=pk).order_by().first()
    if record is None:
        raise Http404("There is no such record in this case.")
    record.file.case = case
    return record


@dataclass(frozen=True)
class Place:
    """Where a record stands among all of its case: its number, and its neighbours."""

    number: int
    found: int
    before: Record | None
    after: Record | None


def place_of(record: Record) -> Place:
    rows = Record.objects.filter(file__case=record.file.case).select_related("file__case").order_by("pk")
    return Place(
        rows.filter(pk__lte=record.pk).count(),
        rows.count(),
        rows.filter(pk__lt=record.pk).last(),
        rows.filter(pk__gt=record.pk).first(),
    )


def same_article(record: Record) -> list[Record]:
    """Other records of the case with the same DOI, PubMed number, or title and year."""
    case = record.file.case
    others = Record.objects.filter(key=record.key, file__case=case).exclude(pk=record.pk).order_by()
    if not others.exists():
        return []
    return list(records_of(case).filter(key=record.key).exclude(pk=record.pk)[:5])


def first_search(case: Case) -> date | None:
    """The day of the earliest search of a case, where any search says its day."""
    found: date | None = case.record_files.aggregate(first=Min("searched_on"))["first"]
    return found
