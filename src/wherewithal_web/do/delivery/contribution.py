"""What this room adds to a case: who delivers it, from when, and what is measured before and after."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wherewithal.do.delivery import ReadingKind
from wherewithal.plain_english import long_date
from wherewithal.thread.stages import Stage
from wherewithal_web.cases.contributions import Contribution, PaperTable, Tool, contribute
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.outgoing import plain_rows
from wherewithal_web.do.delivery.models import Delivery, OutcomeMeasure, Reading
from wherewithal_web.do.delivery.queries import ShownMeasure, delivery_of, measures_of


def _page(case: Case) -> str:
    return reverse("delivery:delivery", args=[case.slug])


def _provider(case: Case) -> str:
    return reverse("delivery:provider", args=[case.slug])


def _new_measure(case: Case) -> str:
    return reverse("delivery:add_measure", args=[case.slug])


def _recording(kind: ReadingKind):
    """Straight to the form where there is one measure to record, else to where one is chosen."""

    def link(case: Case) -> str:
        measures = list(OutcomeMeasure.objects.filter(case=case)[:2])
        has_what_it_needs = kind is ReadingKind.BASELINE or _kinds(case) >= {ReadingKind.BASELINE.value}
        if len(measures) == 1 and has_what_it_needs:
            return reverse("delivery:record_reading", args=[case.slug, measures[0].key, kind])
        return f"{_page(case)}#measures"

    return link


def _kinds(case: Case) -> set[str]:
    return set(Reading.objects.filter(measure__case=case).values_list("kind", flat=True))


def _present(case: Case) -> set[str]:
    delivery = delivery_of(case)
    present = _kinds(case)
    if delivery.provider:
        present.add("provider")
    if delivery.starts_on:
        present.add("start")
    if OutcomeMeasure.objects.filter(case=case).exists():
        present.add("measure")
    return present


def _tools(case: Case) -> list[Tool]:
    return [
        Tool(
            Stage.DO,
            "Who delivers it, and what is measured",
            _page(case),
            "Provider, start, measures, baseline",
        ),
        Tool(Stage.DO, "Choose an outcome measure", _new_measure(case), "What will show whether it works"),
    ]


def _tables(case: Case) -> list[PaperTable]:
    tables = []
    delivery = delivery_of(case)
    if delivery.provider or delivery.starts_on:
        start = long_date(delivery.starts_on) if delivery.starts_on else "not set yet"
        tables.append(
            PaperTable(
                "delivery",
                "Who delivers it, and from when",
                ("Provider", "Starts on"),
                ((delivery.provider or "not named yet", start),),
            )
        )
    measures = measures_of(case)
    if measures:
        made_up = ("The figures are made up, for demonstration.",) if case.made_up_figures else ()
        tables.append(
            PaperTable(
                "review",
                "What is measured",
                ("Measure", "Which way is better", "How", "Baseline"),
                tuple(_row(measure) for measure in measures),
                made_up,
            )
        )
    return tables


def _row(measure: ShownMeasure) -> tuple[str, ...]:
    baseline = measure.newest(ReadingKind.BASELINE.value)
    words = "not recorded yet"
    if baseline:
        pure = baseline.pure
        ranged = f", {pure.range_words}" if pure.range_words else ""
        words = f"{pure.words}{ranged}, {long_date(pure.on)}"
    return (measure.row.name, measure.row.polarity.capitalize(), measure.row.how, words)


def _export(case: Case) -> dict[str, Any]:
    measures = plain_rows(OutcomeMeasure.objects.filter(case=case))
    readings = plain_rows(Reading.objects.filter(measure__case=case))
    delivery = plain_rows(Delivery.objects.filter(case=case))
    return {"delivery": delivery, "measures": measures, "readings": readings} if measures or delivery else {}


def register() -> None:
    contribute(
        Contribution(
            room="delivery",
            present=_present,
            need_links={
                "provider": _provider,
                "start": _provider,
                "measure": _new_measure,
                "baseline": _recording(ReadingKind.BASELINE),
                "result": _recording(ReadingKind.RESULT),
            },
            tools=_tools,
            tables=_tables,
            export=_export,
        )
    )
