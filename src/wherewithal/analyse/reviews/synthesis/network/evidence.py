"""The evidence of a network: which study compared what with what, checked, as contrasts with their covariances.

A study of m treatments gives m - 1 contrasts with its first treatment. Those of a study with three or more arms share
that arm, so they hang together: from the variances of all its pairs, the covariance of two contrasts with the same
arm is half of what their variances exceed the third pair's by (Rücker, Research Synthesis Methods 3 (2012) 312).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.blocks import Blocks, Ints, blocks
from wherewithal.analyse.reviews.synthesis.studies import Floats, numbers
from wherewithal.errors import BadInput, Problem

FITS = 0.02
"""A study's pairs may disagree by this share of a standard error, since papers round."""


@dataclass(frozen=True)
class Evidence:
    """A connected network.

    ``treatments`` with the reference first, then by name; ``studies`` by name with their ``arms`` (numbers of
    treatments, ascending: the first is what the study's contrasts are with). One row a contrast: ``study`` (n,) and
    ``treatment`` (n,) say whose it is, ``effects`` (n,) and ``covariance`` (n, n) what it found. ``notes`` are what
    was done to studies on the way.
    """

    treatments: tuple[str, ...]
    studies: tuple[str, ...]
    arms: tuple[tuple[int, ...], ...]
    study: Ints
    treatment: Ints
    effects: Floats
    covariance: Floats
    notes: tuple[str, ...] = ()

    @cached_property
    def base(self) -> Ints:
        """What each row compares its treatment with: (n,)."""
        return np.array([self.arms[study][0] for study in self.study], dtype=np.intp)

    @cached_property
    def design(self) -> Floats:
        """Each row as effects of treatments against the reference: (n, T - 1)."""
        wide = np.zeros((self.effects.size, len(self.treatments)))
        rows = np.arange(self.effects.size)
        wide[rows, self.treatment] = 1.0
        wide[rows, self.base] -= 1.0
        return wide[:, 1:]

    def blocks(self, columns: Floats) -> Blocks:
        """The rows by study, with ``columns`` (n, p) as the design."""
        return blocks(self.study, self.effects, columns, self.covariance)

    @cached_property
    def pairs(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """Pairs of treatments that were compared directly, each with the numbers of its studies."""
        found: dict[tuple[int, int], list[int]] = {}
        for number, arms in enumerate(self.arms):
            for pair in combinations(arms, 2):
                found.setdefault(pair, []).append(number)
        return {pair: tuple(studies) for pair, studies in sorted(found.items())}

    def contrast(self, study: int, first: int, second: int) -> tuple[float, float]:
        """What one study says of ``first`` against ``second``: effect and variance. Raises KeyError."""
        rows = {int(self.treatment[row]): int(row) for row in np.flatnonzero(self.study == study)}
        base = self.arms[study][0]
        weight = np.zeros(self.effects.size)
        for treatment, sign in ((first, 1.0), (second, -1.0)):
            if treatment != base:
                weight[rows[treatment]] += sign
        return float(weight @ self.effects), float(weight @ self.covariance @ weight)


@dataclass(frozen=True)
class Part:
    """Treatments that hang together by comparisons, with the studies that compare them."""

    treatments: tuple[str, ...]
    studies: tuple[str, ...]


def parts_of(study: Sequence[str], first: Sequence[str], second: Sequence[str]) -> tuple[Part, ...]:
    """The parts that a network falls into, largest first; one where it is connected."""
    group: dict[str, str] = {}

    def root(name: str) -> str:
        group.setdefault(name, name)
        while group[name] != name:
            name = group[name]
        return name

    for one, other in zip(first, second, strict=True):
        group[root(one)] = root(other)
    roots = sorted({root(name) for name in group})
    found = [
        Part(
            tuple(sorted(name for name in group if root(name) == top)),
            tuple(dict.fromkeys(s for s, one in zip(study, first, strict=True) if root(one) == top)),
        )
        for top in roots
    ]
    return tuple(sorted(found, key=lambda part: (-len(part.treatments), part.treatments)))


def contrasts(
    study: Sequence[str],
    first: Sequence[str],
    second: Sequence[str],
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    reference: str = "",
    notes: Sequence[str] = (),
) -> Evidence:
    """Evidence from pairs: in ``study``, ``first`` had an effect (n,) against ``second`` with a variance (n,).

    A study of three or more arms gives all its pairs. ``reference`` is what treatments are compared with; without it
    the first by name. Raises BadInput, with a Problem a study, for numbers that cannot be, a pair given twice or
    missing, pairs of a study that contradict each other, and a network in several parts, which it names.
    """
    y, v = numbers(effects, "effects"), numbers(variances, "variances")
    lengths = {len(study), len(first), len(second), y.size, v.size}
    if len(lengths) > 1:
        raise BadInput("Studies, treatments, effects and variances are not lists of the same length.")
    if not y.size:
        raise BadInput("There are no comparisons, so there is no network.")
    names = [tuple(str(cell).strip() for cell in cells) for cells in (study, first, second)]
    _checked_rows(names, y, v)
    parts = parts_of(names[0], names[1], names[2])
    if len(parts) > 1:
        raise BadInput(
            f"The network falls into {len(parts)} parts that no study connects, so they cannot be compared.",
            [
                Problem(
                    f"part {number}",
                    f"{', '.join(part.treatments)} ({len(part.studies)} studies)",
                    "one connected network",
                    "Analyse this part by itself, or find a study that links it.",
                )
                for number, part in enumerate(parts, start=1)
            ],
        )
    there = sorted({*names[1], *names[2]})
    if reference and reference not in there:
        raise BadInput(
            f"No study has the treatment {reference!r}.",
            [Problem("reference", repr(reference), ", ".join(there), "Choose one of these.")],
        )
    treatments = [reference, *(name for name in there if name != reference)] if reference else there
    return _assembled(names, y, v, tuple(treatments), tuple(notes))


def _checked_rows(names: Sequence[Sequence[str]], y: Floats, v: Floats) -> None:
    problems = []
    for row, (name, one, other) in enumerate(zip(*names, strict=True)):
        where = f"{name or f'row {row + 1}'}: {one or '(blank)'} against {other or '(blank)'}"
        if not name or not one or not other:
            problems.append(Problem(where, "a blank", "a study and two treatments", "Fill it in."))
        elif one == other:
            problems.append(Problem(where, "the same treatment twice", "two treatments", "Correct one."))
        if not np.isfinite(y[row]) or not np.isfinite(v[row]):
            problems.append(
                Problem(where, "no effect or no variance", "two numbers", "Fill it in, or leave the row out.")
            )
        elif v[row] <= 0:
            problems.append(
                Problem(where, f"a variance of {v[row]:g}", "a number above 0", "Correct the variance.")
            )
    if problems:
        raise BadInput("These comparisons cannot be used as they are.", problems)


def _assembled(
    names: Sequence[Sequence[str]], y: Floats, v: Floats, treatments: tuple[str, ...], notes: tuple[str, ...]
) -> Evidence:
    number = {name: place for place, name in enumerate(treatments)}
    by_study: dict[str, dict[tuple[int, int], tuple[float, float]]] = {}
    problems = []
    for row, name in enumerate(names[0]):
        one, other = number[names[1][row]], number[names[2][row]]
        pair, sign = ((other, one), 1.0) if one > other else ((one, other), -1.0)
        known = by_study.setdefault(name, {})
        if pair in known:
            problems.append(
                Problem(
                    f"{name}: {treatments[pair[0]]} and {treatments[pair[1]]}",
                    "given twice",
                    "once a study",
                    "Keep one, or give the second study a name of its own.",
                )
            )
        # A pair (a, b) with a before b holds the effect of b against a.
        known[pair] = (sign * float(y[row]), float(v[row]))
    study, treatment, effects, arms, pieces = [], [], [], [], []
    for place, (name, known) in enumerate(by_study.items()):
        own = tuple(sorted({end for pair in known for end in pair}))
        gone = [pair for pair in combinations(own, 2) if pair not in known]
        if gone:
            problems += [
                Problem(
                    f"{name}: {treatments[a]} and {treatments[b]}",
                    "not given",
                    f"all pairs of its {len(own)} treatments",
                    "Add the pair: its variance says how much the study's comparisons share.",
                )
                for a, b in gone
            ]
            continue
        piece, wrong = _piece(name, own, known, treatments)
        problems += wrong
        arms.append(own)
        pieces.append(piece)
        for other in own[1:]:
            study.append(place)
            treatment.append(other)
            effects.append(known[own[0], other][0])
    if problems:
        raise BadInput("These studies' comparisons do not fit together.", problems)
    covariance = np.zeros((len(effects), len(effects)))
    start = 0
    for piece in pieces:
        covariance[start : start + len(piece), start : start + len(piece)] = piece
        start += len(piece)
    return Evidence(
        treatments=treatments,
        studies=tuple(by_study),
        arms=tuple(arms),
        study=np.array(study, dtype=np.intp),
        treatment=np.array(treatment, dtype=np.intp),
        effects=np.array(effects),
        covariance=covariance,
        notes=notes,
    )


def _piece(
    name: str,
    own: Sequence[int],
    known: dict[tuple[int, int], tuple[float, float]],
    treatments: Sequence[str],
) -> tuple[Floats, list[Problem]]:
    """The covariance of one study's contrasts with its first arm, and what is wrong with its pairs."""
    base, others = own[0], own[1:]
    piece = np.diag([known[base, other][1] for other in others])
    problems = []
    for i, j in combinations(range(len(others)), 2):
        one, other = others[i], others[j]
        effect, variance = known[one, other]
        piece[i, j] = piece[j, i] = (piece[i, i] + piece[j, j] - variance) / 2
        expected = known[base, other][0] - known[base, one][0]
        if abs(effect - expected) > max(1e-3, FITS * variance**0.5):
            problems.append(
                Problem(
                    f"{name}: {treatments[other]} against {treatments[one]}",
                    f"{effect:g}",
                    f"{expected:g}, by the study's other pairs",
                    "Correct the pair, or give means or counts of the arms instead.",
                )
            )
    if len(piece) > 1 and np.linalg.eigvalsh(piece)[0] <= 0:
        problems.append(
            Problem(
                f"{name}: variances",
                "cannot belong to one study",
                "two arms' variances added, for every pair",
                "Look for a standard error in place of a variance, or give the arms instead.",
            )
        )
    return piece, problems
