"""What an exported folder says in words: what its files are, and its results to read."""

from __future__ import annotations

from typing import Any

from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies
from wherewithal.analyse.reviews.synthesis.pooling import Pooled


def readme(
    studies: Studies, settings: Settings, pooled: Pooled, charts: dict[str, Any], undrawn: dict[str, str]
) -> str:
    lines = [
        f"# {settings.title}",
        "",
        f"A synthesis of {pooled.k} effects, exported by Wherewithal so that anybody can check and repeat it.",
        "",
        "| file | what it is |",
        "|---|---|",
        "| `data.csv` | every study: effect (`yi`), sampling variance (`vi`), and what it is grouped or ordered by |",
        "| `settings.json` | how the studies were pooled, and the versions of the programs |",
        "| `results.json`, `results.txt` | every figure, unrounded, and the same to read |",
        "| `charts/` | each chart as SVG, its figures as CSV, and the same in words |",
        "| `rerun.py` | works out `results.json` again: `python rerun.py` where Wherewithal is installed |",
        "| `rerun.R` | the same with metafor, and compares: `Rscript rerun.R` where R has metafor |",
        "",
        "The same data, settings and versions give the same files, byte for byte.",
        "",
    ]
    lines += [f"- {chart.title} (`charts/{name}.svg`): {chart.description}" for name, chart in charts.items()]
    lines += [f"- Not drawn, {name}: {why}" for name, why in undrawn.items()]
    if studies.cluster:
        lines += [
            "",
            "Several effects are of one study. The forest pools them by three levels; the other charts and the tests "
            "of small studies take each effect for a study, so read them with care. Subgroups and regressions are by "
            "three levels with robust errors (CR2).",
        ]
    if studies.left_out:
        lines += ["", f"Left out, since effect and variance are blank: {'; '.join(studies.left_out)}."]
    return "\n".join([*lines, ""])


def readable(pooled: Pooled, results: dict[str, Any], studies: Studies, undrawn: dict[str, str]) -> str:
    tau2 = results["tau2_interval"]
    lines = [
        f"{pooled.k} effects, {pooled.method}, test {pooled.test}",
        f"pooled effect        {pooled.estimate:.6g} (standard error {pooled.se:.6g}, p = {pooled.p:.4g})",
        f"{100 * pooled.confidence:g}% interval         {pooled.ci.low:.6g} to {pooled.ci.high:.6g}",
    ]
    if pooled.pi:
        lines.append(f"next study's effect  {pooled.pi.low:.6g} to {pooled.pi.high:.6g}")
    lines += [
        f"between studies      tau² {pooled.tau2:.6g} ({tau2['low']:.4g} to {tau2['high']:.4g}), I² {pooled.i2:.1f}%, "
        f"H² {pooled.h2:.2f}",
        f"do they differ?      Q = {pooled.q:.4f} on {pooled.q_df} degrees of freedom, p = {pooled.q_p:.4g}",
    ]
    levels = results.get("levels")
    if levels:
        best = levels.get("robust") or levels["model"]
        lines += [
            f"The figures above take each effect for a study. {levels['effects']} effects of {levels['clusters']} "
            "studies hang together; by three levels they come to:",
            f"pooled effect        {best['estimate']:.6g} (standard error {best['se']:.6g}, p = {best['p']:.4g}; "
            f"{'robust' if 'robust' in levels else 'by the model'})",
            f"{100 * pooled.confidence:g}% interval         {best['ci']['low']:.6g} to {best['ci']['high']:.6g}",
            f"next study's effect  {levels['next_study']['low']:.6g} to {levels['next_study']['high']:.6g}",
            f"differences          between studies {levels['variances']['cluster']:.6g}, within them "
            f"{levels['variances']['effect']:.6g}",
            *(f"note: {note}" for note in levels["notes"]),
        ]
    groups = results.get("subgroups")
    if groups:
        lines += [
            f"subgroup {name}: {each['estimate']:.6g} ({each['ci']['low']:.6g} to {each['ci']['high']:.6g}), "
            f"{each['k']} studies"
            for name, each in groups["groups"].items()
        ]
        lines += [f"subgroup {name}: one study, not pooled" for name in groups["alone"]]
        apart = groups["difference"]
        if apart["p"] is not None and apart["q"] is None:
            lines.append(
                f"do subgroups differ? {apart['of']} less {apart['against']}: {apart['estimate']:.6g} "
                f"({apart['ci']['low']:.6g} to {apart['ci']['high']:.6g}), p = {apart['p']:.4g}, robust"
            )
        elif apart["p"] is not None:
            lines.append(
                f"do subgroups differ? Q = {groups['difference']['q']:.4f} on {groups['difference']['df']}, "
                f"p = {groups['difference']['p']:.4g}"
            )
    for name, fit in results.get("regressions", {}).items():
        slope = fit["coefficients"][1]
        lines.append(
            f"by {name}: {slope['estimate']:.6g} a unit ({slope['ci']['low']:.6g} to {slope['ci']['high']:.6g}), "
            f"p = {slope['p']:.4g}"
        )
    for name, found in results["small_studies"].items():
        words = found.get("none") or ", ".join(
            f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
            for key, value in found.items()
            if key != "notes"
        )
        lines.append(f"small studies, {name}: {words}")
        lines += [f"  {note}" for note in found.get("notes", ())]
    moving = results.get("influence", {}).get("influential", ())
    if any(moving):
        named = [name for name, moves in zip(studies.names, moving, strict=True) if moves]
        lines.append(f"studies that move the answer more than most: {', '.join(named)}")
    lines += [f"note: {note}" for note in pooled.notes]
    lines += [f"left out as blank: {name}" for name in studies.left_out]
    lines += [f"not drawn, {name}: {why}" for name, why in undrawn.items()]
    return "\n".join([*lines, ""])
