"""A synthesis in a folder that anybody can run again: data, settings, results, charts, and scripts in Python and R.

The same inputs give the same bytes, so that two folders can be compared file by file. The R script needs metafor and
checks its figures against those here.
"""

from __future__ import annotations

import csv
import io
import json
import platform
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from wherewithal.analyse.reviews.synthesis.drawn import (
    DRAWN,
    Drawable,
    axis_of,
    bubble_of,
)
from wherewithal.analyse.reviews.synthesis.multilevel import multilevel
from wherewithal.analyse.reviews.synthesis.pooling import Pooled
from wherewithal.analyse.reviews.synthesis.q_profile import between_interval
from wherewithal.analyse.reviews.synthesis.regression import meta_regression, subgroups
from wherewithal.analyse.reviews.synthesis.small_studies import egger, peese, pet, rank_test
from wherewithal.analyse.reviews.synthesis.trim_and_fill import trim_and_fill
from wherewithal.errors import BadInput, Problem

AGREES, LATER = 1e-6, 1e-4
"""Relative differences that the R script lets pass: of what is worked out, and of what metafor searches for."""
OWN = ("study", "yi", "vi", "group", "order", "cluster")
"""Columns of the folder's data that no moderator may be called."""


@dataclass(frozen=True)
class Settings:
    """How the studies are pooled and shown: ``measure`` is a key of ``MEASURES`` or blank, ``title`` the review's."""

    method: str = "REML"
    test: str = "z"
    confidence: float = 0.95
    measure: str = ""
    better: Literal["higher", "lower"] | None = None
    left: str = ""
    right: str = ""
    title: str = "Synthesis"


@dataclass(frozen=True)
class Studies:
    """What is exported: names, effects and variances (k,), and, where there are any, groups, moderators and years.

    ``cluster`` says which study each of several effects is from; they are then pooled by three levels as well.
    """

    names: Sequence[str]
    effects: Sequence[float]
    variances: Sequence[float]
    group: Sequence[str] = ()
    moderators: dict[str, Sequence[float]] = field(default_factory=dict)
    order: Sequence[float] = ()
    left_out: Sequence[str] = ()
    cluster: Sequence[str] = ()


def export(studies: Studies, settings: Settings, folder: Path) -> tuple[str, ...]:
    """Write everything into ``folder``, which must not exist or be empty, and give the names of its files.

    Raises BadInput where the folder holds something and for what ``pool`` refuses; nothing is half-written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            f"{folder} is not empty, and nothing is written over.",
            [Problem(str(folder), "files", "an empty or a new folder", "Name another folder.")],
        )
    files = contents(studies, settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as work:
        made = Path(work) / "whole"
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            folder.rmdir()
        shutil.move(made, folder)
    return tuple(files)


def contents(studies: Studies, settings: Settings) -> dict[str, bytes]:
    """The files of the folder by name, in order. Raises BadInput as ``pool`` does."""
    studies = _ready(studies)
    it = Drawable(
        studies.effects,
        studies.variances,
        studies.names,
        axis_of(settings.measure, better=settings.better, left=settings.left, right=settings.right),
        settings.method,
        settings.test,
        settings.confidence,
        group=studies.group,
        study=studies.cluster,
        order=studies.order,
        title=settings.title,
    )
    pooled = it.pooled()
    results = _results(it, studies, settings, pooled)
    charts, undrawn = _charts(it, studies)
    files: dict[str, str] = {
        "README.md": _readme(studies, settings, pooled, charts, undrawn),
        "data.csv": _data(studies),
        "settings.json": _json({**vars(settings), "versions": _versions()}),
        "results.json": _json(results),
        "results.txt": _readable(pooled, results, studies, undrawn),
        "rerun.py": _python(studies, settings),
        "rerun.R": _r(studies, settings, results),
    }
    for name, chart in charts.items():
        files[f"charts/{name}.svg"] = chart.file("wide")
        files[f"charts/{name}.csv"] = chart.csv()
        files[f"charts/{name}.txt"] = f"{chart.title}\n\n{chart.read_out}\n"
    return {name: text.encode() for name, text in files.items()}


def _ready(studies: Studies) -> Studies:
    """Names that no spreadsheet runs as a formula, and columns whose names do not clash."""
    clash = [name for name in studies.moderators if name in OWN]
    if clash:
        raise BadInput(
            "A moderator has the name of a column that the folder has already.",
            [Problem(f"moderator {name}", name, "another name", "Rename the column.") for name in clash],
        )
    return replace(
        studies,
        names=[_harmless(name) for name in studies.names],
        group=[_harmless(name) for name in studies.group],
        cluster=[_harmless(name) for name in studies.cluster],
    )


def _harmless(name: str) -> str:
    return f"'{name}" if name.startswith(("=", "+", "-", "@")) else name


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {
        "wherewithal": version("wherewithal"),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
    }


def _json(what: dict[str, Any]) -> str:
    return json.dumps(what, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _data(studies: Studies) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    more = list(studies.moderators)
    texts = {
        name: column
        for name, column in (("group", studies.group), ("cluster", studies.cluster))
        if len(column)
    }
    head = ["study", "yi", "vi", *texts, *more, *(["order"] if studies.order else [])]
    writer.writerow(head)
    for place, name in enumerate(studies.names):
        writer.writerow(
            [
                name,
                repr(float(studies.effects[place])),
                repr(float(studies.variances[place])),
                *(column[place] for column in texts.values()),
                *(repr(float(studies.moderators[each][place])) for each in more),
                *([repr(float(studies.order[place]))] if studies.order else []),
            ]
        )
    return out.getvalue()


def _results(it: Drawable, studies: Studies, settings: Settings, pooled: Pooled) -> dict[str, Any]:
    y, v = it.numbers
    found: dict[str, Any] = {"pool": {**pooled.as_dict(), "weights": list(pooled.weights)}}
    if studies.cluster:
        found["levels"] = _levels(it, studies)
    profile = between_interval(y, v, confidence=settings.confidence)
    found["tau2_interval"] = profile.tau2._asdict()
    if studies.group:
        apart = subgroups(
            y, v, studies.group, method=settings.method, test=settings.test, confidence=settings.confidence
        )
        found["subgroups"] = {
            "groups": {name: each.as_dict() for name, each in apart.groups.items()},
            "alone": list(apart.alone),
            "difference": {"q": apart.difference, "df": apart.difference_df, "p": apart.difference_p},
        }
    for name, values in studies.moderators.items():
        fit = meta_regression(
            y, v, {name: values}, method=settings.method, test=settings.test, confidence=settings.confidence
        )
        found.setdefault("regressions", {})[name] = {
            "coefficients": [
                {
                    "name": each.name,
                    "estimate": each.estimate,
                    "se": each.se,
                    "p": each.p,
                    "ci": each.ci._asdict(),
                }
                for each in fit.coefficients
            ],
            "tau2": fit.tau2,
            "r2": fit.r2,
            "qm": fit.qm,
            "qm_p": fit.qm_p,
        }
    found["small_studies"] = _small(it)
    return found


def _levels(it: Drawable, studies: Studies) -> dict[str, Any]:
    """Several effects a study: three levels by REML, the model's errors and robust ones."""
    y, v = it.numbers
    fit = multilevel(
        y,
        v,
        {"cluster": studies.cluster, "effect": list(range(y.size))},
        test="z",
        confidence=it.confidence,
        labels=it.names,
    )
    made = {
        kind: {"estimate": each.estimate, "se": each.se, "df": each.df, "p": each.p, "ci": each.ci._asdict()}
        for kind, found in (("model", fit.coefficients), ("robust", fit.robust))
        for each in found[:1]
    }
    return {
        "effects": fit.k,
        "clusters": fit.clusters,
        **made,
        "variances": dict(fit.variances),
        "notes": list(fit.notes),
    }


def _small(it: Drawable) -> dict[str, Any]:
    """Tests of small studies, each with its figures or the reason why there are none."""
    y, v = it.numbers
    made: dict[str, Any] = {}
    for name, work in (
        (
            "egger",
            lambda: {"statistic": (e := egger(y, v)).statistic, "df": e.df, "p": e.p, "notes": list(e.notes)},
        ),
        ("rank", lambda: rank_test(y, v)._asdict()),
        ("pet", lambda: {"estimate": (c := pet(y, v, method=it.method).coefficients[0]).estimate, "p": c.p}),
        (
            "peese",
            lambda: {"estimate": (c := peese(y, v, method=it.method).coefficients[0]).estimate, "p": c.p},
        ),
        (
            "trim_and_fill",
            lambda: {
                "missing": (f := trim_and_fill(y, v, method=it.method, test=it.test)).missing,
                "side": f.side,
                "estimate": f.pooled.estimate,
                "se": f.pooled.se,
            },
        ),
    ):
        try:
            figures = work()
            # A correlation of effects that are all the same is no number.
            undefined = [key for key, value in figures.items() if value != value]
            made[name] = {"none": f"there is no {undefined[0]}"} if undefined else figures
        except BadInput as refused:
            made[name] = {"none": refused.message}
    return made


def _charts(it: Drawable, studies: Studies) -> tuple[dict[str, Any], dict[str, str]]:
    """Charts by name, and those that cannot be drawn with the reason."""
    made, undrawn = {}, {}
    wanted = [name for name in DRAWN if name != "cumulative" or len(studies.order)]
    for name in wanted:
        try:
            made[name] = DRAWN[name](it)
        except BadInput as refused:
            undrawn[name] = refused.message
    for name, values in studies.moderators.items():
        file = "bubble-" + "".join(letter if letter.isalnum() else "-" for letter in name.lower())
        try:
            made[file] = bubble_of(replace(it, group=()), name, values)
        except BadInput as refused:
            undrawn[file] = refused.message
    return made, undrawn


def _readme(
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
            "of small studies take each effect for a study, so read them with care.",
        ]
    if studies.left_out:
        lines += ["", f"Left out, since effect and variance are blank: {'; '.join(studies.left_out)}."]
    return "\n".join([*lines, ""])


def _readable(pooled: Pooled, results: dict[str, Any], studies: Studies, undrawn: dict[str, str]) -> str:
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
        if groups["difference"]["p"] is not None:
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
    lines += [f"note: {note}" for note in pooled.notes]
    lines += [f"left out as blank: {name}" for name in studies.left_out]
    lines += [f"not drawn, {name}: {why}" for name, why in undrawn.items()]
    return "\n".join([*lines, ""])


def _python(studies: Studies, settings: Settings) -> str:
    moderators = list(studies.moderators)
    more = [
        "    group=[row['group'] for row in rows],\n" if studies.group else "",
        "    cluster=[row['cluster'] for row in rows],\n" if studies.cluster else "",
        f"    moderators={{name: [float(row[name]) for row in rows] for name in {moderators!r}}},\n"
        if moderators
        else "",
        "    order=[float(row['order']) for row in rows],\n" if studies.order else "",
        f"    left_out={list(studies.left_out)!r},\n" if studies.left_out else "",
    ]
    asked = ", ".join(f"{name}={value!r}" for name, value in vars(settings).items())
    return f'''"""Works out this folder again, and says which files came out the same. Needs the package wherewithal."""

import csv
from pathlib import Path

from wherewithal.analyse.reviews.synthesis.export import Settings, Studies, contents

here = Path(__file__).parent
with (here / "data.csv").open(encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
studies = Studies(
    names=[row["study"] for row in rows],
    effects=[float(row["yi"]) for row in rows],
    variances=[float(row["vi"]) for row in rows],
{"".join(more)})
settings = Settings({asked})
changed = [
    name for name, content in contents(studies, settings).items() if (here / name).read_bytes() != content
]
print((here / "results.txt").read_text(encoding="utf-8"))
print("Everything came out the same." if not changed else f"Came out otherwise: {{', '.join(changed)}}.")
raise SystemExit(1 if changed else 0)
'''


def _r(studies: Studies, settings: Settings, results: dict[str, Any]) -> str:
    """A script of our own that fits the same with metafor and compares figure by figure."""
    pooled = results["pool"]
    lines = [
        "# Fits this folder's studies with metafor and compares with the figures of results.json.",
        "suppressPackageStartupMessages(library(metafor))",
        'here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))',
        'if (is.na(here)) here <- "."',
        'studies <- read.csv(file.path(here, "data.csv"), check.names = FALSE, encoding = "UTF-8")',
        f'method <- "{settings.method}"',
        f'test <- "{pooled["test"]}"',
        f"level <- {100 * settings.confidence!r}",
        "# What metafor searches for stops a little before the root, and in other versions a little elsewhere.",
        f"close <- c(worked = {AGREES!r}, searched = {LATER!r})",
        "apart <- 0L",
        'compare <- function(name, ours, theirs, kind = "searched") {',
        "  far <- abs(ours - theirs) / max(abs(theirs), 1e-6)",
        "  if (is.na(far) || far > close[[kind]]) apart <<- apart + 1L",
        '  cat(sprintf("%-34s %16.10g %16.10g %9.1e%s\\n", name, ours, theirs, far,',
        '              if (is.na(far) || far > close[[kind]]) "  differs" else ""))',
        "}",
        "fit <- function(...) rma(yi, vi, data = studies, method = method, test = test, level = level, ...)",
        'cat(sprintf("metafor %s\\n", packageVersion("metafor")))',
        'cat(sprintf("%-34s %16s %16s %9s\\n", "figure", "Wherewithal", "metafor", "apart"))',
        "pooled <- fit()",
        _compared("estimate", pooled["estimate"], "pooled$beta[1]"),
        _compared("standard error", pooled["se"], "pooled$se"),
        _compared("interval, low", pooled["ci"]["low"], "pooled$ci.lb"),
        _compared("interval, high", pooled["ci"]["high"], "pooled$ci.ub"),
        _compared("Q", pooled["q"], "pooled$QE", "worked"),
        _compared("tau2", pooled["tau2"], "pooled$tau2"),
        _compared("I2", pooled["i2"], "pooled$I2"),
    ]
    if pooled["pi"]:
        lines += [
            "further <- predict(pooled, level = level)",
            _compared("next study, low", pooled["pi"]["low"], "further$pi.lb"),
            _compared("next study, high", pooled["pi"]["high"], "further$pi.ub"),
        ]
    if "levels" in results:
        levels = results["levels"]
        lines += [
            "studies$row <- seq_len(nrow(studies))",
            "nested <- rma.mv(yi, vi, random = ~ 1 | cluster / row, data = studies, level = level)",
            _compared("three levels, estimate", levels["model"]["estimate"], "nested$beta[1]"),
            _compared("three levels, error", levels["model"]["se"], "nested$se"),
            _compared("between studies", levels["variances"]["cluster"], "nested$sigma2[1]"),
            _compared("within studies", levels["variances"]["effect"], "nested$sigma2[2]"),
        ]
        if "robust" in levels:
            error = levels["robust"]["se"]
            lines += [
                'if (requireNamespace("clubSandwich", quietly = TRUE)) {',
                '  found <- clubSandwich::coef_test(nested, vcov = "CR2", cluster = studies$cluster)',
                f"  {_compared('three levels, robust error', error, 'found$SE[1]')}",
                "}",
            ]
    for name, each in results.get("subgroups", {}).get("groups", {}).items():
        lines += [
            f"part <- fit(subset = studies$group == {_quoted(name)})",
            _compared(f"subgroup {name}", each["estimate"], "part$beta[1]"),
            _compared(f"subgroup {name}, error", each["se"], "part$se"),
        ]
    for name, each in results.get("regressions", {}).items():
        slope = each["coefficients"][1]
        lines += [
            f"line <- fit(mods = cbind(studies[[{_quoted(name)}]]))",
            _compared(f"slope of {name}", slope["estimate"], "line$beta[2]"),
            _compared(f"slope of {name}, error", slope["se"], "line$se[2]"),
        ]
    small = results["small_studies"]
    if "statistic" in small["egger"]:
        lines += [
            "plain <- rma(yi, vi, data = studies, method = method)",
            _compared("Egger, t", small["egger"]["statistic"], 'regtest(plain, model = "lm")$zval', "worked"),
        ]
    if "missing" in small["trim_and_fill"]:
        lines += [
            "filled <- trimfill(pooled)",
            _compared("trim and fill, added", small["trim_and_fill"]["missing"], "filled$k0", "worked"),
            _compared("trim and fill, estimate", small["trim_and_fill"]["estimate"], "filled$beta[1]"),
        ]
    lines += [
        'cat(if (apart == 0L) "All figures agree.\\n" else sprintf("%d figures differ.\\n", apart))',
        "quit(status = if (apart == 0L) 0L else 1L)",
    ]
    return "\n".join([*lines, ""])


def _compared(name: str, ours: float, theirs: str, kind: str = "searched") -> str:
    return f'compare({_quoted(name)}, {ours!r}, {theirs}, "{kind}")'


def _quoted(text: str) -> str:
    """Text as R reads it."""
    return json.dumps(text)
