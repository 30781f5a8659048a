"""The record of a review: its flow, its searches, and every decision, for whoever wants to check it."""

from __future__ import annotations

from collections.abc import Iterator

from wherewithal.analyse.reviews.prisma import Flow
from wherewithal.plain_english import long_date
from wherewithal_web.analyse.reviews.models import ScreeningDecision, Standing
from wherewithal_web.analyse.reviews.queries.blindness import HIDDEN, waiting_in
from wherewithal_web.analyse.reviews.queries.brought import Brought
from wherewithal_web.analyse.reviews.queries.duplicates import copies_of, removed_of
from wherewithal_web.analyse.reviews.queries.protocol import versions_of
from wherewithal_web.analyse.reviews.queries.screening import counts_of
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT, FULL_TEXT, not_got, searches_of
from wherewithal_web.analyse.reviews.queries.stopping import stopped
from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.models import Run

DUPLICATE = "duplicate"

LOG_COLUMNS = (
    "Number",
    "When",
    "By",
    "Stage",
    "Record",
    "Duplicate of",
    "DOI",
    "Title",
    "Decision",
    "Reason",
    "In their words",
    "Settles a difference",
    "How it was settled",
    "Ranking that put it there",
)
RANKING_COLUMNS = (
    "Number",
    "When",
    "Model",
    "Version",
    "Seed",
    "Protocol version",
    "Decisions learnt from",
    "Last decision learnt from",
    "Records in order",
    "Fingerprint of the order (SHA-256)",
)
SEARCH_COLUMNS = (
    "Database",
    "File",
    "SHA-256",
    "Searched on",
    "What was searched for",
    "Records",
    "Duplicates of earlier records",
    "Already here from earlier searches",
    "More than once in this search",
    "New",
    "For a person to look at",
    "Brought in by",
    "When",
)


def flow_now(case: Case) -> Flow:
    """The numbers of the flow as they stand. Records left out as duplicates count as such, not as irrelevant."""
    abstract, full = counts_of(case), counts_of(case, FULL_TEXT)
    identified: dict[str, int] = {}
    for search in searches_of(case):
        name = search.database or search.name
        identified[name] = identified.get(name, 0) + search.record_count
    removed = removed_of(case)
    duplicates = sum(count for reason, count in abstract.reasons if reason.key == DUPLICATE)
    missing = Standing.objects.filter(
        record__in=not_got(case).values("work"), stage=ABSTRACT, outcome="include"
    ).count()
    return Flow(
        identified,
        duplicates=removed.all + duplicates,
        by_machine=removed.by_machine,
        unread=abstract.to_look_at,
        unsettled=abstract.unsure + abstract.differ,
        excluded=abstract.left_out - duplicates,
        not_retrieved=missing,
        waiting=full.to_look_at + full.unsure + full.differ,
        excluded_reports={reason.words: count for reason, count in full.reasons},
        reports_included=full.kept,
        stopped=stopped(case) is not None,
    )


def log_of(case: Case) -> Iterator[tuple[str, ...]]:
    """Every decision in the order in which it was made. What one of two decided is left blank until both have."""
    blind = waiting_in(case)
    stands_for = copies_of(case)
    rows = (
        ScreeningDecision.objects.filter(record__file__case=case)
        .select_related("decided_by", "record")
        .order_by("pk")
    )
    for each in rows.iterator(2_000):
        work = stands_for.get(each.record_id, each.record_id)
        hidden = (work, each.stage) in blind
        yield (
            str(each.pk),
            f"{each.decided_at:%Y-%m-%d %H:%M:%S}",
            each.decided_by.name,
            each.get_stage_display(),
            str(each.record_id),
            str(work) if work != each.record_id else "",
            each.record.body.get("doi", ""),
            each.record.title,
            HIDDEN if hidden else each.verdict,
            "" if hidden else each.reason_words,
            "" if hidden else each.words,
            "yes" if each.settles else "",
            "" if hidden else each.note,
            str(each.ranking or ""),
        )


def rankings_of(case: Case) -> Iterator[tuple[str, ...]]:
    """Every lesson in turn: enough to learn it again and compare."""
    for each in case.rankings.order_by("number"):
        yield (
            str(each.number),
            f"{each.made_at:%Y-%m-%d %H:%M:%S}",
            each.model,
            each.version,
            str(each.seed),
            str(each.protocol),
            str(each.decisions),
            str(each.learnt_to),
            str(each.records),
            each.order_sha256,
        )


def newest_check_again(case: Case) -> Run | None:
    """The newest run that learnt this case's order once more, to see whether it comes out the same."""
    return Run.objects.filter(kind="reviews.again", key=str(case.pk)).first()


def search_rows(case: Case) -> Iterator[tuple[str, ...]]:
    for each in searches_of(case):
        yield (
            each.database,
            each.name,
            each.sha256,
            f"{each.searched_on:%Y-%m-%d}" if each.searched_on else "",
            each.search,
            str(each.record_count),
            str(each.duplicates),
            *_what_it_brought(each.brought),
            each.imported_by.name,
            f"{each.imported_at:%Y-%m-%d %H:%M:%S}",
        )


def _what_it_brought(brought: Brought) -> tuple[str, ...]:
    """The counts of a search; left blank where the machine has not looked for duplicates since."""
    counts = (brought.already_here, brought.again, brought.new, brought.to_compare)
    return tuple(str(count) if brought.looked else "" for count in counts)


def searches_in_words(case: Case) -> list[str]:
    """What each search brought, in a line each; none where there is only one search, which the flow tells whole."""
    searches = searches_of(case)
    return [
        f"{each}{f', {long_date(each.searched_on)}' if each.searched_on else ''}: {each.brought.words}."
        for each in (searches if len(searches) > 1 else ())
    ]


def amendments_of(case: Case) -> list[str]:
    """The protocol's versions in a line each, the first first."""
    return [
        f"Version {each.row.number}, {long_date(each.row.written_at.date())}, {each.row.written_by.name}"
        + (f": {each.row.why}" if each.row.why else "")
        for each in reversed(versions_of(case))
    ]
