"""A network in a folder that anybody can run again: comparisons, settings, results, charts, scripts in Python and R."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wherewithal.analyse.reviews.synthesis.drawn import (
    against_reference_of,
    axis_of,
    network_of,
    ranks_of,
)
from wherewithal.analyse.reviews.synthesis.export.folder import as_json, versions
from wherewithal.analyse.reviews.synthesis.export.scripts import AGREES, CLOSING, opening, said
from wherewithal.analyse.reviews.synthesis.network import (
    Decomposition,
    Network,
    Ranking,
    Split,
    contrasts,
    decomposition,
    network,
    ranking,
    splits,
)
from wherewithal.spreadsheets import harmless


@dataclass(frozen=True)
class Pairs:
    """In ``study``, ``first`` had an effect against ``second`` with a variance: all pairs of each study."""

    study: Sequence[str]
    first: Sequence[str]
    second: Sequence[str]
    effects: Sequence[float]
    variances: Sequence[float]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class NetworkExport:
    """How a network is fitted (EE, DL, ML, REML) and shown: ``measure`` and ``better`` as in ``Settings``."""

    method: Literal["EE", "DL", "ML", "REML"] = "REML"
    reference: str = ""
    better: Literal["higher", "lower"] | None = None
    measure: str = ""
    title: str = "Network"
    draws: int = 20_000
    seed: int = 1


def network_contents(pairs: Pairs, settings: NetworkExport) -> dict[str, bytes]:
    """The files of the folder by name, in order. Raises BadInput as ``contrasts`` and ``network`` do."""
    evidence = contrasts(
        pairs.study,
        pairs.first,
        pairs.second,
        pairs.effects,
        pairs.variances,
        reference=settings.reference,
        notes=pairs.notes,
    )
    fit = network(evidence, method=settings.method)
    found, apart = decomposition(fit), splits(fit)
    order = (
        ranking(
            fit,
            higher_is_better=settings.better == "higher",
            draws=settings.draws,
            seed=settings.seed,
        )
        if settings.better
        else None
    )
    results = network_figures(fit, found, apart, order)
    charts = {
        "network": network_of(fit),
        "against": against_reference_of(fit, axis_of(settings.measure, better=settings.better)),
        **({"ranks": ranks_of(order)} if order else {}),
    }
    files: dict[str, str] = {
        "README.md": _readme(fit, settings),
        "data.csv": _data(pairs),
        "settings.json": as_json({**vars(settings), "notes": list(pairs.notes), "versions": versions()}),
        "results.json": as_json(results),
        "results.txt": _readable(fit, found, order),
        "rerun.py": _python(pairs, settings),
        "rerun.R": _r(fit, found, apart),
    }
    for name, chart in charts.items():
        files[f"charts/{name}.svg"] = chart.file("wide")
        files[f"charts/{name}.csv"] = chart.csv()
        files[f"charts/{name}.txt"] = f"{chart.title}\n\n{chart.read_out}\n"
    return {name: text.encode() for name, text in files.items()}


def network_figures(
    fit: Network, found: Decomposition, apart: Sequence[Split], order: Ranking | None
) -> dict[str, Any]:
    """Every figure of a network, unrounded."""

    def share(one: Any) -> dict[str, float]:
        return {"q": one.q, "df": one.df, "p": one.p}

    return {
        "method": fit.method,
        "treatments": list(fit.treatments),
        "reference": fit.treatments[0],
        "studies": len(fit.evidence.studies),
        "comparisons": len(fit.evidence.pairs),
        "tau2": fit.tau2,
        "i2": fit.i2,
        "q": fit.q,
        "q_df": fit.q_df,
        "q_p": fit.q_p,
        "league": [
            {
                "first": cell.first,
                "second": cell.second,
                "estimate": cell.estimate,
                "se": cell.se,
                "ci": cell.ci._asdict(),
                "pi": cell.pi._asdict() if cell.pi else None,
                "p": cell.p,
                "studies": cell.studies,
            }
            for cell in fit.league()
        ],
        "consistency": {
            "total": share(found.total),
            "within": share(found.within),
            "between": share(found.between),
            "interaction": {**share(found.interaction), "tau2_within": found.tau2_within},
            "designs": {name: share(one) for name, one in found.designs.items()},
        },
        "splits": [dict(vars(each)) for each in apart],
        "ranking": None
        if order is None
        else {
            "ranks": [{**vars(rank), "chances": list(rank.chances)} for rank in order.ranks],
            "best": order.best,
            "rule": order.rule,
            "verdict": order.verdict,
            "draws": order.draws,
            "seed": order.seed,
        },
        "notes": list(fit.notes),
    }


def _data(pairs: Pairs) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["study", "treat1", "treat2", "yi", "vi"])
    for study, first, second, effect, variance in zip(
        pairs.study, pairs.first, pairs.second, pairs.effects, pairs.variances, strict=True
    ):
        names = (harmless(study), harmless(first), harmless(second))
        writer.writerow([*names, repr(float(effect)), repr(float(variance))])
    return out.getvalue()


def _readme(fit: Network, settings: NetworkExport) -> str:
    return "\n".join(
        [
            f"# {settings.title}",
            "",
            f"A network of {len(fit.treatments)} interventions in {len(fit.evidence.studies)} studies, exported by "
            "Wherewithal so that anybody can check and repeat it.",
            "",
            "| file | what it is |",
            "|---|---|",
            "| `data.csv` | every comparison: `treat1` against `treat2`, effect (`yi`) and sampling variance (`vi`) |",
            "| `settings.json` | how the network was fitted, and the versions of the programs |",
            "| `results.json`, `results.txt` | every figure, unrounded, and the same to read |",
            "| `charts/` | each chart as SVG, its figures as CSV, and the same in words |",
            "| `rerun.py` | works out `results.json` again: `python rerun.py` where Wherewithal is installed |",
            "| `rerun.R` | the same with metafor, and compares: `Rscript rerun.R` where R has metafor |",
            "",
            "The same data, settings and versions give the same files, byte for byte.",
            "",
        ]
    )


def _readable(fit: Network, found: Decomposition, order: Ranking | None) -> str:
    lines = [
        f"{len(fit.treatments)} interventions, {len(fit.evidence.studies)} studies, {fit.method}",
        f"between studies      tau² {fit.tau2:.6g}, I² {fit.i2:.1f}%",
        f"do they differ?      Q = {fit.q:.4f} on {fit.q_df} degrees of freedom, p = {fit.q_p:.4g}",
        f"do designs disagree? Q = {found.interaction.q:.4f} on {found.interaction.df}, p = {found.interaction.p:.4g}",
        f"against {fit.treatments[0]}:",
    ]
    for name in fit.treatments[1:]:
        cell = fit.compared(name, fit.treatments[0])
        direct = f"{cell.studies} direct" if cell.studies else "indirect only"
        lines.append(f"  {name}: {cell.estimate:.6g} ({cell.ci.low:.6g} to {cell.ci.high:.6g}), {direct}")
    if order is not None:
        lines += [
            f"P-score of {rank.treatment}: {rank.p_score:.3f}, rank {rank.median} ({rank.low} to {rank.high})"
            for rank in order.ranks
        ]
        lines += [order.verdict, order.rule]
    return "\n".join([*lines, *(f"note: {note}" for note in fit.notes), ""])


def _python(pairs: Pairs, settings: NetworkExport) -> str:
    asked = ", ".join(f"{name}={value!r}" for name, value in vars(settings).items())
    return f'''"""Works out this folder again, and says which files came out the same. Needs the package wherewithal."""

import csv
from pathlib import Path

from wherewithal.analyse.reviews.synthesis.export.network import NetworkExport, Pairs, network_contents

here = Path(__file__).parent
with (here / "data.csv").open(encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
pairs = Pairs(
    study=[row["study"] for row in rows],
    first=[row["treat1"] for row in rows],
    second=[row["treat2"] for row in rows],
    effects=[float(row["yi"]) for row in rows],
    variances=[float(row["vi"]) for row in rows],
    notes={list(pairs.notes)!r},
)
settings = NetworkExport({asked})
changed = [
    name
    for name, content in network_contents(pairs, settings).items()
    if (here / name).read_bytes() != content
]
print((here / "results.txt").read_text(encoding="utf-8"))
print("Everything came out the same." if not changed else f"Came out otherwise: {{', '.join(changed)}}.")
raise SystemExit(1 if changed else 0)
'''


def _r(fit: Network, found: Decomposition, apart: Sequence[Split]) -> str:
    """The same network by rma.mv: contrasts with each study's first intervention, one variance for all of them."""
    names = ", ".join(json.dumps(name) for name in fit.treatments)
    method = fit.method if fit.method in ("REML", "ML") else "REML"
    random = "" if fit.method == "EE" else ', random = ~ arm | study, struct = "CS", rho = 0.5'
    # metafor has no method of moments for a network: its tau² is taken over.
    fixed = f", tau2 = {fit.tau2!r}" if fit.method == "DL" else ""
    lines = [
        *opening("this folder's network", AGREES),
        'pairs <- read.csv(file.path(here, "data.csv"), check.names = FALSE, encoding = "UTF-8",',
        '                  colClasses = c(study = "character", treat1 = "character", treat2 = "character"))',
        f"names <- c({names})",
        "# From all pairs of a study to its contrasts with the first of its interventions, and how they hang together:",
        "# the variance of a pair is that of its two contrasts less twice what they share.",
        "of <- function(own, a, b) {",
        "  there <- own$treat1 == a & own$treat2 == b",
        "  back <- own$treat1 == b & own$treat2 == a",
        "  if (any(there)) c(own$yi[there], own$vi[there]) else c(-own$yi[back], own$vi[back])",
        "}",
        "pieces <- lapply(split(pairs, factor(pairs$study, unique(pairs$study))), function(own) {",
        "  arms <- names[names %in% c(own$treat1, own$treat2)]",
        "  others <- arms[-1]",
        "  told <- sapply(others, function(arm) of(own, arm, arms[1]))",
        "  v <- diag(told[2, ], length(others))",
        "  for (i in seq_along(others)) for (j in seq_along(others)) if (i != j)",
        "    v[i, j] <- (told[2, i] + told[2, j] - of(own, others[i], others[j])[2]) / 2",
        "  x <- matrix(0, length(others), length(names), dimnames = list(NULL, names))",
        "  x[cbind(seq_along(others), match(others, names))] <- 1",
        "  x[, arms[1]] <- -1",
        "  list(yi = told[1, ], v = v, x = x[, -1, drop = FALSE], study = own$study[1], arm = others)",
        "})",
        'yi <- unlist(lapply(pieces, `[[`, "yi"), use.names = FALSE)',
        'x <- do.call(rbind, lapply(pieces, `[[`, "x"))',
        'errors <- bldiag(lapply(pieces, `[[`, "v"))',
        'study <- rep(sapply(pieces, `[[`, "study"), lengths(lapply(pieces, `[[`, "arm")))',
        'arm <- unlist(lapply(pieces, `[[`, "arm"), use.names = FALSE)',
        "search <- function(x, ...) {",
        f"  one <- function(control) rma.mv(yi, errors, mods = x, intercept = FALSE{random}{fixed},",
        f'                                  method = "{method}", control = control, ...)',
        "  closely(one)",
        "}",
        "fit <- search(x)",
        said("Q", fit.q, "fit$QE", "worked"),
    ]
    if fit.method != "EE":
        lines.append(said("tau2", fit.tau2, "fit$tau2", "variance", "mean(diag(errors))"))
    for place, name in enumerate(fit.treatments[1:], start=1):
        cell = fit.compared(name, fit.treatments[0])
        lines += [
            said(f"{name}, effect", cell.estimate, f"fit$beta[{place}]", least="sqrt(mean(diag(errors)))"),
            said(f"{name}, error", cell.se, f"fit$se[{place}]"),
            said(f"{name}, low", cell.ci.low, f"fit$ci.lb[{place}]", least="sqrt(mean(diag(errors)))"),
            said(f"{name}, high", cell.ci.high, f"fit$ci.ub[{place}]", least="sqrt(mean(diag(errors)))"),
        ]
    if fit.method in ("EE", "REML", "ML"):
        lines += _splits(apart)
    return "\n".join([*lines, *CLOSING, ""])


def _splits(apart: Sequence[Split]) -> list[str]:
    """Direct less indirect: one more column, half a step on either side of the comparison (White 2015)."""
    lines = [
        "# Direct less indirect, in studies that have both interventions: one more column, half for each side.",
        "gap <- function(a, b) {",
        "  step <- setNames(numeric(length(names)), names)",
        "  step[a] <- 0.5",
        "  step[b] <- -0.5",
        "  whole <- cbind(-rowSums(x), x)",
        "  colnames(whole) <- names",
        "  has <- sapply(pieces, function(p) {",
        "    w <- cbind(-rowSums(p$x), p$x)",
        "    colnames(w) <- names",
        "    all(c(a, b) %in% names[colSums(abs(w)) > 0])",
        "  })",
        '  inside <- rep(has, lengths(lapply(pieces, `[[`, "arm")))',
        "  found <- search(cbind(x, as.vector(whole %*% step) * inside))",
        "  last <- length(found$beta)",
        "  c(found$beta[last], found$se[last])",
        "}",
    ]
    for each in apart:
        if each.difference is None or each.difference_se is None:
            continue
        name = f"{each.first} / {each.second}"
        lines += [
            f"apart_by <- gap({json.dumps(each.first)}, {json.dumps(each.second)})",
            said(f"direct less indirect, {name}", each.difference, "apart_by[1]", least="apart_by[2]"),
            said(f"its error, {name}", each.difference_se, "apart_by[2]"),
        ]
    return lines
