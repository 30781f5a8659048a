from __future__ import annotations

from datetime import date

import pytest

from wherewithal.analyse.library import read_edition, registers, write_edition
from wherewithal.errors import BadInput
from wherewithal.sources.files import read_text

from .making import COLUMNS, TODAY, csv_file

GUIDEBOOK = registers()["foundations-guidebook"]
TOOLKIT = registers()["eef-toolkit"]


def read(
    rows: list[dict[str, str]], register=GUIDEBOOK, columns: tuple[str, ...] = COLUMNS, on=date(2026, 1, 1)
):
    return read_edition(csv_file(rows, columns), register, edition_date=on, today=TODAY)


def problems_of(rows: list[dict[str, str]], **options) -> dict[str, str]:
    with pytest.raises(BadInput) as caught:
        read(rows, **options)
    return {problem.where: str(problem) for problem in caught.value.problems}


def test_a_good_file_is_read_as_it_stands() -> None:
    found = read([{"programme": "PATHS", "rating": "3+*", "cost": "1", "last_reviewed": "2018-02"}])
    (row,) = found.rows
    assert (row.programme, row.rating, row.reviewed.words) == ("PATHS", "3+*", "February 2018")
    assert found.row("paths") is row
    assert found.when == "1 January 2026"


def test_every_wrong_cell_is_named_at_once() -> None:
    found = problems_of(
        [
            {"programme": "A", "rating": "5"},
            {"programme": "B", "rating": "3", "cost": "9", "last_reviewed": "2027-01"},
            {"programme": "a ", "rating": "3", "link": "see the website"},
            {"programme": "", "published": "last year", "uk_tested": "perhaps", "design": "case study"},
            {"programme": "C", "months": "3", "link": ""},
        ]
    )
    assert list(found) == [
        "row 2, column 'rating'",
        "row 3, column 'cost'",
        "row 3, column 'last_reviewed'",
        "row 4, column 'link'",
        "row 4, column 'programme'",
        "row 5, column 'programme'",
        "row 5, column 'design'",
        "row 5, column 'uk_tested'",
        "row 5, column 'published'",
        "row 6, column 'link'",
        "row 6, column 'months'",
    ]
    assert "'4+', '4', '3+'" in found["row 2, column 'rating'"]
    assert "in the future" in found["row 3, column 'last_reviewed'"]
    assert "row 2 already holds" in found["row 4, column 'programme'"]


def test_a_renamed_column_is_recognised_and_a_missing_one_named() -> None:
    columns = tuple("Evidence rating" if c == "rating" else c for c in COLUMNS if c != "caveat")
    columns = tuple("last reviewed" if c == "last_reviewed" else c for c in columns)
    found = problems_of([{"programme": "A"}], columns=columns)
    assert "one named 'last reviewed'" in found["row 1, column 'last_reviewed'"]
    assert "no such column" in found["row 1, column 'caveat'"]
    assert "row 1, column 'Evidence rating'" in found


def test_an_edition_from_the_future_is_refused() -> None:
    assert "the edition's date" in problems_of([{"programme": "A"}], on=date(2027, 1, 1))


def test_a_header_without_rows_is_refused() -> None:
    assert "a header and no rows" in str(problems_of([]))


@pytest.mark.parametrize("months", ["lots", "3.5", "60"])
def test_months_are_whole_and_believable(months: str) -> None:
    assert "row 2, column 'months'" in problems_of([{"programme": "A", "months": months}], register=TOOLKIT)


def test_a_minus_sign_is_a_minus_sign() -> None:
    found = read([{"programme": "A", "rating": "2", "months": "−2"}], register=TOOLKIT)
    assert found.rows[0].months == -2
    assert found.rows[0].native(TOOLKIT) == "2 padlocks (limited), −2 months"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "ftp://a.example/x", "https://", "https://a b.example", "http://u:p@a.example"],
)
def test_only_web_addresses_are_links(link: str) -> None:
    assert "row 2, column 'link'" in problems_of([{"programme": "A", "link": link}])


def test_prose_is_refused() -> None:
    found = problems_of([{"programme": "A", "caveat": "word " * 300}])
    assert "not the publisher's prose" in found["row 2, column 'caveat'"]


def test_a_row_that_breaks_the_table_ends_the_reading_and_what_came_before_is_still_told() -> None:
    text = ",".join(COLUMNS) + "\n" + "A,9" + "," * 17 + "\nB,3" + "," * 40 + "\n"
    with pytest.raises(BadInput) as caught:
        read_edition(
            read_text(text.encode(), name="x.csv"), GUIDEBOOK, edition_date=date(2026, 1, 1), today=TODAY
        )
    assert [problem.where for problem in caught.value.problems][:2] == [
        "row 2, column 'rating'",
        "row 2, column 'link'",
    ]
    assert "row 3" in str(caught.value)


def test_an_edition_written_out_reads_back_the_same() -> None:
    before = read(
        [
            {
                "programme": "=SUM(A1)",
                "rating": "2",
                "months": "-2",
                "caveat": "-5 points, on a mother's report",
            },
            {"programme": "B", "rating": "0", "outcomes": "a; b"},
        ],
        register=TOOLKIT,
    )
    text = write_edition(before)
    assert "'=SUM(A1)" in text
    again = read_edition(
        read_text(text.encode(), name="again.csv"), TOOLKIT, edition_date=date(2026, 1, 1), today=TODAY
    )
    assert again.rows == before.rows
