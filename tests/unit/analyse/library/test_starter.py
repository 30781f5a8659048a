from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from wherewithal.analyse.library import Entry, Rating, Register, catalogue, registers, starter_editions
from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.edition import name_key
from wherewithal.analyse.library.gathered import DIGESTED, digest, made_from, register_of

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


def test_every_row_says_where_it_was_read_and_what_to_mind() -> None:
    for edition in EDITIONS:
        for row in edition.rows:
            assert row.caveat, f"{edition.register}: {row.name}"
            # Our own short words: nobody's prose.
            assert all(len(str(cell)) <= 500 for cell in row.as_dict().values())


def test_nice_keeps_references_titles_addresses_and_dates_and_no_text() -> None:
    (edition,) = (edition for edition in EDITIONS if edition.register == "nice-guidelines")
    kept = {"title", "reference", "type", "status", "published", "updated", "link", "also_see", "caveat"}
    for row in edition.rows:
        assert {name for name, text in row.as_dict().items() if text} <= kept
        assert row.reference
        assert row.reference.lower() in row.link.lower()
        # What we say about the row itself: how its dates are known, and what replaced it.
        assert len(row.caveat) < 200
    assert "nothing reworded" in registers()["nice-guidelines"].licence


def test_a_recommendation_belongs_to_a_guide_that_is_there() -> None:
    (edition,) = (edition for edition in EDITIONS if edition.register == "practice-guides")
    guides = {row.title for row in edition.rows if row.type == "practice guide"}
    assert {row.part_of for row in edition.rows if row.type == "recommendation"} <= guides
    assert len(guides) == 6


def test_a_place_to_look_of_which_we_hold_a_copy_names_it() -> None:
    (edition,) = (edition for edition in EDITIONS if edition.register == "where-to-look")
    for row in edition.rows:
        assert row.says
        assert row.access
        assert row.licence
        assert row.reference in ("", *registers())
    named = {row.reference for row in edition.rows}
    assert {"foundations-guidebook", "practice-guides", "nice-guidelines", "nes", "wsipp", "cebc"} <= named


def test_costs_and_benefits_say_whose_money_and_of_when() -> None:
    (edition,) = (edition for edition in EDITIONS if edition.register == "wsipp")
    for row in edition.rows:
        assert not row.rating
        assert "Washington State, US dollars" in row.economics
        assert "Chance that benefits exceed costs: " in row.economics
    fft = edition.row("Functional Family Therapy (court-involved youth)")
    assert "Benefits minus costs: −$3,130." in fft.economics
    assert "base year is not in our copy" in fft.economics
    assert "The sign has turned" in fft.caveat


# --- against the compiled facts -------------------------------------------------------------------------

CODED = {
    # Single studies: the study's words, and the result we code them to.
    "no attainment effect found": "no effect found",
    "0 months; no effect on reading or behaviour on average": "no effect found",
    "no evidence of better maths, English or health outcomes": "no effect found",
    "no evidence of positive impact on attainment or anxiety": "no effect found",
    "no evidence of effect on Key Stage 1 attainment": "no effect found",
    "no additional progress found": "no effect found",
    "no better than usual support": "no effect found",
    "no evidence of attainment impact; some evidence of lower absence": "mixed",
    "effective at 1 year if health-led, not at 2 years; not effective if teacher-led": "mixed",
    "impact not estimated (Covid-19)": "no result",
    "trial stopped during baseline": "no result",
    "no conclusion on effect visible; trial closed before full sample": "no result",
    "uncontrolled cohort with RCT benchmark": "gains without a comparison",
    "comparable gains across three programmes": "gains without a comparison",
    "uncontrolled: practitioner-judged need for statutory intervention fell "
    "(page: 23 of 32 families, printed as 66%)": "gains without a comparison",
    "improved parental engagement, parental skills and aspects of social-emotional development": "effect found",
    # A provider's report of a rating, which is no study's result.
    "3": "",
    # A range over a family of courses is nobody's rating.
    "evidence 2-4": "",
    "evidence 1+ to 4": "",
    # One rating for each outcome.
    "positive effects on external behaviour": "positive effects",
    "ADHD symptoms effectiveness 1 of 2; emotional problems 0; parental mental health 0; "
    "harsh parenting 1; positive parenting mixed; strength 3 of 3 for all": "differs by outcome",
    # What a guide recommends without saying how strongly.
    "recommended": "",
}
"""Every rating of the compiled facts that is not itself a value, label or alias of its register's scale."""

WORDED_WITHOUT_A_RATING = {
    # The compiled facts leave the rating empty and name the study's result in their note.
    "FNP - Building Blocks trial facts": "no effect found",
    "Parents as Partners (UK trial facts)": "gains without a comparison",
}


def _held(register: str) -> dict[str, list]:
    held = defaultdict(list)
    for edition in EDITIONS:
        if edition.register == register:
            for row in edition.rows:
                held[name_key(row.name)].append(row)
    return held


def _compiled(shared: Path) -> list[dict[str, str]]:
    with (shared / "programmes" / "programmes.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.shared
def test_every_compiled_fact_ships(shared: Path) -> None:
    """Each of the 364 rows: the row of ours that it became, its rating, cost, link and date."""
    compiled = _compiled(shared)
    assert len(compiled) == 364
    assert len({fact["registry"] for fact in compiled}) == 38
    made = made_from()
    assert len(made) == 364
    checked: Counter[str] = Counter()
    for fact in compiled:
        register = register_of(fact["registry"])
        assert register is not None, fact["registry"]
        origin = made[fact["registry"].casefold(), name_key(fact["programme"])]
        assert origin.register == register.key
        assert origin.digests == {column: digest(fact[column]) for column in DIGESTED}
        rows = _held(register.key)[name_key(origin.row.removeprefix("+"))]
        assert rows, fact["programme"]
        _agrees(fact, register, rows)
        checked[register.key] += 1
    assert checked == {
        "nes": 42,
        "nice-guidelines": 42,
        "foundations-guidebook": 61,
        "title-iv-e": 40,
        "wsipp": 36,
        "eef-toolkit": 30,
        "blueprints": 20,
        "trials-and-evaluations": 19,
        "where-to-look": 17,
        "practice-guides": 13,
        "eef-early-years-toolkit": 12,
        "eef-projects": 9,
        "yef-toolkit": 6,
        "what-works-ireland": 5,
        "what-works-clearinghouse": 5,
        "practice-examples": 2,
        "evidence-store": 1,
        "college-of-policing-toolkit": 1,
        "scottish-youth-violence-summary": 1,
        "cebc": 1,
        "homvee": 1,
    }


def _rating_of_ours(fact: dict[str, str], register: Register) -> str:
    said = fact["evidence_rating"]
    native = register.native_called(said) if register.rates and said else None
    return WORDED_WITHOUT_A_RATING.get(fact["programme"]) or native or CODED.get(said, said)


def _agrees(fact: dict[str, str], register: Register, rows: list) -> None:
    """One row of ours, of one edition, says what the fact says."""
    what = f"{register.key}: {fact['programme']}"
    wanted = _rating_of_ours(fact, register)
    matching = [row for row in rows if (row.rating if register.rates else row.strength) == wanted]
    assert matching, f"{what}: {wanted}"
    row = matching[0]
    if register.rates:
        assert row.cost == fact["cost_rating"], what
    if _is_a_second_row(fact):
        return
    # NICE's own address stands first and the copy that was read second.
    assert fact["source_url"] in (row.link, row.also_see), what
    _dates_agree(fact["rating_date"], row, what)


def _is_a_second_row(fact: dict[str, str]) -> bool:
    """Two compiled rows on one trial: ours has the link and words of the fuller one."""
    return made_from()[fact["registry"].casefold(), name_key(fact["programme"])].row.startswith("+")


def _dates_agree(text: str, row: Rating | Entry, what: str) -> None:
    """The newest date of the fact is the row's; the date of a copy stands in its note, as does an older one."""
    dates = sorted(re.findall(r"\d{4}(?:-\d{2}){0,2}", text))
    if not dates:
        return
    fields = [row.published, row.last_reviewed if isinstance(row, Rating) else row.updated]
    if "snapshot" in text or "matrix" in text:
        assert FactDate.parse(dates[-1]).words in row.caveat, what
    else:
        # The Guidebook's newer page can carry a later review than the compiled date.
        assert dates[-1] in fields or max(fields) > dates[-1], what
    if len(dates) > 1:
        assert all(FactDate.parse(older).words in row.caveat for older in dates[:-1]), what


@pytest.mark.shared
def test_months_of_the_toolkits_are_those_that_were_compiled(shared: Path) -> None:
    held = {key: _held(key) for key in ("eef-toolkit", "eef-early-years-toolkit")}
    checked = 0
    for fact in _compiled(shared):
        register = register_of(fact["registry"])
        if register is None or register.key not in held:
            continue
        origin = made_from()[fact["registry"].casefold(), name_key(fact["programme"])]
        months = fact["note"].split("months=")[1].split(";")[0]
        rows = held[register.key][name_key(origin.row)]
        assert (int(months) if months else None) in [row.months for row in rows], fact["programme"]
        checked += 1
    assert checked == 42
