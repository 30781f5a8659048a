"""Which way each study points, as rows: for the page, for Word, and as a CSV."""

from __future__ import annotations

import csv
import io

from wherewithal.analyse.reviews.narrative.account import NarrativeAccount
from wherewithal.spreadsheets import harmless

COLUMNS = ("Study", "Direction", "What it rests on", "What is said", "Where", "People", "Risk of bias")


def direction_rows(account: NarrativeAccount) -> list[tuple[str, ...]]:
    """A row a result, in the order of studies."""
    return [
        (
            each.label,
            each.direction.value,
            each.basis.words,
            each.says,
            each.place.page,
            "" if each.people is None else f"{each.people}",
            account.risk_of(each.study),
        )
        for each in account.gathered.pointings
    ]


def directions_csv(account: NarrativeAccount) -> str:
    """The rows as text, with what was left aside and which studies say nothing below."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in direction_rows(account):
        writer.writerow([harmless(cell) for cell in row])
    for each in account.gathered.aside:
        writer.writerow([harmless(each.label), "left out", "", harmless(each.why), "", "", ""])
    for name in account.gathered.silent:
        writer.writerow([harmless(name), "not reported", "", "", "", "", ""])
    return out.getvalue()
