"""What the evidence review adds to a case: records to look through, and how far that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from wherewithal.plain_english import counted, long_date
from wherewithal.thread.stages import Stage
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.retracted import source_told
from wherewithal_web.analyse.reviews.models import (
    Answer,
    AreaVersion,
    AttachedText,
    CertaintyDecision,
    Comparison,
    DescribedDirection,
    DuplicateSearch,
    EarlierFile,
    EarlierLabel,
    EarlierWithdrawal,
    ExtractionPlan,
    FullText,
    LikenessRuling,
    Match,
    NarrativeVersion,
    NetworkVersion,
    OutcomeVersion,
    ProtocolVersion,
    Ranking,
    Record,
    RecordFile,
    Remark,
    Result,
    Ruling,
    ScreeningDecision,
    SpokenFor,
    StopDecision,
    Study,
    StudyArm,
    StudyReport,
    TextRemoval,
    WarningAnswer,
)
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.contributions import Contribution, Panel, PaperTable, Tool, contribute
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.outgoing import plain_rows


def _home(case: Case) -> str:
    return reverse("reviews:home", args=[case.slug])


def _present(case: Case) -> set[str]:
    decided = ScreeningDecision.objects.filter(record__file__case=case).exists()
    return {"records"} if decided else set()


def _tools(case: Case) -> list[Tool]:
    tools = [
        Tool(
            Stage.ANALYSE,
            "Look through a search of studies",
            _home(case),
            "Bring in records, keep the ones that matter, say why the others were left out",
        )
    ]
    if queries.kept_for_extraction(case).exists():
        tools.append(
            Tool(
                Stage.ANALYSE,
                "Take from the studies what they found",
                reverse("reviews:studies", args=[case.slug]),
                "Arms, outcomes and results, each with its page and its effect",
            )
        )
    return tools


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
    """The protocol's versions, searches, records, studies, and everything that was decided and said about them.

    What one of two people decided, wrote beside a record, or took from a study, is left out until both have.
    """
    files = plain_rows(RecordFile.objects.filter(case=case))
    protocols = plain_rows(ProtocolVersion.objects.filter(case=case))
    if not files and not protocols:
        return {}
    return {
        "protocols": protocols,
        "searches": files,
        "records": plain_rows(Record.objects.filter(file__case=case)),
        "decisions": _open_decisions(case),
        "remarks": _open_remarks(case),
        "full_texts": plain_rows(FullText.objects.filter(record__file__case=case)),
        "duplicate_searches": plain_rows(DuplicateSearch.objects.filter(case=case)),
        "duplicate_matches": plain_rows(Match.objects.filter(search__case=case)),
        "duplicate_rulings": plain_rows(Ruling.objects.filter(case=case)),
        "spoken_for": plain_rows(SpokenFor.objects.filter(decision__record__file__case=case)),
        "attached_texts": plain_rows(AttachedText.objects.filter(record__file__case=case)),
        "text_removals": plain_rows(TextRemoval.objects.filter(text__record__file__case=case)),
        "earlier_files": plain_rows(EarlierFile.objects.filter(case=case)),
        "earlier_labels": plain_rows(EarlierLabel.objects.filter(file__case=case)),
        "earlier_withdrawals": plain_rows(EarlierWithdrawal.objects.filter(file__case=case)),
        "rankings": plain_rows(Ranking.objects.filter(case=case)),
        "stops": plain_rows(StopDecision.objects.filter(case=case)),
        "outcomes": plain_rows(OutcomeVersion.objects.filter(case=case)),
        "networks": plain_rows(NetworkVersion.objects.filter(case=case)),
        "certainty": plain_rows(CertaintyDecision.objects.filter(case=case)),
        "outcomes_in_words": plain_rows(NarrativeVersion.objects.filter(case=case)),
        "directions_in_words": plain_rows(DescribedDirection.objects.filter(study__case=case)),
        "our_area": plain_rows(AreaVersion.objects.filter(case=case)),
        "likeness": plain_rows(LikenessRuling.objects.filter(study__case=case)),
        "studies": plain_rows(Study.objects.filter(case=case)),
        "study_reports": plain_rows(StudyReport.objects.filter(study__case=case)),
        "arms": plain_rows(StudyArm.objects.filter(study__case=case)),
        "extraction_plans": plain_rows(ExtractionPlan.objects.filter(case=case)),
        "answers": _open_answers(case),
        "comparisons": plain_rows(Comparison.objects.filter(study__case=case)),
        "results": _open_results(case),
        "warning_answers": plain_rows(WarningAnswer.objects.filter(comparison__study__case=case)),
    }


def _open_decisions(case: Case) -> list[dict[str, Any]]:
    waiting = queries.waiting_in(case)
    unsaid = {"verdict": queries.HIDDEN, "reason": "", "words": "", "note": ""}
    return [
        {**row, **unsaid} if (row["record"], row["stage"]) in waiting else row
        for row in plain_rows(ScreeningDecision.objects.filter(record__file__case=case))
    ]


def _open_answers(case: Case) -> list[dict[str, Any]]:
    waiting = queries.waiting_answers(case)
    unsaid = {"value": queries.HIDDEN, "page": "", "quotation": ""}
    return [
        {**row, **unsaid} if (row["study"], row["question"]) in waiting else row
        for row in plain_rows(Answer.objects.filter(study__case=case))
    ]


def _open_results(case: Case) -> list[dict[str, Any]]:
    waiting = queries.waiting_results(case)
    unsaid = {"given": queries.HIDDEN, "page": "", "quotation": "", "suggestion": None} | {
        "found_in": None,
        "found_page": None,
        "found_start": None,
    }
    return [
        {**row, **unsaid} if row["comparison"] in waiting else row
        for row in plain_rows(Result.objects.filter(comparison__study__case=case))
    ]


def _open_remarks(case: Case) -> list[dict[str, Any]]:
    rows = Remark.objects.filter(record__file__case=case)
    told = {each.pk for each in queries.open_remarks(case, rows)}
    return [row if row["id"] in told else {**row, "words": queries.HIDDEN} for row in plain_rows(rows)]


def _veil(case: Case) -> Callable[[Event], bool]:
    """Whether an event of the history tells what a second person may not know yet.

    Actions write nothing of the kind down; but a protocol that was amended can ask for a second person about
    records that one had decided about in the open.
    """
    waiting = queries.waiting_in(case)

    def tells(event: Event) -> bool:
        about = (event.details.get("record"), event.details.get("stage"))
        return event.action == "reviews.record_decision" and "verdict" in event.details and about in waiting

    return tells


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
            veil=_veil,
            source_told=source_told,
        )
    )
