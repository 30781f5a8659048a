"""Everything that a reader needs to check a review, in one folder."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from wherewithal.plain_english import long_date
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import ScreeningStage
from wherewithal_web.analyse.reviews.views.account import flow_as, notes_of, table_of
from wherewithal_web.analyse.reviews.views.frame import download
from wherewithal_web.analyse.reviews.views.searches import kept_as_ris, left_out_table
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import case_for
from wherewithal_web.clock import today


@require_GET
def folder(request: HttpRequest, slug: str) -> HttpResponse:
    """The record of a review as a zip archive, with a page that says what each file is."""
    case = case_for(request.user, slug)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = []
        for name, words, content in _files(case):
            archive.writestr(f"{case.slug}-review/{name}", content)
            lines.append(f"{name}\n    {words}\n")
        archive.writestr(f"{case.slug}-review/README.txt", _readme(case, lines))
    return download(out.getvalue(), "application/zip", f"{case.slug}-review.zip")


def _files(case: Case) -> Iterator[tuple[str, str, str | bytes]]:
    yield "flow.svg", "The flow of records (PRISMA 2020) as a drawing.", flow_as(case, "svg")
    yield "flow.docx", "The same for Word.", flow_as(case, "docx")
    yield "flow.csv", "The same as a table.", flow_as(case, "csv")
    yield (
        "searches.csv",
        "Every search: database, file with its SHA-256, date, what was searched for, and how many records.",
        table_of(queries.SEARCH_COLUMNS, queries.search_rows(case)),
    )
    if case.living_runs.exists():
        yield (
            "asked-again.csv",
            "Every time a service was asked again for what is new, also where nothing was, or it could not be reached.",
            table_of(queries.TURN_COLUMNS, queries.turn_rows(case)),
        )
    yield (
        "screening-log.csv",
        "Every decision in the order in which it was made. What one of two people decided about a record is "
        "hidden until the other has decided.",
        table_of(queries.LOG_COLUMNS, queries.log_of(case)),
    )
    yield (
        "left-out-abstract.csv",
        "What was left out on title and abstract, with the reason.",
        left_out_table(case),
    )
    yield (
        "left-out-full-text.csv",
        "What was left out on the full text, with the reason.",
        left_out_table(case, queries.FULL_TEXT),
    )
    yield "kept.ris", "What was kept on title and abstract, for a reference manager.", kept_as_ris(case)
    yield (
        "orders.csv",
        "Every order of reading that was learnt: model, version, seed, decisions learnt from, and the SHA-256 of "
        "the order.",
        table_of(queries.RANKING_COLUMNS, queries.rankings_of(case)),
    )
    yield (
        "protocol.json",
        "Every version of the protocol, the first first; with how many people decide, the seed and the stopping "
        "rule.",
        _json(
            [
                {
                    "version": each.row.number,
                    "written_by": each.row.written_by.name,
                    "written_at": each.row.written_at,
                    "why": each.row.why,
                    "changes": each.changes,
                    "protocol": each.row.body,
                }
                for each in reversed(queries.versions_of(case))
            ]
        ),
    )
    yield "method.json", "Agreement, stopping and the random check, with their numbers.", _json(_method(case))


def _method(case: Case) -> dict[str, object]:
    protocol = queries.protocol_of(case)
    stopped, check = queries.stopped(case), queries.check_of(case)
    return {
        "seed": protocol.seed,
        "model": protocol.model,
        "two_people_about": f"{protocol.second_share}% of the records",
        "target": protocol.target,
        "confidence": protocol.confidence,
        "looks": protocol.looks,
        "agreement": {
            stage.label: {
                "words": found.words,
                "records": found.records,
                "percent": found.percent,
                "ac1": found.ac1,
                "interval": found.interval,
                "kappa": found.kappa,
            }
            for stage in ScreeningStage
            if (found := queries.agreement(case, stage.value)) is not None
        },
        "stopped": None
        if stopped is None
        else {
            "by": stopped.decided_by.name,
            "at": stopped.decided_at,
            "rule": stopped.rule,
            "words": stopped.words,
            "assumption": stopped.assumption,
            "why": stopped.why,
            "numbers": stopped.numbers,
        },
        "random_check": check.words if check else None,
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)


def _readme(case: Case, lines: list[str]) -> str:
    head = [
        f"The record of the review in the case '{case.title}', as it stood on {long_date(today())}.",
        "CSV files are UTF-8. A cell that a spreadsheet would take for a formula begins with an apostrophe.",
        "The full texts that were attached are not here: their licences may not let them be passed on.",
        *notes_of(case),
    ]
    return "\n".join([*head, "", *lines])
