"""A network told: the answer in a sentence, what it rests on, whether it adds up, and whether an order may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.extraction.study import Better, Outcome
from wherewithal.analyse.reviews.networks.gathering import Gathered, gather
from wherewithal.analyse.reviews.networks.pairs import ArmPair
from wherewithal.analyse.reviews.networks.settings import NetworkSettings
from wherewithal.analyse.reviews.synthesis.network import (
    Comparison,
    Decomposition,
    Loop,
    Network,
    Ranking,
    Split,
    decomposition,
    loops,
    network,
    ranking,
    splits,
)
from wherewithal.plain_english import counted, listed

CONTRADICTS = 0.10
"""Where p is below this, direct and indirect evidence are said to contradict each other.

Our line. These tests find few contradictions that are there (Song and others, BMC Medical Research Methodology 12
(2012) 138), so the usual 0.05 would let many pass.
"""
FEW = 10
"""A test of contradiction in fewer studies than this says little when it finds nothing: our line."""


@dataclass(frozen=True)
class NetworkAccount:
    """One outcome's network, told.

    ``sentence`` is the answer and ``rests`` what it rests on; ``agrees`` says whether direct and indirect evidence
    agree and ``contradicting`` which comparisons do not. ``order_usable`` says whether any order of the interventions
    may be used, ``order_words`` why or why not. ``assumes`` is what no figure shows.
    """

    outcome: Outcome
    settings: NetworkSettings
    gathered: Gathered
    fit: Network
    found: Decomposition
    splits: tuple[Split, ...]
    loops: tuple[Loop, ...]
    order: Ranking
    sentence: str
    rests: tuple[str, ...]
    agrees: str
    contradicting: tuple[Split, ...]
    order_usable: bool
    order_words: tuple[str, ...]
    assumes: str

    @property
    def reference(self) -> str:
        return self.fit.treatments[0]

    @property
    def against(self) -> tuple[Comparison, ...]:
        """Each intervention against the reference, by P-score."""
        return tuple(
            self.fit.compared(rank.treatment, self.reference)
            for rank in self.order.ranks
            if rank.treatment != self.reference
        )

    @property
    def studies(self) -> int:
        return len(self.fit.evidence.studies)

    @property
    def indirect_only(self) -> int:
        """Pairs of interventions that no study compares."""
        size = len(self.fit.treatments)
        return size * (size - 1) // 2 - len(self.fit.evidence.pairs)

    @property
    def checked(self) -> tuple[Split, ...]:
        """Comparisons with both direct and indirect evidence."""
        return tuple(each for each in self.splits if each.indirect is not None)

    @property
    def people(self) -> int | None:
        """People in the network; None where a study does not say."""
        counts = [self.gathered.people.get(name) for name in self.fit.treatments]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def shown(self, cell: Comparison) -> str:
        """ "0.34 (0.21 to 0.47)", as a reader of the outcome's measure expects it."""
        return in_brackets(self.outcome, cell.estimate, cell.ci.low, cell.ci.high)

    @property
    def statement(self) -> str:
        """The answer with its figures, for a paper."""
        name = self.outcome.measure_name
        figures = "; ".join(f"{cell.first} {self.shown(cell)}" for cell in self.against)
        return f"{self.sentence} {name[:1].upper()}{name[1:]} against {self.reference}: {figures}."


def in_brackets(outcome: Outcome, value: float, low: float, high: float) -> str:
    shown = [f"{outcome.shown(each):.2f}".replace("-", "−") for each in (value, low, high)]
    return f"{shown[0]} ({shown[1]} to {shown[2]})"


def network_account(
    outcome: Outcome, pairs: Sequence[ArmPair], settings: NetworkSettings, *, instruments: Sequence[str] = ()
) -> NetworkAccount:
    """Put an outcome's comparisons together as a network and say what that comes to.

    Raises BadInput where there is no network, and DidNotConverge; then there is no number at all.
    """
    gathered = gather(outcome, pairs, settings, instruments=instruments)
    return account_of_gathered(outcome, gathered, settings)


def account_of_gathered(outcome: Outcome, gathered: Gathered, settings: NetworkSettings) -> NetworkAccount:
    """The same where it was gathered already."""
    # By name, so that mypy knows which of the four it is.
    method = settings.method
    fit = network(gathered.evidence(), method=method)  # type: ignore[arg-type]
    found, split = decomposition(fit), splits(fit)
    order = ranking(fit, higher_is_better=outcome.better == Better.HIGHER)
    contradicting = tuple(each for each in split if each.p is not None and each.p < CONTRADICTS)
    agrees = _agreement(fit, found, split, contradicting)
    usable, words = _order(fit, found, split, contradicting, order)
    return NetworkAccount(
        outcome,
        settings,
        gathered,
        fit,
        found,
        split,
        loops(fit),
        order,
        _sentence(outcome, fit),
        _rests(fit),
        agrees,
        contradicting,
        usable,
        words,
        "Figures come in part by way of other comparisons: one against three from one against two and two against "
        "three. That holds only where the studies are alike in whatever changes the effect: who took part, how the "
        "interventions were given, how it was measured. No figure shows this; a person has to judge it.",
    )


def _sentence(outcome: Outcome, fit: Network) -> str:
    reference = fit.treatments[0]
    better, worse, unclear = [], [], []
    for name in fit.treatments[1:]:
        cell = fit.compared(name, reference)
        if cell.ci.low <= 0 <= cell.ci.high:
            unclear.append(name)
        elif outcome.good(cell.estimate):
            better.append(name)
        else:
            worse.append(name)
    first = outcome.name.split(" ")[0]
    # A short form such as "IQ" or "HbA1c" keeps its capitals.
    what = outcome.name if first[1:] != first[1:].lower() else outcome.name[:1].lower() + outcome.name[1:]
    good, bad = ("lower", "higher") if outcome.better == Better.LOWER else ("higher", "lower")
    said = []
    if better:
        said.append(f"{what} is {good}, which is better, with {listed(better)}")
    if worse:
        said.append(f"{'it' if better else what} is {bad}, which is worse, with {listed(worse)}")
    if unclear:
        said.append(f"there is no clear difference with {listed(unclear, 'or')}")
    return f"Set against {reference}, {'; '.join(said)}."


def _rests(fit: Network) -> tuple[str, ...]:
    size = len(fit.treatments)
    pairs, there = size * (size - 1) // 2, len(fit.evidence.pairs)
    found = [
        f"{counted(len(fit.evidence.studies), 'study', 'studies')} of {size} interventions. "
        + (
            f"All {pairs} pairs of them were compared head to head in at least one study."
            if there == pairs
            else f"Of the {pairs} pairs there are, {there} were compared head to head in at least one study; the other "
            f"{pairs - there} rest on indirect comparison alone."
        )
    ]
    single = [
        fit.treatments[place]
        for place in range(size)
        if sum(place in arms for arms in fit.evidence.arms) == 1
    ]
    if single:
        found.append(
            f"One study alone tells of {listed(single)}: what is said about "
            f"{'it' if len(single) == 1 else 'each of them'} stands or falls with that study."
        )
    if fit.method == "EE":
        found.append(
            "One true effect in every study was assumed, so no allowance is made for studies that differ."
        )
    else:
        found.append(
            f"Studies differ: {fit.i2:.0f}% of the spread is not chance (I²), and the variance between studies that "
            f"compare the same two interventions is {fit.tau2:.3f} (tau²)."
            if fit.tau2 > 0
            else "Studies of the same two interventions differ no more than chance would make them."
        )
    return tuple(found)


def _agreement(
    fit: Network, found: Decomposition, split: Sequence[Split], contradicting: Sequence[Split]
) -> str:
    both = [each for each in split if each.indirect is not None]
    if not both:
        return (
            "Nothing can check this network: no comparison has both direct and indirect evidence, so a contradiction "
            "would not be seen."
        )
    whole = f"The test of the whole network: p = {found.interaction.p:.2f}." if found.interaction.df else ""
    if contradicting or (found.interaction.df and found.interaction.p < CONTRADICTS):
        named = listed([f"{each.first} against {each.second}" for each in contradicting])
        where = f": {named}" if named else ""
        return (
            f"Direct and indirect evidence contradict each other{where}. {whole} Look for what makes those studies "
            "different before anything is built on the network."
        )
    few = (
        " With so few studies that says little."
        if len(fit.evidence.studies) < FEW
        else " That is no proof that they agree: these tests miss much."
    )
    return (
        "Direct and indirect evidence do not clearly contradict each other in any of the "
        f"{counted(len(both), 'comparison')} that have both. {whole}{few}"
    )


def _order(
    fit: Network,
    found: Decomposition,
    split: Sequence[Split],
    contradicting: Sequence[Split],
    order: Ranking,
) -> tuple[bool, tuple[str, ...]]:
    against: list[str] = []
    if contradicting or (found.interaction.df and found.interaction.p < CONTRADICTS):
        against.append(
            "Direct and indirect evidence contradict each other, so no order of all of them holds."
        )
    if not any(each.indirect is not None for each in split):
        against.append("Nothing could check whether direct and indirect evidence agree.")
    if order.best is None:
        against.append(order.verdict)
    if against:
        return False, (
            "Do not use an order of these interventions to choose one.",
            *against,
        )
    return True, (
        order.verdict,
        "An order says nothing of how large a difference is, nor how sure it is; look at the effects beside it.",
    )
