"""Files that gather several registers: each cell read by its rule, each wrong one named, ours left in our words."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from wherewithal.analyse.library import (
    Difference,
    Rating,
    as_it_stands,
    compare_editions,
    read_edition,
    registers,
    starter_editions,
    write_edition,
)
from wherewithal.analyse.library.gathered import (
    COLUMNS,
    DIGESTED,
    made_from,
    read_gathered,
    register_of,
)
from wherewithal.errors import BadInput
from wherewithal.sources.files import TextFile, read_text

from .making import TODAY

GUIDEBOOK, NES, WSIPP = "EIF/Foundations Guidebook", "NES Early Intervention Framework (Hexagon)", "WSIPP"
ON = date(2026, 11, 1)


def gathered(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> TextFile:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows({"source_url": "https://register.example/page", **row} for row in rows)
    return read_text(out.getvalue().encode(), name="gathered.csv")


def read(*rows: dict[str, str], **options: object):
    return read_gathered(gathered(*rows), edition_date=ON, today=TODAY, **options)  # type: ignore[arg-type]


def problems_of(*rows: dict[str, str]) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(*rows)
    assert "Nothing was changed" in caught.value.message
    return [str(problem) for problem in caught.value.problems]


# --- rows -----------------------------------------------------------------------------------------------


def test_one_file_becomes_a_part_of_each_register_in_it() -> None:
    found = read(
        {"programme": "New one", "registry": NES, "evidence_rating": "evidence 4+"},
        {"programme": "New one", "registry": GUIDEBOOK, "evidence_rating": "3+*", "cost_rating": "2"},
        {"programme": "Another", "registry": GUIDEBOOK, "note": "a remark of ours"},
    )
    assert [(each.register, len(each.rows), each.complete) for each in found] == [
        ("foundations-guidebook", 2, False),
        ("nes", 1, False),
    ]
    first, second = found[0].rows
    assert isinstance(first, Rating)
    assert (first.rating, first.cost, second.caveat) == ("3+*", "2", "a remark of ours")
    assert found[1].rows[0].rating == "4+"
    assert "gathered.csv" in found[0].origin
    (only,) = read(
        {"programme": "New one", "registry": NES, "evidence_rating": "splendid"},
        {"programme": "New one", "registry": GUIDEBOOK},
        only="foundations-guidebook",
    )
    assert only.register == "foundations-guidebook"


@pytest.mark.parametrize(
    ("registry", "said", "rating", "words"),
    [
        ("CEBC", "1 - Well-Supported by Research Evidence", "1", ""),
        ("HomVEE", "meets DHHS criteria for an evidence-based model", "meets the criteria", ""),
        ("EEF Teaching and Learning Toolkit", "3 padlocks (moderate)", "3", ""),
        ("EEF Early Years Toolkit", "very limited evidence", "very limited", ""),
        ("Blueprints", "harmful (not certified)", "harmful", ""),
        (NES, "evidence 1+ to 4", "", "evidence 1+ to 4"),
        (NES, "evidence 2-4", "", "evidence 2 to 4"),
        ("What Works Clearinghouse", "positive effects on behaviour", "positive effects", "on behaviour"),
        ("trial facts (somebody new)", "it went quite well", "", "it went quite well"),
        (
            "trial facts (UCL)",
            "no better than usual support",
            "no effect found",
            "no better than usual support",
        ),
        ("WSIPP", "evidence-based", "evidence-based", ""),
    ],
)
def test_words_for_a_rating_lead_to_its_value(registry: str, said: str, rating: str, words: str) -> None:
    (found,) = read({"programme": "New one", "registry": registry, "evidence_rating": said})
    (row,) = found.rows
    assert isinstance(row, Rating)
    assert (row.rating, row.rating_words) == (rating, words)


def test_dates_of_a_result_page_and_of_its_review_are_two_things() -> None:
    (found,) = read(
        {
            "programme": "New one",
            "registry": WSIPP,
            "rating_date": "2024-12",
            "note": "benefit_minus_cost_usd=1; bcr=2; chance_benefits_exceed_costs=3%; net_program_cost_usd=4; "
            "base_year=2023; literature_review=2018-11; area=Child Welfare",
        }
    )
    (row,) = found.rows
    assert (row.published, row.last_reviewed, row.caveat) == ("2024-12", "2018-11", "area: Child Welfare")


def test_entries_of_lists() -> None:
    found = {
        each.register: each.rows
        for each in read(
            {
                "programme": "Depression (NG134)",
                "registry": "NICE",
                "delivery": "text that may not be kept",
                "age_range": "under 18",
                "note": "reference=NG134; published=2019-06",
                "source_url": "https://mirror.example/ng134",
            },
            {"programme": "Depression (CG28)", "registry": "NICE", "note": "reference=CG28"},
            {
                "programme": "Mentoring (approach)",
                "registry": "Foundations Practice Guide (A new one)",
                "evidence_rating": "good evidence",
            },
            {
                "programme": "The Hub (the register)",
                "registry": "toolkit",
                "note": "access=free; licence=open",
            },
            {"programme": "A place", "registry": "NICE shared learning", "delivery": "what they did"},
        )
    }
    nice, older = found["nice-guidelines"]
    assert (nice.title, older.title) == ("Depression", "Depression (CG28)")
    assert (nice.link, nice.also_see) == (
        "https://www.nice.org.uk/guidance/ng134",
        "https://mirror.example/ng134",
    )
    assert (nice.says, nice.ages, nice.published) == ("", "", "2019-06")
    (guide,) = found["practice-guides"]
    assert (guide.title, guide.type, guide.part_of, guide.strength) == (
        "Mentoring",
        "recommendation",
        "A new one",
        "good evidence",
    )
    (place,) = found["where-to-look"]
    assert (place.title, place.type, place.access, place.licence) == ("The Hub", "register", "free", "open")
    assert found["practice-examples"][0].says == "what they did"


def test_what_was_read_can_be_written_and_read_again() -> None:
    for found in read(
        {
            "programme": "=New one",
            "registry": NES,
            "evidence_rating": "evidence 4+",
            "note": "-5 of something",
        },
        {"programme": "Depression (NG134)", "registry": "NICE", "note": "reference=NG134"},
    ):
        again = read_edition(
            read_text(write_edition(found).encode(), name="again.csv"),
            registers()[found.register],
            edition_date=ON,
            today=TODAY,
        )
        assert again.rows == found.rows


# --- what is wrong --------------------------------------------------------------------------------------


def test_every_wrong_cell_is_named_in_its_row() -> None:
    said = problems_of(
        {"programme": "A", "registry": "The Lancet"},
        {"programme": "B", "registry": GUIDEBOOK, "evidence_rating": "splendid", "cost_rating": "9"},
        {"programme": "C", "registry": GUIDEBOOK, "rating_date": "2031-01", "source_url": ""},
        {"programme": "D", "registry": GUIDEBOOK, "rating_date": "July 2016"},
        {"programme": "", "registry": "NICE"},
        {"programme": "E", "registry": NES},
        {"programme": " e ", "registry": NES},
        {"programme": "F", "registry": GUIDEBOOK, "note": "x" * 1001},
        {"programme": "G", "registry": ""},
    )
    wanted = [
        "row 2, column 'registry': 'The Lancet'",
        "row 3, column 'evidence_rating': 'splendid'",
        "row 3, column 'cost_rating': '9'",
        "row 4, column 'source_url': nothing",
        "row 4, column 'rating_date': January 2031, which is in the future",
        "row 5, column 'rating_date': 'July 2016'",
        "row 6, column 'programme': nothing",
        "row 8, column 'programme': 'e' of NES Early Intervention Framework, which row 7 already holds",
        "row 9, column 'note': 1,001 characters",
        "row 10, column 'registry': nothing",
    ]
    assert len(said) == len(wanted)
    for problem, start in zip(said, wanted, strict=True):
        assert problem.startswith(start), problem
    assert "NICE guidelines (NICE)" in said[0]
    assert "'NL2'" in said[1]


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ((*COLUMNS[:-1], "notes"), ("'note': no such column", "'notes': a column that")),
        ((*COLUMNS, "score"), ("'score': a column that",)),
        ((*COLUMNS, "note"), ("'note': it stands 2 times",)),
    ],
)
def test_a_changed_column_is_named(columns: tuple[str, ...], named: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as caught:
        read_gathered(
            gathered({"programme": "A", "registry": "NICE"}, columns=columns), edition_date=ON, today=TODAY
        )
    assert [any(words in str(problem) for problem in caught.value.problems) for words in named] == [
        True
    ] * len(named)
    assert len(caught.value.problems) == len(named)


def test_an_empty_file_a_future_edition_and_an_unknown_register_are_refused() -> None:
    with pytest.raises(BadInput, match="a header and no rows"):
        read()
    with pytest.raises(BadInput, match="no rows of WSIPP"):
        read({"programme": "A", "registry": NES}, only="wsipp")
    with pytest.raises(BadInput, match="There is no register 'lancet'"):
        read({"programme": "A", "registry": NES}, only="lancet")
    with pytest.raises(BadInput, match="the edition's date"):
        read_gathered(
            gathered({"programme": "A", "registry": NES}), edition_date=date(2027, 1, 1), today=TODAY
        )


# --- names, and our own wording -------------------------------------------------------------------------


def test_a_register_is_known_by_its_names_with_or_without_an_ending_in_brackets() -> None:
    assert {(register_of(made) or pytest.fail(made)).key for made, _ in made_from()} == set(registers())
    for one in registers().values():
        for name in (one.key, one.name, *one.also_called):
            assert register_of(name.upper()) is one
    assert register_of("trial facts (somebody, 2031)") is registers()["trials-and-evaluations"]
    assert register_of("") is None
    assert register_of("(UCL)") is None


def test_every_row_of_ours_that_was_gathered_is_there() -> None:
    held = {(edition.register, row.name) for edition in starter_editions() for row in edition.rows}
    for made in made_from().values():
        assert (made.register, made.row.removeprefix("+")) in held
        assert set(made.digests) == set(DIGESTED)


@cache
def _standing(register: str):
    return as_it_stands([edition for edition in starter_editions() if edition.register == register])


def _differences(file: TextFile, **options: object) -> dict[str, Difference]:
    return {
        each.register: compare_editions(_standing(each.register), each)
        for each in read_gathered(file, edition_date=ON, today=TODAY, **options)  # type: ignore[arg-type]
    }


@pytest.mark.shared
def test_bringing_in_the_file_we_started_from_changes_nothing(shared: Path) -> None:
    file = read_text(shared / "programmes" / "programmes.csv")
    found = _differences(file)
    assert set(found) == set(registers())
    for key, difference in found.items():
        assert difference.same, f"{key}: {difference.words}"
    # Two compiled rows are one trial; six guides and ten places are ours alone.
    assert sum(len(difference.unchanged) for difference in found.values()) == 363
    assert {key: len(each.unmentioned) for key, each in found.items() if each.unmentioned} == {
        "practice-guides": 6,
        "where-to-look": 10,
    }


@pytest.mark.shared
def test_one_changed_cell_is_one_change(shared: Path) -> None:
    text = (shared / "programmes" / "programmes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    changed = {
        ("PATHS Elementary curriculum", GUIDEBOOK): {"evidence_rating": "4", "rating_date": "2026-09"},
        ("Incredible Years Preschool (Basic)", GUIDEBOOK): {"delivery": "group, 3 facilitators"},
        ("Lions Quest Skills for Adolescence", NES): {"evidence_rating": "evidence 4+"},
        ("Good Behavior Game", "What Works Clearinghouse"): {"evidence_rating": "no discernible effects"},
        ("Child abuse and neglect (NG76)", "NICE"): {
            "note": "reference=NG76; published=2017-10-09; last_updated=2026-06-01"
        },
        ("FRIENDS", "EEF project evaluation"): {"evidence_rating": "something else"},
    }
    for row in rows:
        row |= changed.get((row["programme"], row["registry"]), {})
    found = _differences(gathered(*rows))
    said = {
        (key, each.name): {
            # Our note on a rating goes with it: the file's own note takes its place.
            (field.column,) if field.column == "caveat" else (field.column, field.was, field.now)
            for field in each.fields
        }
        for key, difference in found.items()
        for each in difference.changed
    }
    assert said == {
        ("foundations-guidebook", "PATHS Elementary curriculum"): {
            ("rating", "3+", "4"),
            ("last_reviewed", "2018-02", "2026-09"),
            ("caveat",),
        },
        ("foundations-guidebook", "Incredible Years Preschool (Basic)"): {
            ("delivery", "group, 18-20 weekly sessions, 2 facilitators", "group, 3 facilitators"),
            ("workforce", "2 facilitators", "3 facilitators"),
        },
        ("nes", "Lions Quest Skills for Adolescence"): {("rating", "4", "4+"), ("caveat",)},
        ("what-works-clearinghouse", "Good Behavior Game"): {
            ("rating", "", "no discernible effects"),
            ("caveat",),
        },
        ("nice-guidelines", "Child abuse and neglect"): {
            ("updated", "", "2026-06-01"),
            ("caveat",),
        },
    }
    # The second row on one trial no longer says the same, so it stands for itself.
    assert [row.name for row in found["eef-projects"].added] == ["FRIENDS"]
    assert not any(difference.withdrawn for difference in found.values())


# What a fresh reading, without our wording, may say otherwise: a person looked at the page behind the cell.
AGES = {"ages_offered"}
LATER = {"link", "last_reviewed"}
LOOKED_AT = {
    "foundations-guidebook": {
        "Triple P Online": AGES,
        "Penn Resilience Programme (UK implementation in primary school)": AGES,
        # The newer page of the two gives a later review.
        "Home Instruction for Parents of Preschool Youngsters (HIPPY)": {"last_reviewed"},
    },
    # Three approaches stand in a later edition of ours than the compiled row.
    "eef-early-years-toolkit": {
        "Communication and language approaches": {"months", *LATER},
        "Extra hours": LATER,
        "Parental engagement": {"months", *LATER},
    },
    "nes": dict.fromkeys(
        (
            "Primary Care Teen Triple P",
            "New Forest Parenting Programme",
            "Empowering Parents, Empowering Communities (EPEC)",
            "FRIENDS for Life",
            "Family Check-up",
            "Families and Schools Together (FAST)",
            "Roots of Empathy",
            "Triple P for Baby",
        ),
        AGES,
    ),
    "what-works-ireland": {"Tuning in to Kids": AGES},
    "title-iv-e": {"Family Spirit": AGES},
    # A return quoted on another page, in words.
    "blueprints": {"Good Behaviour Game": AGES | {"economics"}},
    "what-works-clearinghouse": {"Early Risers": AGES | {"ages_evaluated"}},
    # The date of a news page, which is no review.
    "college-of-policing-toolkit": {
        "Prison visits to deter young offenders (Scared Straight type)": {"last_reviewed"}
    },
}
EXACT = ("rating", "cost", "months", "economics", "ages_offered", "ages_evaluated", "link", "last_reviewed")


@pytest.mark.shared
def test_a_fresh_reading_agrees_with_ours_on_ratings_costs_ages_links_and_dates(shared: Path) -> None:
    found = _differences(read_text(shared / "programmes" / "programmes.csv"), our_wording=False)
    differs = {
        (key, each.name): columns
        for key, difference in found.items()
        if registers()[key].kind == "register" or key == "wsipp"
        for each in difference.changed
        if (columns := {field.column for field in each.fields} & set(EXACT))
    }
    assert differs == {
        (key, name): columns for key, rows in LOOKED_AT.items() for name, columns in rows.items()
    }
