"""Made findings and threads for these tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wherewithal.thread import Finding, Input, Lane, Method, Source, SourceEvent, Thread, fingerprint_of

JANUARY, JUNE, DECEMBER = date(2026, 1, 10), date(2026, 6, 10), date(2026, 12, 10)


def rating(native: str, *, on: date = JANUARY, version: str = "1", look_again: date | None = None) -> Finding:
    """A programme's rating in one register."""
    return Finding(
        lane=Lane.RESEARCH,
        subject="library:programme:paths",
        title="PATHS Elementary",
        statement=f"Foundations Guidebook {native}.",
        method=Method("reading of registers", version),
        inputs=(Input("row", fingerprint_of(["paths", native])),),
        sources=(Source("register:guidebook", "Foundations Guidebook"),),
        found_on=on,
        look_again=look_again,
        facts={"Foundations Guidebook": native},
    )


def worked_out_from(finding: Finding, *, on: date = JANUARY) -> Finding:
    """A cost that was worked out from another finding."""
    return Finding(
        lane=Lane.MONEY,
        subject="options:case:paths",
        title="PATHS in every school",
        statement="£40,000 over five years.",
        method=Method("appraisal", "1"),
        inputs=(Input("rating", finding.fingerprint), Input("costs", fingerprint_of("costs"))),
        sources=(Source("case:options", "Our own costs"),),
        found_on=on,
        facts={"Cost": "£40,000"},
    )


def thread(*lines: Iterable[Finding], events: Iterable[SourceEvent] = ()) -> Thread:
    """A thread from lines of findings on one subject each, the newest last."""
    findings, newest = {}, {}
    for line in map(list, lines):
        for finding in line:
            findings[finding.fingerprint] = finding
            newest[finding.fingerprint] = line[-1].fingerprint
    return Thread(findings, newest, tuple(events))
