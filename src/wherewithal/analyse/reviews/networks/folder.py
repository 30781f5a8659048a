"""A network as a packed folder that anybody can run again, in Python or in R."""

from __future__ import annotations

import csv
import io
from collections import Counter

from wherewithal.analyse.reviews.extraction.study import Better
from wherewithal.analyse.reviews.networks.account import NetworkAccount
from wherewithal.analyse.reviews.packed import packed
from wherewithal.analyse.reviews.synthesis.export.network import NetworkExport, Pairs, network_contents
from wherewithal.spreadsheets import harmless


def network_folder_of(account: NetworkAccount, *, title: str) -> bytes:
    """The folder as a zip: data, settings, results, charts, scripts, and ``where-from.csv`` beside them."""
    contrasts = account.gathered.contrasts
    names = {each.study: each.name for each in contrasts}
    often = Counter(names.values())
    # A study is told from another by its number where two have the same name.
    called = {
        study: harmless(name if often[name] == 1 else f"{name} (study {study})")
        for study, name in names.items()
    }
    pairs = Pairs(
        [called[each.study] for each in contrasts],
        [each.first for each in contrasts],
        [each.second for each in contrasts],
        [each.value for each in contrasts],
        [each.variance for each in contrasts],
        account.gathered.notes,
    )
    settings = NetworkExport(
        account.settings.method,  # type: ignore[arg-type]
        account.reference,
        "higher" if account.outcome.better == Better.HIGHER else "lower",
        account.outcome.measure,
        f"{account.outcome.name}: interventions compared, {title}",
    )
    return packed({**network_contents(pairs, settings), "where-from.csv": _where_from(account).encode()})


def _where_from(account: NetworkAccount) -> str:
    """Each comparison with its arms as the paper calls them, the interventions they are, and its reports."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            "study", "arm_1", "arm_2", "intervention_1", "intervention_2", "counted", "why_not", "measured_by", "when",
            "people", "reports", "assumptions", "fingerprint",
        ]
    )  # fmt: skip
    rows = [(pair, "") for pair in account.gathered.pairs]
    rows += [(each.pair, each.why) for each in account.gathered.aside]
    for pair, why in rows:
        nodes = (account.settings.node_of(pair.effect.study, arm) or "" for arm in (pair.first, pair.second))
        reports = "; ".join(f"{report.citation} ({report.key})" for report in pair.effect.reports)
        cells = (
            pair.effect.name, pair.first.name, pair.second.name, *nodes, "no" if why else "yes", why,
            pair.effect.instrument, pair.effect.time, pair.effect.people, reports, " ".join(pair.effect.assumptions),
        )  # fmt: skip
        writer.writerow(
            [*(harmless(cell) if isinstance(cell, str) else cell for cell in cells), pair.effect.fingerprint]
        )
    return out.getvalue()
