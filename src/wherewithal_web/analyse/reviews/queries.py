"""Reading searches, records and decisions. Everything starts from a case that the person may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from wherewithal.analyse.reviews.screening.decisions import REASONS, Reason, Verdict
from wherewithal.analyse.reviews.screening.findings import screening_finding
from wherewithal.thread import Finding
from wherewithal_web.analyse.reviews.models import Record, RecordFile, ScreeningDecision
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.queries import case_for
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.roles import Permission

SHOWS = {
    "to-look-at": ("To look at", Q(verdict__isnull=True)),
    "kept": ("Kept", Q(verdict=Verdict.INCLUDE.value)),
    "left-out": ("Left out", Q(verdict=Verdict.EXCLUDE.value)),
    "unsure": ("Unsure", Q(verdict=Verdict.UNSURE.value)),
    "all": ("All", Q()),
}
"""The piles a list can show: key, words and which records."""


@dataclass(frozen=True)
class Counts:
    """How far the looking-through is."""

    found: int
    kept: int
    left_out: int
    unsure: int
    reasons: tuple[tuple[Reason, int], ...]

    @property
    def decided(self) -> int:
        return self.kept + self.left_out + self.unsure

    @property
    def to_look_at(self) -> int:
        return self.found - self.decided

    def of(self, show: str) -> int:
        """How many records the pile ``show`` holds."""
        return {
            "to-look-at": self.to_look_at,
            "kept": self.kept,
            "left-out": self.left_out,
            "unsure": self.unsure,
            "all": self.found,
        }[show]


def searches_of(case: Case) -> list[RecordFile]:
    """The searches of a case, the first brought in first, each with ``to_look_at``."""
    searches = list(case.record_files.select_related("imported_by"))
    decided = dict(
        ScreeningDecision.objects.filter(record__file__case=case)
        .values_list("record__file")
        .annotate(Count("record", distinct=True))
    )
    for search in searches:
        search.to_look_at = search.record_count - decided.get(search.pk, 0)
    return searches


def records_of(case: Case, show: str = "all") -> QuerySet[Record]:
    """The records of one pile, in the order in which they came, each with its newest decision.

    Raises Http404 for a pile that there is none of.
    """
    if show not in SHOWS:
        raise Http404
    newest = ScreeningDecision.objects.filter(record=OuterRef("pk")).order_by("-pk")
    rows = Record.objects.filter(file__case=case).annotate(
        verdict=Subquery(newest.values("verdict")[:1]),
        reason=Subquery(newest.values("reason")[:1]),
        words=Subquery(newest.values("words")[:1]),
    )
    return rows.filter(SHOWS[show][1]).select_related("file__case").order_by("pk")


def newest_decisions(case: Case) -> QuerySet[ScreeningDecision]:
    """The decision that holds about each record of the case that has one."""
    newest = (
        ScreeningDecision.objects.filter(record__file__case=case)
        .values("record")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return ScreeningDecision.objects.filter(pk__in=newest).select_related("decided_by")


def exclusions_of(case: Case) -> QuerySet[ScreeningDecision]:
    """The decisions that hold and leave a record out, in the order of the records."""
    rows = newest_decisions(case).filter(verdict=Verdict.EXCLUDE.value)
    return rows.select_related("record__file__case", "decided_by").order_by("record__pk")


def counts_of(case: Case) -> Counts:
    found = Record.objects.filter(file__case=case).count()
    rows = newest_decisions(case).order_by().values_list("verdict", "reason").annotate(Count("pk"))
    verdicts: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for verdict, reason, count in rows:
        verdicts[verdict] = verdicts.get(verdict, 0) + count
        if verdict == Verdict.EXCLUDE:
            reasons[reason] = reasons.get(reason, 0) + count
    return Counts(
        found,
        verdicts.get(Verdict.INCLUDE, 0),
        verdicts.get(Verdict.EXCLUDE, 0),
        verdicts.get(Verdict.UNSURE, 0),
        tuple((each, reasons[each.key]) for each in REASONS if each.key in reasons),
    )


def record_for(user: User, slug: str, pk: int, permission: Permission = Permission.VIEW) -> Record:
    """One record of a case that this person may see. Raises Http404 otherwise, whatever the cause."""
    case = case_for(user, slug, permission)
    record = records_of(case).filter(pk=pk).first()
    if record is None:
        raise Http404("There is no such record in this case.")
    return record


def next_to_look_at(case: Case, after: Record | None = None) -> Record | None:
    """The next record that nobody has decided about: after ``after``, else from the beginning."""
    rows = records_of(case, "to-look-at")
    following = rows.filter(pk__gt=after.pk).first() if after else None
    return following or rows.first()


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


def decisions_about(record: Record) -> list[ScreeningDecision]:
    """Every decision about a record, the newest first."""
    return list(record.decisions.select_related("decided_by").order_by("-pk"))


def same_article(record: Record) -> list[Record]:
    """Other records of the case with the same DOI, PubMed number, or title and year."""
    case = record.file.case
    return list(records_of(case).filter(key=record.key).exclude(pk=record.pk)[:5])


# --- the thread -----------------------------------------------------------------------------------------


def screening_now(case: Case) -> Finding | None:
    """The account of the screening as it stands, or None where nothing has been decided."""
    decisions = [row.decision for row in newest_decisions(case)]
    if not decisions:
        return None
    return screening_finding(
        case_key=case.slug,
        searches=[search.as_search() for search in case.record_files.all()],
        decisions=decisions,
        found_on=today(),
        link=f"{case.get_absolute_url()}reviews/",
        made_up=case.made_up_figures,
    )


def screening_on_thread(case: Case) -> StoredFinding | None:
    """The newest account of the screening that was put on the case's thread."""
    return _newest_on_thread(case, f"reviews:screening:{case.slug}")


def record_on_thread(case: Case, key: str) -> StoredFinding | None:
    """The newest finding about the article with that key on the case's thread."""
    return _newest_on_thread(case, f"reviews:record:{key}")


def _newest_on_thread(case: Case, subject: str) -> StoredFinding | None:
    return (
        StoredFinding.objects.filter(on_cases__case=case, case=case, subject=subject).order_by("-pk").first()
    )


def keys_on_thread(case: Case) -> set[str]:
    """The keys of the articles that are on the case's thread."""
    start = "reviews:record:"
    subjects = StoredFinding.objects.filter(on_cases__case=case, subject__startswith=start)
    return {subject.removeprefix(start) for subject in subjects.values_list("subject", flat=True)}
