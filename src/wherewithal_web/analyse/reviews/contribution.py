"""What the evidence review adds to a case: records to look through, and how far that is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wherewithal.plain_english import counted, long_date
from wherewithal.thread.stages import Stage
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import (
    Answer,
    Comparison,
    ExtractionPlan,
    FullText,
    ProtocolVersion,
    Ranking,
    Record,
    RecordFile,
    Remark,
    Result,
    ScreeningDecision,
    StopDecision,
    Study,
    StudyArm,
    StudyReport,
    WarningAnswer,
)
from wherewithal_web.cases.contributions import Contribution, Panel, PaperTable, Tool, contribute
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.outgoing import plain_rows


def _home(case: Case) -> str:
    return reverse("reviews:home", args=[case.slug])


def _present(case: Case) -> set[str]:
    decided = ScreeningDecision.objects.filter(record__file__case=case).exists()
    return {"records"} if decided else set()


def _tools(case: Case) -> list[Tool]:
    return [
        Tool(
            Stage.ANALYSE,
            "Look through a search of studies",
            _home(case),
            "Bring in records, keep the ones that matter, say why the others were left out",
        )
    ]


def _panels(case: Case) -> list[Panel]:
    counts = queries.counts_of(case)
    if not counts.found:
        return []
    items = [(f"{counts.kept:,} kept, {counts.left_out:,} left out", _list(case, "kept"))]
    if counts.unsure:
        items.append((f"{counts.unsure:,} unsure", _list(case, "unsure")))
    if counts.differ:
        items.append((f"{counts.differ:,} on which two differ", reverse("reviews:differ", args=[case.slug])))
    if counts.to_look_at:
        items.append((f"{counts.to_look_at:,} still to look at", _list(case, "to-look-at")))
    return [Panel("Studies", tuple(items), ("See the searches", _home(case)))]


def _list(case: Case, show: str) -> str:
    return f"{reverse('reviews:records', args=[case.slug])}?show={show}"


def _tables(case: Case) -> list[PaperTable]:
    finding = queries.screening_now(case)
    if finding is None:
        return []
    rows = tuple(
        (
            str(search),
            long_date(search.searched_on) if search.searched_on else "not recorded",
            f"{search.record_count:,}",
        )
        for search in queries.searches_of(case)
    )
    counts = queries.counts_of(case)
    left_out = "; ".join(f"{reason.words.lower()}, {count}" for reason, count in counts.reasons)
    notes = [finding.statement, *finding.cautions]
    if left_out:
        notes.insert(1, f"Left out, with {counted(counts.left_out, 'record')} in all: {left_out}.")
    if finding.made_up:
        notes.append("Made up for the demonstration.")
    return [
        PaperTable(
            "what-works",
            "Searches of studies",
            ("Database", "Searched on", "Records"),
            rows,
            tuple(notes),
        )
    ]


def _export(case: Case) -> dict[str, Any]:
    """The protocol's versions, searches, records, studies, and everything that was decided and said about them."""
    files = plain_rows(RecordFile.objects.filter(case=case))
    protocols = plain_rows(ProtocolVersion.objects.filter(case=case))
    if not files and not protocols:
        return {}
    return {
        "protocols": protocols,
        "searches": files,
        "records": plain_rows(Record.objects.filter(file__case=case)),
        "decisions": plain_rows(ScreeningDecision.objects.filter(record__file__case=case)),
        "remarks": plain_rows(Remark.objects.filter(record__file__case=case)),
        "full_texts": plain_rows(FullText.objects.filter(record__file__case=case)),
        "rankings": plain_rows(Ranking.objects.filter(case=case)),
        "stops": plain_rows(StopDecision.objects.filter(case=case)),
        "studies": plain_rows(Study.objects.filter(case=case)),
        "study_reports": plain_rows(StudyReport.objects.filter(study__case=case)),
        "arms": plain_rows(StudyArm.objects.filter(study__case=case)),
        "extraction_plans": plain_rows(ExtractionPlan.objects.filter(case=case)),
        "answers": plain_rows(Answer.objects.filter(study__case=case)),
        "comparisons": plain_rows(Comparison.objects.filter(study__case=case)),
        "results": plain_rows(Result.objects.filter(comparison__study__case=case)),
        "warning_answers": plain_rows(WarningAnswer.objects.filter(comparison__study__case=case)),
    }


def register() -> None:
    contribute(
        Contribution(
            room="reviews",
            present=_present,
            need_links={"records": _home},
            tools=_tools,
            panels=_panels,
            tables=_tables,
            export=_export,
        )
    )
