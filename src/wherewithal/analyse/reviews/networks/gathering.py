"""Which comparisons count in a network, which do not and what would change that, and the evidence they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from wherewithal.analyse.reviews.extraction.study import Arm, Outcome, Role
from wherewithal.analyse.reviews.networks.pairs import NUMBERS_OF, ArmPair
from wherewithal.analyse.reviews.networks.settings import NetworkSettings
from wherewithal.analyse.reviews.outcomes.choices import When
from wherewithal.analyse.reviews.synthesis.network import (
    Evidence,
    Pairs,
    contrasts,
    pairs_of_arms,
    parts_of,
    standardised_pairs,
)
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import listed


@dataclass(frozen=True)
class SetAside:
    """A comparison that does not count: why, and what a person can do about it (empty where nothing is to be done)."""

    pair: ArmPair
    why: str
    do: str = ""


@dataclass(frozen=True)
class Contrast:
    """What one study says of ``first`` against ``second``, both interventions of the network."""

    study: str
    name: str
    first: str
    second: str
    value: float
    variance: float


@dataclass(frozen=True)
class Apart:
    """Interventions that no study links to the rest."""

    nodes: tuple[str, ...]
    studies: tuple[str, ...]

    @property
    def do(self) -> str:
        return (
            f"To set {listed(self.nodes)} beside the others, find a study that compares one of them with one of "
            "the others; or look whether two names are the same intervention."
        )


@dataclass(frozen=True)
class Gathered:
    """What counts: ``contrasts`` with the ``pairs`` they are from.

    ``aside`` is what does not count, ``apart`` what no study links. ``people`` had each intervention, None where a
    study does not say; ``unmatched`` are arms that nobody has matched.
    """

    contrasts: tuple[Contrast, ...]
    pairs: tuple[ArmPair, ...]
    aside: tuple[SetAside, ...]
    apart: tuple[Apart, ...]
    reference: str
    people: Mapping[str, int | None]
    unmatched: tuple[tuple[str, Arm], ...]
    notes: tuple[str, ...]

    def evidence(self) -> Evidence:
        """The connected network. Raises BadInput where there is none."""
        nodes = {name for each in self.contrasts for name in (each.first, each.second)}
        if len(nodes) < 3:
            raise BadInput(
                "A network needs studies that link three interventions or more.",
                [
                    Problem(
                        "interventions linked",
                        listed(sorted(nodes)) or "none",
                        "three or more",
                        "Match the arms of the studies to interventions first."
                        if self.unmatched
                        else "With two, the page of the outcome itself says what they find together.",
                    )
                ],
            )
        # A study is told from another by its number: two may have the same name.
        return contrasts(
            [each.study for each in self.contrasts],
            [each.first for each in self.contrasts],
            [each.second for each in self.contrasts],
            [each.value for each in self.contrasts],
            [each.variance for each in self.contrasts],
            reference=self.reference,
            notes=self.notes,
        )


def gather(
    outcome: Outcome, pairs: Sequence[ArmPair], settings: NetworkSettings, *, instruments: Sequence[str] = ()
) -> Gathered:
    """Sort an outcome's comparisons into those that count and those that do not.

    Of each study one measurement counts: at the time that was settled, by the first of ``instruments`` (the order of
    the plan) that it was measured with then. A study of three or more interventions gives all its pairs, which follow
    from its arms' numbers; where those are not there, each pair must be.
    """
    aside: list[SetAside] = []
    counted: list[Contrast] = []
    used: list[ArmPair] = []
    notes: list[str] = []
    people: dict[str, int | None] = {}
    unmatched: dict[tuple[str, int], tuple[str, Arm]] = {}
    for study, own in _by_study(pairs).items():
        rest, gone = _of_the_network(study, own, settings, unmatched)
        aside += gone
        if rest:
            rest, gone = _one_measurement(rest, settings.when, instruments)
            aside += gone
        if not rest:
            continue
        try:
            made, said = _contrasts_of(outcome, study, rest, settings)
        except BadInput as error:
            do = error.problems[0].do if error.problems else ""
            where = "; ".join(f"{each.where}: {each.found}" for each in error.problems[:2])
            why = f"{error.message.rstrip('.')}{f' ({where})' if where else ''}."
            aside += [SetAside(each, why, do) for each in rest]
            continue
        counted += made
        notes += said
        used += rest
        _count_people(rest, study, settings, people)
    reference = settings.reference or usual_reference(counted, used, settings)
    there, apart = _connected(counted, reference)
    inside = {each.study for each in there}
    return Gathered(
        tuple(there),
        tuple(each for each in used if each.effect.study in inside),
        tuple(aside),
        apart,
        reference,
        people,
        tuple(unmatched.values()),
        tuple(notes),
    )


def usual_reference(counted: Sequence[Contrast], pairs: Sequence[ArmPair], settings: NetworkSettings) -> str:
    """What others are set against where nobody has said: the intervention that is most often a study's comparison."""
    times: dict[str, int] = {}
    for pair in pairs:
        for arm in (pair.first, pair.second):
            node = settings.node_of(pair.effect.study, arm)
            if node and arm.role == Role.COMPARISON:
                times[node] = times.get(node, 0) + 1
    if not times:
        for each in counted:
            for node in (each.first, each.second):
                times[node] = times.get(node, 0) + 1
    return min(times, key=lambda node: (-times[node], node.casefold()), default="")


def _by_study(pairs: Sequence[ArmPair]) -> dict[str, list[ArmPair]]:
    found: dict[str, list[ArmPair]] = {}
    for pair in pairs:
        found.setdefault(pair.effect.study, []).append(pair)
    return found


def _of_the_network(
    study: str,
    own: Sequence[ArmPair],
    settings: NetworkSettings,
    unmatched: dict[tuple[str, int], tuple[str, Arm]],
) -> tuple[list[ArmPair], list[SetAside]]:
    rest, gone = [], []
    left = dict(settings.leave_out)
    for pair in own:
        nodes = [settings.node_of(study, arm) for arm in (pair.first, pair.second)]
        strange = [arm for arm, node in zip((pair.first, pair.second), nodes, strict=True) if node is None]
        none = [arm for arm, node in zip((pair.first, pair.second), nodes, strict=True) if node == ""]
        if pair.effect.retracted:
            gone.append(SetAside(pair, "its report has been retracted"))
        elif study in left:
            gone.append(SetAside(pair, left[study]))
        elif strange:
            for arm in strange:
                unmatched[study, arm.number] = (pair.effect.name, arm)
            said = listed([f"‘{arm.name}’" for arm in strange])
            verb = "is" if len(strange) == 1 else "are"
            gone.append(
                SetAside(pair, f"{said} {verb} not matched to an intervention yet", "Match the arms.")
            )
        elif none:
            gone.append(SetAside(pair, f"‘{none[0].name}’ is none of this network’s interventions"))
        elif nodes[0] == nodes[1]:
            gone.append(SetAside(pair, f"both arms are ‘{nodes[0]}’ here, so nothing is compared"))
        else:
            rest.append(pair)
    return rest, gone


def _one_measurement(
    own: Sequence[ArmPair], when: When, instruments: Sequence[str]
) -> tuple[list[ArmPair], list[SetAside]]:
    """The pairs at the time that counts, by the measure that comes first in the plan."""
    times = {(pair.effect.weeks, "" if pair.effect.weeks is not None else pair.effect.time) for pair in own}
    if len(times) > 1:
        weeks = [week for week, _words in times]
        known = [week for week in weeks if week is not None]
        if len(known) < len(weeks):
            why = "it was measured at several times, and not every one has its weeks"
            do = "Give the weeks after the programme began, so that the first or the last can be told."
            return [], [SetAside(pair, why, do) for pair in own]
        wanted = min(known) if when is When.FIRST else max(known)
        then = [pair for pair in own if pair.effect.weeks == wanted]
    else:
        then = list(own)
    order = {key: place for place, key in enumerate(instruments)}
    best = min((order.get(pair.instrument, len(order)), pair.instrument) for pair in then)[1]
    rest = [pair for pair in then if pair.instrument == best]
    chosen = rest[0].effect.instrument
    gone = [SetAside(pair, f"not {when.words}") for pair in own if pair not in then]
    gone += [
        SetAside(pair, f"{chosen} counts for this study: it comes first in the plan")
        for pair in then
        if pair not in rest
    ]
    return rest, gone


def _contrasts_of(
    outcome: Outcome, study: str, own: Sequence[ArmPair], settings: NetworkSettings
) -> tuple[list[Contrast], tuple[str, ...]]:
    """A study's pairs of interventions. Raises BadInput where they are not all known, or do not fit each other."""
    name = own[0].effect.name
    arms: dict[int, str] = {}
    for pair in own:
        for arm in (pair.first, pair.second):
            arms[arm.number] = settings.node_of(study, arm) or ""
    if len(set(arms.values())) < len(arms):
        twice = next(node for node in arms.values() if list(arms.values()).count(node) > 1)
        raise BadInput(
            f"Two of its arms are ‘{twice}’ here",
            [
                Problem(
                    name,
                    "two arms of one intervention",
                    "one",
                    "Put them together as one arm (Cochrane Handbook 6.5, 23.3.4) and take that result.",
                )
            ],
        )
    if len(arms) == 2 and len(own) > 1:
        raise BadInput(
            "The same comparison is there twice",
            [Problem(name, own[-1].label, "one result", "Withdraw the one that is not wanted.")],
        )
    if len(arms) == 2:
        return [_contrast(own[0], study, arms)], ()
    numbers = _numbers(outcome, name, own)
    if set(numbers) == set(arms):
        made = _from_arms(outcome.measure, arms, numbers)
        return [
            Contrast(study, name, *each)
            for each in zip(made.first, made.second, made.effects, made.variances, strict=True)
        ], tuple(f"{name}{note.removeprefix('it')}" for note in made.notes)
    there = {frozenset((pair.first.number, pair.second.number)) for pair in own}
    gone = [(a, b) for a, b in combinations(arms, 2) if frozenset((a, b)) not in there]
    if gone:
        raise BadInput(
            f"It compares {len(arms)} interventions, and not every pair of them is there",
            [
                Problem(
                    f"{arms[a]} against {arms[b]}",
                    "not taken from the paper",
                    "every pair, or means or counts of every arm",
                    "Take the means or the counts of every arm, or the missing comparison: without it nobody can tell "
                    "how much the study’s comparisons share.",
                )
                for a, b in gone
            ],
        )
    found = [_contrast(pair, study, arms) for pair in own]
    contrasts(
        [study] * len(found),
        [each.first for each in found],
        [each.second for each in found],
        [each.value for each in found],
        [each.variance for each in found],
    )
    return found, ()


def _contrast(pair: ArmPair, study: str, arms: Mapping[int, str]) -> Contrast:
    return Contrast(
        study,
        pair.effect.name,
        arms[pair.first.number],
        arms[pair.second.number],
        pair.effect.value,
        pair.effect.variance,
    )


def _numbers(outcome: Outcome, name: str, own: Sequence[ArmPair]) -> dict[int, dict[str, float]]:
    """Each arm's own numbers, where they are known. Raises BadInput where two comparisons give an arm other numbers."""
    if outcome.measure not in NUMBERS_OF:
        return {}
    found: dict[int, dict[str, float]] = {}
    for pair in own:
        if pair.numbers is None:
            continue
        for arm, numbers in zip((pair.first, pair.second), pair.numbers, strict=True):
            there = found.setdefault(arm.number, numbers)
            if there != numbers:
                raise BadInput(
                    "One of its arms has other numbers in another comparison",
                    [
                        Problem(
                            f"{name}, {arm.name}",
                            ", ".join(f"{key} {value:g}" for key, value in numbers.items()),
                            ", ".join(f"{key} {value:g}" for key, value in there.items()),
                            "Look both up in the paper and correct the one that is wrong.",
                        )
                    ],
                )
    return found


def _from_arms(measure: str, arms: Mapping[int, str], numbers: Mapping[int, Mapping[str, float]]) -> Pairs:
    columns = {key: [numbers[arm][key] for arm in arms] for key in NUMBERS_OF[measure]}
    if measure == "SMD":
        return standardised_pairs(["it"] * len(arms), list(arms.values()), columns)
    return pairs_of_arms(["it"] * len(arms), list(arms.values()), measure, columns)


def _count_people(
    own: Sequence[ArmPair], study: str, settings: NetworkSettings, people: dict[str, int | None]
) -> None:
    """Add a study's people to their interventions; one that a study does not count is not known."""
    arms: dict[int, tuple[str, int | None]] = {}
    for pair in own:
        for side, arm in enumerate((pair.first, pair.second)):
            count = pair.numbers[side].get("ni") if pair.numbers else None
            known = round(count) if count is not None else arm.people
            arms[arm.number] = (settings.node_of(study, arm) or "", known)
    for node, count in arms.values():
        so_far = people.get(node, 0)
        people[node] = None if so_far is None or count is None else so_far + count


def _connected(counted: Sequence[Contrast], reference: str) -> tuple[list[Contrast], tuple[Apart, ...]]:
    """The part that holds the reference, and the others."""
    if not counted:
        return [], ()
    parts = parts_of(
        [each.study for each in counted], [each.first for each in counted], [each.second for each in counted]
    )
    names = {each.study: each.name for each in counted}
    ours = next((part for part in parts if reference in part.treatments), parts[0])
    apart = tuple(
        Apart(part.treatments, tuple(names[study] for study in part.studies))
        for part in parts
        if part is not ours
    )
    return [each for each in counted if each.first in ours.treatments], apart
