"""An outcome put together in words, as a finding of the research lane: it rests on every direction that was read."""

from __future__ import annotations

from datetime import date

from wherewithal.analyse.reviews.narrative.account import NarrativeAccount
from wherewithal.analyse.reviews.outcomes.finding import LOOK_AGAIN_MONTHS
from wherewithal.plain_english import counted
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of
from wherewithal.thread.look_again import months_after

NARRATED = Method("Studies of one outcome put together in words", "1")


def narrated_finding(
    account: NarrativeAccount,
    *,
    case_key: str,
    on: date,
    judged_by: str = "",
    searched_on: date | None = None,
    link: str = "",
    made_up: bool = False,
) -> Finding:
    """The finding that an outcome in words makes; it takes the place of a number for the same outcome, and gives way to
    one. The same directions, choices and certainty give the same fingerprint; a corrected number gives another.
    """
    outcome, gathered = account.outcome, account.gathered
    certainty = account.certainty.words if account.certainty else ""
    reports = {report.key: report for each in gathered.pointings for report in each.reports}
    return Finding(
        lane=Lane.RESEARCH,
        subject=f"reviews:outcome:{case_key}:{outcome.key}",
        title=f"{outcome.name}: {counted(account.studies, 'study', 'studies')} side by side",
        statement=account.statement,
        method=NARRATED,
        inputs=(
            *(
                Input(each.label, fingerprint_of([each.inputs, each.direction.value]))
                for each in gathered.pointings
            ),
            *(Input(f"left out: {each.label}", each.inputs) for each in gathered.aside),
            Input(
                "how they were put together",
                fingerprint_of(
                    [outcome.measure, account.settings.choices.as_dict(), account.choices.settled]
                ),
            ),
            Input("certainty", fingerprint_of([certainty, list(account.grade.reasons)])),
        ),
        sources=tuple(
            Source(key=report.key, title=report.citation, url=report.link) for report in reports.values()
        ),
        found_on=on,
        judged_by=judged_by,
        look_again=months_after(searched_on or on, LOOK_AGAIN_MONTHS),
        facts=_facts(account, certainty),
        cautions=_cautions(account, certainty),
        link=link,
        made_up=made_up,
    )


def _facts(account: NarrativeAccount, certainty: str) -> dict[str, str]:
    signs = account.signs
    facts = {
        "Outcome": account.outcome.name,
        "Studies": f"{account.studies:,}",
        "People": f"{account.people:,}" if account.people else "not said by every study",
        "Point to better": f"{signs.better if signs else 0}",
        "Point to worse": f"{signs.worse if signs else 0}",
        "Neither way": f"{signs.left_out if signs else account.studies}",
        "Certainty": certainty or "not judged yet",
        "How they were put together": "which way each study points, counted; no average",
    }
    if account.middle:
        facts["Middle of the effects"] = account.middle.words[0]
    if account.combined:
        facts["p values combined"] = account.combined[0].words[0]
    if account.gathered.aside:
        facts["Left out"] = "; ".join(f"{each.label}: {each.why}" for each in account.gathered.aside)
    return facts


def _cautions(account: NarrativeAccount, certainty: str) -> tuple[str, ...]:
    cautions = []
    if account.grade.reasons:
        reasons = " ".join(
            each if each.endswith((".", "!", "?")) else f"{each}." for each in account.grade.reasons
        )
        cautions.append(f"Certainty {certainty.lower()}. {reasons}" if certainty else reasons)
    if not certainty:
        cautions.append("Nobody has judged yet how certain this is.")
    cautions.append("It says how often studies point one way, and nothing of how large the effect is.")
    cautions += [each.words for each in account.against.reasons if each.stops]
    described = [each for each in account.gathered.pointings if each.basis.value == "described"]
    if described:
        rests = "rests" if len(described) == 1 else "rest"
        cautions.append(
            f"{counted(len(described), 'direction')} {rests} on the words of a report, without a number."
        )
    return tuple(cautions)
