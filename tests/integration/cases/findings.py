"""A finding that the library would make, for tests that need one on a case."""

from __future__ import annotations

from datetime import date

from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of


def rating(native: str, *, on: date = date(2026, 1, 10), programme: str = "paths") -> Finding:
    return Finding(
        lane=Lane.RESEARCH,
        subject=f"library:programme:{programme}",
        title="PATHS Elementary",
        statement=f"Foundations Guidebook {native}.",
        method=Method("reading of registers", "1"),
        inputs=(Input("row", fingerprint_of([programme, native])),),
        sources=(Source("register:guidebook", "Foundations Guidebook"),),
        found_on=on,
        facts={"Foundations Guidebook": native},
        link="/library/",
    )
