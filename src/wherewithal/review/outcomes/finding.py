"""A comparison put on the thread: what we learned becomes local evidence for the next case."""

from __future__ import annotations

from datetime import date

from wherewithal.review.outcomes.comparison import Comparison
from wherewithal.thread import Finding, Input, Lane, Method, Source

METHOD = Method("before and after, without a comparison group", "1")


def subject_of(case: str, measure: str) -> str:
    """The subject under which a newer comparison of the same measure replaces an older one."""
    return f"outcomes:{case}:{measure}"


def review_finding(
    comparison: Comparison,
    *,
    case: str,
    found_on: date,
    judged_by: str = "",
    look_again: date | None = None,
    link: str = "",
) -> Finding:
    """The finding that a comparison makes.

    Its inputs are the baseline and the result as findings, so that a corrected reading shows as drift under
    every sentence that rests on the comparison. It is made up where either of the two is. ``case`` is the
    case's stable key; ``look_again`` is usually the day of the next review.
    """
    before, after = comparison.baseline, comparison.result
    facts = {"Before": before.finding.statement, "After": after.finding.statement}
    if comparison.difference is not None:
        facts["Difference"] = comparison.change_words
    if comparison.range_words:
        facts["Range"] = comparison.range_words
    facts["Reading"] = str(comparison.direction)
    sources: dict[str, Source] = {}
    for side in (before, after):
        for source in side.finding.sources:
            sources[source.key] = source
    return Finding(
        lane=Lane.LOCAL_DATA,
        subject=subject_of(case, before.measure),
        title=f"What we learned: {before.name}",
        statement=comparison.statement,
        method=METHOD,
        inputs=(
            Input("baseline", before.finding.fingerprint),
            Input("result", after.finding.fingerprint),
        ),
        sources=tuple(sources.values()),
        found_on=found_on,
        judged_by=judged_by,
        look_again=look_again,
        value=comparison.difference,
        unit=comparison.unit,
        interval=comparison.interval,
        facts=facts,
        cautions=comparison.cautions,
        link=link,
        made_up=before.finding.made_up or after.finding.made_up,
    )
