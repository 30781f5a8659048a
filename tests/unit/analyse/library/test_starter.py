from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from wherewithal.analyse.library import catalogue, registers, starter_editions
from wherewithal.analyse.library.edition import name_key

EDITIONS = starter_editions()


def test_what_ships() -> None:
    shipped = {(edition.register, edition.date.isoformat()): len(edition.rows) for edition in EDITIONS}
    assert shipped == {
        ("foundations-guidebook", "2026-04-30"): 61,
        ("practice-guides", "2026-04-30"): 19,
        ("nice-guidelines", "2026-04-30"): 42,
        ("eef-toolkit", "2026-03-31"): 2,
        ("eef-toolkit", "2026-04-02"): 30,
        ("eef-early-years-toolkit", "2018-06-11"): 11,
        ("eef-early-years-toolkit", "2026-04-30"): 4,
        ("yef-toolkit", "2026-04-30"): 6,
        ("nes", "2026-04-30"): 42,
        ("what-works-ireland", "2026-04-30"): 5,
        ("evidence-store", "2026-04-30"): 1,
        ("college-of-policing-toolkit", "2026-04-30"): 1,
        ("scottish-youth-violence-summary", "2026-04-30"): 1,
        ("title-iv-e", "2026-04-30"): 40,
        ("blueprints", "2026-04-30"): 20,
        ("cebc", "2026-04-30"): 1,
        ("homvee", "2026-04-30"): 1,
        ("what-works-clearinghouse", "2026-04-30"): 5,
        ("wsipp", "2026-04-30"): 36,
        ("eef-projects", "2026-04-30"): 8,
        ("trials-and-evaluations", "2026-04-30"): 19,
        ("practice-examples", "2026-04-30"): 2,
        ("where-to-look", "2026-04-30"): 27,
    }
    assert {edition.register for edition in EDITIONS} == set(registers())


def test_every_fact_has_a_link_and_every_edition_says_where_it_was_read() -> None:
    for edition in EDITIONS:
        assert edition.origin
        assert edition.as_of
        assert all(row.link.startswith("http") for row in edition.rows)


def test_the_older_toolkit_edition_says_that_its_date_is_not_known() -> None:
    (older,) = starter_editions(
        {key: date(2026, 3, 31) if key == "eef-toolkit" else date(2000, 1, 1) for key in registers()}
    )
    assert "date is not known" in older.as_of
    assert not older.complete
    row = older.row("Social and emotional learning")
    assert (row.rating, row.months) == ("1", 4)
    newer = next(e for e in EDITIONS if (e.register, e.date) == ("eef-toolkit", date(2026, 4, 2)))
    row = newer.row("Social and emotional learning")
    assert (row.rating, row.months) == ("3", 3)


def test_every_match_of_the_catalogue_is_a_row_that_ships() -> None:
    rows = {(edition.register, name_key(row.name)) for edition in EDITIONS for row in edition.rows}
    assert set(catalogue().matches) <= rows


def test_rows_meet_on_one_page_only_where_somebody_said_why() -> None:
    met = defaultdict(set)
    for edition in (edition for edition in EDITIONS if registers()[edition.register].rates):
        for row in edition.rows:
            met[catalogue().match(edition.register, row.programme).programme.slug].add(
                (edition.register, name_key(row.programme))
            )
    for slug, rows in met.items():
        if len(rows) > 1:
            assert slug in catalogue().programmes, f"{rows} share {slug} by their names alone"


@pytest.mark.shared
def test_the_shipped_ratings_are_those_that_were_compiled(shared: Path) -> None:
    """The native ratings and links, row by row, against the compiled facts they were made from."""
    with (shared / "programmes" / "programmes.csv").open(encoding="utf-8", newline="") as stream:
        compiled = list(csv.DictReader(stream))
    newest = {edition.register: edition for edition in EDITIONS}
    checked: Counter[str] = Counter()
    for name, key in (
        ("EIF/Foundations Guidebook", "foundations-guidebook"),
        ("Title IV-E Prevention Services Clearinghouse", "title-iv-e"),
        ("Blueprints", "blueprints"),
        ("EEF Teaching and Learning Toolkit", "eef-toolkit"),
    ):
        for fact in (fact for fact in compiled if fact["registry"] == name):
            row = newest[key].row(fact["programme"].removesuffix(" (approach)"))
            assert row is not None, fact["programme"]
            assert row.link == fact["source_url"]
            said = fact["evidence_rating"]
            if key == "eef-toolkit":
                assert said.startswith(row.rating)
                months = fact["note"].split("months=")[1].split(";")[0]
                assert row.months == (int(months) if months else None)
            elif row.rating not in ("harmful", "removed"):
                assert row.rating == said
            checked[key] += 1
    assert checked == {"foundations-guidebook": 61, "title-iv-e": 40, "blueprints": 20, "eef-toolkit": 30}
