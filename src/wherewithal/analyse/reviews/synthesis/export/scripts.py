"""Scripts that work an exported synthesis out again: in Python by this library, in R by metafor."""

from __future__ import annotations

import json
from typing import Any

from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies

AGREES, LATER = 1e-6, 1e-4
"""Relative differences that the R script lets pass, and those where metafor itself looks for a root to 1.2e-4."""
FLAT = 1e-5
"""Lets pass of a variance for which metafor climbs a likelihood: what follows from it agrees to ``AGREES``."""
ROUGH = ("PM", "PMM")
"""The methods of which that is so, in some versions of metafor."""


def python_script(studies: Studies, settings: Settings) -> str:
    moderators = list(studies.moderators)
    more = [
        "    group=[row['group'] for row in rows],\n" if studies.group else "",
        "    cluster=[row['cluster'] for row in rows],\n" if studies.cluster else "",
        f"    moderators={{name: [float(row[name] or 'nan') for row in rows] for name in {moderators!r}}},\n"
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


def r_script(studies: Studies, settings: Settings, results: dict[str, Any]) -> str:
    """A script of our own that fits the same with metafor and compares figure by figure."""
    pooled = results["pool"]
    lines = [
        *opening("this folder's studies", LATER if settings.method in ROUGH else AGREES),
        'studies <- read.csv(file.path(here, "data.csv"), check.names = FALSE, encoding = "UTF-8")',
        f'method <- "{settings.method}"',
        f'test <- "{pooled["test"]}"',
        f"level <- {100 * settings.confidence!r}",
        "fit <- function(...) rma(yi, vi, data = studies, method = method, test = test, level = level, ...)",
        "pooled <- fit()",
        said("estimate", pooled["estimate"], "pooled$beta[1]"),
        said("standard error", pooled["se"], "pooled$se"),
        said("interval, low", pooled["ci"]["low"], "pooled$ci.lb"),
        said("interval, high", pooled["ci"]["high"], "pooled$ci.ub"),
        said("Q", pooled["q"], "pooled$QE", "worked"),
        said("tau2", pooled["tau2"], "pooled$tau2"),
        said("I2", pooled["i2"], "pooled$I2"),
    ]
    if pooled["pi"]:
        lines += [
            "further <- predict(pooled, level = level)",
            said("next study, low", pooled["pi"]["low"], "further$pi.lb"),
            said("next study, high", pooled["pi"]["high"], "further$pi.ub"),
        ]
    if "levels" in results:
        lines += _levels(results)
    else:
        lines += _apart(results)
    told = results.get("influence", {"none": ""})
    if "none" not in told:
        lines += [
            "told <- influence(pooled)$inf",
            *(
                said(
                    f"influence, largest {name}",
                    max(told[key], key=abs),
                    f"{theirs}[which.max(abs({theirs}))]",
                )
                for name, key, theirs in (
                    # With Knapp and Hartung's test metafor scales the error of a left-out study's forecast otherwise.
                    *([("residual", "deleted_residual", "told$rstudent")] if pooled["test"] == "z" else []),
                    ("DFFITS", "dffits", "told$dffits"),
                    ("Cook", "cook", "told$cook.d"),
                    ("hat", "hat", "told$hat"),
                )
            ),
        ]
    small = results["small_studies"]
    if "statistic" in small["egger"]:
        lines += [
            "plain <- rma(yi, vi, data = studies, method = method)",
            said("Egger, t", small["egger"]["statistic"], 'regtest(plain, model = "lm")$zval', "worked"),
        ]
    if "missing" in small["trim_and_fill"]:
        lines += [
            "filled <- trimfill(pooled)",
            said("trim and fill, added", small["trim_and_fill"]["missing"], "filled$k0", "worked"),
            said("trim and fill, estimate", small["trim_and_fill"]["estimate"], "filled$beta[1]"),
        ]
    return "\n".join([*lines, *CLOSING, ""])


def opening(what: str, searched: float) -> list[str]:
    """The first lines: metafor, where the folder is, and how figures are compared."""
    return [
        f"# Fits {what} with metafor and compares with the figures of results.json.",
        "suppressPackageStartupMessages(library(metafor))",
        'here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))',
        'if (is.na(here)) here <- "."',
        "# Relative differences that pass: of what is worked out, and of what metafor searches for.",
        "# A likelihood is flat at its top: no search by height tells a variance there to more than five figures.",
        f"close <- c(worked = {AGREES!r}, searched = {searched!r}, variance = {FLAT!r})",
        "apart <- 0L",
        'compare <- function(name, ours, theirs, kind = "searched", least = 1e-6) {',
        "  far <- abs(ours - theirs) / max(abs(theirs), least)",
        "  if (is.na(far) || far > close[[kind]]) apart <<- apart + 1L",
        '  cat(sprintf("%-34s %16.10g %16.10g %9.1e%s\\n", name, ours, theirs, far,',
        '              if (is.na(far) || far > close[[kind]]) "  differs" else ""))',
        "}",
        "# Searches closer than metafor's own, which may not end where a variance is nought: the highest of them.",
        "closely <- function(search) {",
        '  ways <- list(list(optimizer = "nlm", gradtol = 1e-12, steptol = 1e-12),',
        '               list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-16),',
        "               list(rel.tol = 1e-12, iter.max = 1000), list())",
        "  found <- lapply(ways, function(way) suppressWarnings(try(search(way), silent = TRUE)))",
        '  found <- Filter(function(fit) !inherits(fit, "try-error"), found)',
        "  if (length(found) == 0) return(search(list()))",
        "  found[[which.max(sapply(found, function(fit) as.numeric(logLik(fit))))]]",
        "}",
        'cat(sprintf("metafor %s\\n", packageVersion("metafor")))',
        'cat(sprintf("%-34s %16s %16s %9s\\n", "figure", "Wherewithal", "metafor", "apart"))',
    ]


CLOSING = (
    'cat(if (apart == 0L) "All figures agree.\\n" else sprintf("%d figures differ.\\n", apart))',
    "quit(status = if (apart == 0L) 0L else 1L)",
)


def _apart(results: dict[str, Any]) -> list[str]:
    """Subgroups and regressions where each effect is a study's only one."""
    lines = []
    for name, each in results.get("subgroups", {}).get("groups", {}).items():
        lines += [
            f"part <- fit(subset = studies$group == {_quoted(name)})",
            said(f"subgroup {name}", each["estimate"], "part$beta[1]"),
            said(f"subgroup {name}, error", each["se"], "part$se"),
        ]
    for name, each in results.get("regressions", {}).items():
        slope = each["coefficients"][1]
        lines += [
            f"given <- !is.na(studies[[{_quoted(name)}]])",
            f"line <- fit(mods = cbind(studies[[{_quoted(name)}]]), subset = given)",
            said(f"slope of {name}", slope["estimate"], "line$beta[2]"),
            said(f"slope of {name}, error", slope["se"], "line$se[2]"),
        ]
    return lines


def _levels(results: dict[str, Any]) -> list[str]:
    """Several effects a study: the same covariance of errors, three levels by rma.mv, CR2 by clubSandwich."""
    levels = results["levels"]
    correlation = levels["correlation"] or 0.0
    lines = [
        "studies$row <- seq_len(nrow(studies))",
        "# Errors of effects of one study hang together by the correlation that was assumed.",
        f"assumed <- {correlation!r}",
        "errors <- function(part) {",
        '  same <- outer(part$cluster, part$cluster, "==") * assumed',
        "  diag(same) <- 1",
        "  same * sqrt(outer(part$vi, part$vi))",
        "}",
        "nest <- function(part, ...) {",
        "  search <- function(control) rma.mv(yi, errors(part), random = ~ 1 | cluster / row, data = part,",
        f'                                     method = "{levels["method"]}", level = level, control = control, ...)',
        "  closely(search)",
        "}",
        "typical <- mean(studies$vi)",
        "nested <- nest(studies)",
        said("three levels, estimate", levels["model"]["estimate"], "nested$beta[1]"),
        said("three levels, error", levels["model"]["se"], "nested$se"),
        said("between studies", levels["variances"]["cluster"], "nested$sigma2[1]", "variance", "typical"),
        said("within studies", levels["variances"]["effect"], "nested$sigma2[2]", "variance", "typical"),
        'sandwich <- requireNamespace("clubSandwich", quietly = TRUE)',
        'if (!sandwich) cat("clubSandwich is not here, so robust errors are not compared.\\n")',
        'robust <- function(fit, part) clubSandwich::coef_test(fit, vcov = "CR2", cluster = part$cluster)',
    ]
    if "robust" in levels:
        lines += _robust("three levels", levels["robust"], "nested", "studies", 1)
    for name, each in results.get("subgroups", {}).get("groups", {}).items():
        lines += [
            f"part <- studies[studies$group == {_quoted(name)}, ]",
            "apart_fit <- nest(part)",
            said(f"subgroup {name}", each["estimate"], "apart_fit$beta[1]"),
            *_robust(f"subgroup {name}", each, "apart_fit", "part", 1),
        ]
    difference = results.get("subgroups", {}).get("difference", {})
    if difference.get("of"):
        names = f"c({_quoted(difference['against'])}, {_quoted(difference['of'])})"
        lines += [
            f"part <- studies[studies$group %in% {names}, ]",
            f"part$second <- as.numeric(part$group == {_quoted(difference['of'])})",
            "apart_fit <- nest(part, mods = ~ second)",
            said("difference of subgroups", difference["estimate"], "apart_fit$beta[2]"),
            *_robust("difference of subgroups", difference, "apart_fit", "part", 2),
        ]
    for name, each in results.get("regressions", {}).items():
        slope = each["coefficients"][1]
        lines += [
            f"studies$number <- studies[[{_quoted(name)}]]",
            "part <- studies[!is.na(studies$number), ]",
            "line <- nest(part, mods = ~ number)",
            said(f"slope of {name}", slope["estimate"], "line$beta[2]", least="typical"),
            *_robust(f"slope of {name}", slope, "line", "part", 2),
        ]
    return lines


def _robust(name: str, ours: dict[str, Any], fit: str, part: str, place: int) -> list[str]:
    return [
        "if (sandwich) {",
        f"  found <- robust({fit}, {part})",
        f"  {said(f'{name}, robust error', ours['se'], f'found$SE[{place}]')}",
        f"  {said(f'{name}, robust df', ours['df'], f'found$df_Satt[{place}]')}"
        if ours["df"] is not None
        else "",
        "}",
    ]


def said(name: str, ours: float, theirs: str, kind: str = "searched", least: str = "") -> str:
    """A line of R that compares a figure of ours with theirs, relative to theirs or to ``least``."""
    floor = f", least = {least}" if least else ""
    return f'compare({_quoted(name)}, {ours!r}, {theirs}, "{kind}"{floor})'


def _quoted(text: str) -> str:
    """Text as R reads it."""
    return json.dumps(text)
