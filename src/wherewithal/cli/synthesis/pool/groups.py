"""``--by``: each group pooled by itself, and whether groups differ."""

from __future__ import annotations

from typing import Any

from wherewithal.analyse.reviews.synthesis.export import Settings, Studies
from wherewithal.analyse.reviews.synthesis.export.figures import by_group
from wherewithal.analyse.reviews.synthesis.export.folder import drawable_of
from wherewithal.analyse.reviews.synthesis.robust import FEW_DEGREES
from wherewithal.cli.synthesis.pool.columns import Rows
from wherewithal.cli.synthesis.pool.plain import beside
from wherewithal.errors import BadInput, Problem

CLEAR = 0.05


def groups(rows: Rows, column: str, settings: Settings) -> tuple[dict[str, Any], list[str]]:
    """Figures and words of the groups. Raises BadInput where no group has two studies, and as the models do."""
    studies = Studies(
        rows.names,
        rows.effects.tolist(),
        rows.variances.tolist(),
        group=rows.group,
        cluster=rows.cluster,
    )
    if rows.cluster:
        _enough(rows, column)
    found = by_group(drawable_of(studies, settings), studies, settings)
    apart = found["difference"]
    notes = [f"{name} has one study, so it is not pooled by itself." for name in found["alone"]]
    few = sorted(
        name
        for name, each in found["groups"].items()
        if rows.cluster and each["df"] is not None and each["df"] < FEW_DEGREES
    )
    notes += [
        f"{name} has {found['groups'][name]['df']:.1f} degrees of freedom: with fewer than {FEW_DEGREES:g}, its robust "
        "p and interval are not to be trusted."
        for name in few
    ]
    if (
        apart["q"] is None
        and apart["p"] is not None
        and apart["df"] is not None
        and apart["df"] < FEW_DEGREES
    ):
        notes.append(
            f"The test between groups has {apart['df']:.1f} degrees of freedom: it is not to be trusted."
        )
    if rows.cluster and apart["p"] is not None and _shared(rows, apart["of"], apart["against"]):
        notes.append(
            "Some studies are in both groups. The difference is then also one within studies, and need not be that of "
            "the two averages."
        )
    notes.append(
        "Studies were not put into groups by chance: what else differs between them may be why the groups differ."
    )
    width = max(len(name) for name in found["groups"])
    lines = [f"  by {column}:"]
    lines += [
        f"    {name:<{width}}  {beside(each)}, {each['k']} studies"
        + (
            f", {each['effects']} effects"
            if "effects" in each
            else f", tau² {each['tau2']:.4f}, I² {each['i2']:.1f}%"
        )
        for name, each in found["groups"].items()
    ]
    lines.append(f"  do groups differ?    {_difference(found, rows)}")
    return {"column": column, **found, "notes": notes}, lines


def _difference(found: dict[str, Any], rows: Rows) -> str:
    apart = found["difference"]
    if apart["p"] is None:
        if rows.cluster and len(found["groups"]) > 2:
            return "not tested: of more than two groups with several effects a study that takes a joint robust test"
        return "not tested: only one group has two studies"
    meaning = (
        "more than chance alone would explain"
        if apart["p"] < CLEAR
        else "no clear difference, which is no proof that they are alike"
    )
    if apart["q"] is None:
        return f"{apart['of']} less {apart['against']}: {beside(apart).strip()}: {meaning}"
    return f"Q = {apart['q']:.2f} on {apart['df']}, p = {apart['p']:.4g}: {meaning}"


def _shared(rows: Rows, first: str, second: str) -> bool:
    whose = [
        {study for group, study in zip(rows.group, rows.cluster, strict=True) if group == name}
        for name in (first, second)
    ]
    return bool(whose[0] & whose[1])


def _enough(rows: Rows, column: str) -> None:
    whose: dict[str, set[str]] = {}
    for group, study in zip(rows.group, rows.cluster, strict=True):
        whose.setdefault(group, set()).add(study)
    if max(len(own) for own in whose.values()) < 2:
        raise BadInput(
            "No group has two studies, so there is nothing to pool within any of them.",
            [Problem(f"--by {column}", "one study a group", "groups of two studies or more", "Join groups.")],
        )
