"""What the studies say together, as a finding of the research lane: it rests on every number that was extracted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.plain_english import counted
from wherewithal.thread import Finding, Input, Interval, Lane, Method, Source, fingerprint_of
from wherewithal.thread.look_again import months_after

POOLED = Method("Studies of one outcome put together", "1")
LOOK_AGAIN_MONTHS = 24
"""Half of systematic reviews are out of date within five and a half years, and 15 in 100 within one (Shojania and
others (2007), Annals of Internal Medicine 147:224); two years is when Cochrane used to ask for an update.
"""


def pooled_finding(
    whole: Together,
    *,
    case_key: str,
    statement: str,
    on: date,
    judged_by: str = "",
    certainty: str = "",
    certainty_reasons: Sequence[str] = (),
    searched_on: date | None = None,
    link: str = "",
    made_up: bool = False,
) -> Finding:
    """The finding that a pooled outcome makes.

    ``statement`` is the sentence for a reader; ``certainty`` a level of GRADE as a person judged it, with the
    reasons, empty where nobody has. It is to be looked at again two years after the last search (or after ``on``).
    The same numbers, choices and certainty give a finding with the same fingerprint; a corrected number, or a
    retracted report, gives another that supersedes it.
    """
    outcome, shown = whole.outcome, whole.outcome.shown
    judged = fingerprint_of([certainty, list(certainty_reasons)])
    reports = {report.key: report for effect in whole.effects for report in effect.reports}
    return Finding(
        lane=Lane.RESEARCH,
        subject=f"reviews:outcome:{case_key}:{outcome.key}",
        title=f"{outcome.name}: {counted(whole.studies, 'study', 'studies')} together",
        statement=statement,
        method=POOLED,
        inputs=(
            *(Input(effect.label, effect.fingerprint) for effect in whole.effects),
            *(Input(f"left out: {left.effect.label}", left.effect.fingerprint) for left in whole.left_out),
            Input("how they were put together", fingerprint_of([outcome.measure, whole.choices.as_dict()])),
            Input("certainty", judged),
        ),
        sources=tuple(
            Source(key=report.key, title=report.citation, url=report.link) for report in reports.values()
        ),
        found_on=on,
        judged_by=judged_by,
        look_again=months_after(searched_on or on, LOOK_AGAIN_MONTHS),
        value=shown(whole.estimate),
        unit=outcome.measure_name.lower(),
        interval=Interval(shown(whole.ci.low), shown(whole.ci.high), "95% interval"),
        facts=_facts(whole, certainty),
        cautions=_cautions(whole, certainty, certainty_reasons),
        link=link,
        made_up=made_up,
    )


def _facts(whole: Together, certainty: str) -> dict[str, str]:
    outcome = whole.outcome
    facts = {
        "Outcome": outcome.name,
        "Studies": f"{whole.studies:,}",
        "People": f"{whole.people:,}" if whole.people else "not said by every study",
        outcome.measure_name: in_brackets(whole, whole.estimate, *whole.ci),
        "A next study like these": "not worked out"
        if whole.pi is None
        else in_brackets(whole, whole.estimate, *whole.pi),
        "Differences between studies beyond chance": f"{whole.i2:.0f}% of the spread",
        "Certainty": certainty or "not judged yet",
        "How they were put together": f"{whole.choices.when.words}; {whole.method}",
    }
    if whole.left_out:
        facts["Left out"] = "; ".join(f"{left.effect.label}: {left.why}" for left in whole.left_out)
    return facts


def in_brackets(whole: Together, value: float, low: float, high: float) -> str:
    """ "0.34 (0.21 to 0.47)", as a reader of that measure expects it."""
    shown = [f"{whole.outcome.shown(each):.2f}".replace("-", "−") for each in (value, low, high)]
    return f"{shown[0]} ({shown[1]} to {shown[2]})"


def _cautions(whole: Together, certainty: str, reasons: Sequence[str]) -> tuple[str, ...]:
    why = " ".join(reason if reason.endswith((".", "!", "?")) else f"{reason}." for reason in reasons)
    cautions = [f"Certainty {certainty.lower()}. {why}" if reasons else ""]
    if not certainty:
        cautions.append("Nobody has judged yet how certain this is.")
    if whole.clear and not whole.everywhere and whole.pi is not None:
        cautions.append("The average is clear, and yet the next place may see no difference: studies differ.")
    retracted = {left.effect.name for left in whole.left_out if left.effect.retracted}
    cautions += [f"{name} is left out because its report has been retracted." for name in sorted(retracted)]
    cautions += list(whole.notes)
    assumed = {words for effect in whole.effects for words in effect.assumptions}
    if assumed:
        cautions.append(
            f"{counted(sum(bool(e.assumptions) for e in whole.effects), 'effect')} rest on assumptions: "
            + " ".join(sorted(assumed))
        )
    return tuple(caution for caution in cautions if caution)
