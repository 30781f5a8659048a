"""Scripts that work an exported synthesis out again: in Python by this library, in R by metafor."""

from __future__ import annotations

import json
from typing import Any

from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies

AGREES, LATER = 1e-6, 1e-4
"""Relative differences that the R script lets pass: of what is worked out, and of what metafor searches for."""


def python_script(studies: Studies, settings: Settings) -> str:
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


def r_script(studies: Studies, settings: Settings, results: dict[str, Any]) -> str:
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
