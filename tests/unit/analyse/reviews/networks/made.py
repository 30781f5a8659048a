"""Published trials as they would be extracted: each pair of a trial's arms with its arms' means or counts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.rows import Row
from wherewithal.analyse.reviews.extraction.study import Arm, Instrument, Outcome, Study, TimePoint
from wherewithal.analyse.reviews.extraction.working import work_out
from wherewithal.analyse.reviews.networks import ArmPair, Match, NetworkSettings, numbers_of
from wherewithal.analyse.reviews.outcomes import StudyEffect


def pair_of(
    outcome: Outcome,
    study: int,
    name: str,
    first: Arm,
    second: Arm,
    given: Given,
    *,
    instrument: Instrument | None = None,
    time: TimePoint | None = None,
) -> ArmPair:
    instrument, time = (
        instrument or Instrument("it", outcome.key, "It"),
        time or TimePoint("after", 12.0),
    )
    effect = work_out(given, outcome.measure, turned=instrument.turned)
    row = Row(Study(study, name), outcome, instrument, time, (first, second), given, effect)
    return ArmPair(
        StudyEffect(
            str(study), name, effect.value, effect.variance, row.fingerprint, effect.people, time.weeks, time.words,
            instrument.name,
        ),
        instrument.key,
        first,
        second,
        numbers_of(row),
    )  # fmt: skip


def of_arms(
    outcome: Outcome, arms: Sequence[tuple], *, reference: str, pairs: str = "with the first"
) -> list[ArmPair]:
    """From rows of study, treatment and the arm's numbers: the trial's pairs ``with the first`` arm, or ``all``."""
    studies: dict[str, list[tuple]] = {}
    for arm in arms:
        studies.setdefault(arm[0], []).append(arm)
    found = []
    for number, (name, own) in enumerate(studies.items(), start=1):
        made = [
            Arm(
                place,
                each[1],
                "comparison" if each[1] == reference else "programme",
                int(each[-1]),
            )
            for place, each in enumerate(own, start=1)
        ]
        for a, b in combinations(range(len(own)), 2):
            if pairs != "all" and a:
                continue
            one, other = own[a], own[b]
            if len(one) == 5:
                numbers = {
                    "m1": one[2], "sd1": one[3], "n1": one[4], "m2": other[2], "sd2": other[3], "n2": other[4],
                }  # fmt: skip
                given = Given("means", numbers)
            else:
                given = Given(
                    "counts", {"events1": one[2], "n1": one[3], "events2": other[2], "n2": other[3]}
                )
            found.append(pair_of(outcome, number, name, made[a], made[b], given))
    return found


def matched(pairs: Sequence[ArmPair], **changes) -> NetworkSettings:
    """Every arm is the intervention that it is called."""
    arms = {(pair.effect.study, arm.number): arm.name for pair in pairs for arm in (pair.first, pair.second)}
    return NetworkSettings(
        tuple(Match(study, number, name, name) for (study, number), name in arms.items()), **changes
    )
