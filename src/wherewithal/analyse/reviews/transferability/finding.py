"""Which studies resemble our area, and what only those say, as a finding: it rests on every fact that was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wherewithal.analyse.reviews.extraction.study import Report
from wherewithal.analyse.reviews.narrative.account import NarrativeAccount
from wherewithal.analyse.reviews.outcomes.finding import LOOK_AGAIN_MONTHS
from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.analyse.reviews.transferability.described import OurArea
from wherewithal.analyse.reviews.transferability.outcomes import (
    AFTER,
    NOT_PLACES,
    DirectionsBeside,
    OutcomeBeside,
)
from wherewithal.analyse.reviews.transferability.resemblance import Resemblance, summary
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of
from wherewithal.thread.look_again import months_after

COMPARED = Method("Studies compared with our area", "1")


def resemblance_finding(
    ours: OurArea,
    studies: Sequence[Resemblance],
    outcomes: Sequence[tuple[Together, OutcomeBeside]],
    *,
    case_key: str,
    on: date,
    described_by: str,
    after_results: bool,
    reports: Mapping[str, Report],
    in_words: Sequence[tuple[NarrativeAccount, DirectionsBeside]] = (),
    link: str = "",
    made_up: bool = False,
) -> Finding:
    """The finding. ``reports`` are those of the studies, by key; ``after_results``: the area was described late.

    ``in_words`` are the outcomes that have no number.
    """
    cautions = [ours.area.rule, NOT_PLACES]
    if after_results:
        cautions.append(AFTER)
    cautions += [note for _whole, each in outcomes for note in each.only.notes]
    said = summary(studies, ours.area)
    return Finding(
        lane=Lane.RESEARCH,
        subject=f"reviews:resemblance:{case_key}",
        title=f"Studies like {ours.name}",
        statement=" ".join(
            [
                said[:1].upper() + said[1:],
                *(f"{each.outcome.name}: {each.words}" for _whole, each in outcomes),
                *(f"{each.outcome.name}: {each.words}" for _account, each in in_words),
            ]
        ),
        method=COMPARED,
        inputs=(
            Input(f"what counts as alike for {ours.name}", ours.fingerprint),
            *(Input(each.study, _fingerprint(each)) for each in studies),
            *(
                Input(
                    f"{whole.outcome.name}: {effect.label}",
                    fingerprint_of([effect.fingerprint, whole.choices.as_dict()]),
                )
                for whole, _each in outcomes
                for effect in whole.effects
            ),
            *(
                Input(
                    f"{account.outcome.name}: {each.label}",
                    fingerprint_of([each.inputs, each.direction.value]),
                )
                for account, _each in in_words
                for each in account.gathered.pointings
            ),
        ),
        sources=tuple(
            Source(key=report.key, title=report.citation, url=report.link) for report in reports.values()
        ),
        found_on=on,
        judged_by=described_by,
        look_again=months_after(on, LOOK_AGAIN_MONTHS),
        facts={
            "Studies": f"{len(studies):,}",
            "Resemble it": f"{sum(each.resembles is True for each in studies):,}",
            "Do not": f"{sum(each.resembles is False for each in studies):,}",
            "Nobody can tell": f"{sum(each.resembles is None for each in studies):,}",
            **{
                f"{each.outcome.name}, {words}": value
                for _whole, each in outcomes
                for words, value in (
                    ("all studies", each.everything),
                    ("only those that resemble it", each.alike),
                    ("those that do not", each.unlike),
                )
            },
            **{each.outcome.name: each.words for _account, each in in_words},
        },
        cautions=tuple(cautions),
        link=link,
        made_up=made_up,
    )


def _fingerprint(study: Resemblance) -> str:
    return fingerprint_of(
        [[each.characteristic.key, each.reported, each.alike, each.decides] for each in study.facts]
    )
