"""Each study beside our area as a CSV: a row a study, a column a characteristic, and what was decided."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from wherewithal.analyse.reviews.transferability.described import OurArea
from wherewithal.analyse.reviews.transferability.resemblance import Resemblance
from wherewithal.spreadsheets import harmless

ANSWERS = {True: "alike", False: "unlike", None: "nobody can tell"}


def resemblance_csv(ours: OurArea, studies: Sequence[Resemblance]) -> str:
    """The text: ours in the first row, then a study a row, each characteristic as reported and as judged."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [column for line in ours.lines for column in (line[0].name, f"{line[0].name}: alike?", "Why")]
    writer.writerow(["Study", "Resembles it?", *heads])
    own = [
        cell
        for _what, words, source, decides in ours.lines
        for cell in (words, "decides" if decides else "", source)
    ]
    writer.writerow([harmless(ours.name), "", *(harmless(each) for each in own)])
    for study in studies:
        cells = [
            cell
            for fact in study.facts
            for cell in (
                fact.reported,
                ANSWERS[fact.alike],
                f"{fact.ruling.reason} ({fact.ruling.by})" if fact.ruling else "",
            )
        ]
        answer = {True: "yes", False: "no", None: "nobody can tell"}[study.resembles]
        writer.writerow([harmless(study.study), answer, *(harmless(each) for each in cells)])
    return out.getvalue()
