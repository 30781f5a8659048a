from __future__ import annotations

import pytest
from hypothesis import given as always
from hypothesis import strategies as st

from wherewithal.analyse.reviews.extraction.cells import decimal_mark, read_cell
from wherewithal.analyse.reviews.extraction.pasted import (
    Column,
    as_text,
    given_of,
    guess,
    read_pasted,
    side_by_side,
)
from wherewithal.errors import BadInput


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("12.3", "number", (12.3,)),
        ("−0.45", "number", (-0.45,)),
        ("– 0.45", "number", (-0.45,)),
        (".45*", "number", (0.45,)),
        ("1,234", "number", (1234,)),
        ("1 234.5", "number", (1234.5,)),
        ("n = 45", "number", (45,)),
        ("(n=45)", "number", (45,)),
        ("12.3 (4.5)", "number-number", (12.3, 4.5)),
        ("12.3 (SD 4.5)", "number-number", (12.3, 4.5)),
        ("12.3 [4.5]", "number-number", (12.3, 4.5)),
        ("12.3 ± 4.5†", "number-number", (12.3, 4.5)),
        ("12.3 +/- 4.5", "number-number", (12.3, 4.5)),
        ("-12.3 (4.5)a", "number-number", (-12.3, 4.5)),
        ("45/120", "of", (45, 120)),
        ("45/120 (37.5%)", "of", (45, 120)),
        ("45 of 120", "of", (45, 120)),
        ("45 (37.5%)", "number-percent", (45, 37.5)),
        ("37.5%", "percent", (37.5,)),
        ("12.3 (10.1 to 14.5)", "number-interval", (12.3, 10.1, 14.5)),
        ("12.3 (10.1–14.5)", "number-interval", (12.3, 10.1, 14.5)),
        ("12.3 [10.1; 14.5]", "number-interval", (12.3, 10.1, 14.5)),
        ("−0.4 (−0.8, 0.1)", "number-interval", (-0.4, -0.8, 0.1)),
        ("0.72 (95% CI 0.51 to 0.99)", "number-interval", (0.72, 0.51, 0.99)),
        ("10–14", "interval", (10, 14)),
        ("<0.001", "p-below", (0.001,)),
        ("p < .05", "p-below", (0.05,)),
        ("p = 0.03", "p", (0.03,)),
        ("NS", "not-significant", ()),
        ("–", "nothing", ()),
        ("NR", "nothing", ()),
        ("", "nothing", ()),
        ("Behaviour (ECBI)", "text", ()),
        ("1.2.3", "text", ()),
    ],
)
def test_cells_as_papers_print_them(text: str, kind: str, numbers: tuple[float, ...]) -> None:
    cell = read_cell(text)
    assert (cell.kind, cell.numbers) == (kind, numbers)


def test_footnote_marks_are_kept_apart() -> None:
    assert read_cell("12.3*†").marks == "*†"
    assert read_cell("12.3 (4.5)b").marks == "b"


def test_decimal_commas() -> None:
    assert decimal_mark(["12,3 (4,5)", "1.234,5"]) == ","
    assert decimal_mark(["1,234", "12.3"]) == "."
    assert read_cell("12,3 (4,5)", decimal=",").numbers == (12.3, 4.5)
    assert read_cell("1.234,5", decimal=",").numbers == (1234.5,)
    assert read_cell("0,72 (0,51 – 0,99)", decimal=",").numbers == (0.72, 0.51, 0.99)


TABBED = (
    "Outcome\tGroups n\tGroups mean (SD)\tList n\tList mean (SD)\tp\n"
    "ECBI intensity\t58\t118.2 (31.4)\t55\t134.9 (30.1)\t0.003\n"
    "Parenting stress\t57\t81.0 (20.2)\t54\t88.7 (21.3)\tNS\n"
)


def test_a_table_from_a_spreadsheet() -> None:
    table = read_pasted(TABBED)
    assert (table.separator, table.decimal, table.width, table.body) == ("tabs", ".", 6, (1, 2))
    columns = guess(table)
    assert [(each.role, each.arm) for each in columns] == [
        ("label", ""),
        ("n", "1"),
        ("m-sd", "1"),
        ("n", "2"),
        ("m-sd", "2"),
        ("p", ""),
    ]
    given = given_of(table, 1, columns)
    assert given.form == "means"


def test_what_a_row_gives() -> None:
    table = read_pasted(TABBED)
    columns = [*guess(table)[:5], Column()]
    given = given_of(table, 1, columns)
    assert given.numbers == {"n1": 58, "m1": 118.2, "sd1": 31.4, "n2": 55, "m2": 134.9, "sd2": 30.1}
    assert given_of(table, 2, columns).numbers["m2"] == 88.7
    assert given_of(table, 2, guess(table)).form == "means"
    only_p = [Column("label"), *[Column()] * 4, Column("p")]
    assert given_of(table, 1, only_p).numbers == {"p": 0.003}
    with pytest.raises(BadInput, match="make no result"):
        given_of(table, 2, only_p)
    with pytest.raises(BadInput) as caught:
        given_of(table, 1, [Column("label"), Column("m-sd", "1"), *columns[2:]])
    assert caught.value.problems[0].where == "row 2, column 2"


def test_a_table_from_a_pdf_with_spaces_and_decimal_commas() -> None:
    table = read_pasted("Measure    Programm      Kontrolle\nECBI    118,2 ± 31,4    134,9 ± 30,1\n")
    assert (table.separator, table.decimal) == ("spaces", ",")
    columns = guess(table)
    assert [(each.role, each.arm) for each in columns] == [("label", ""), ("m-sd", "1"), ("m-sd", "2")]
    with pytest.raises(BadInput, match="number of people"):
        given_of(table, 1, columns)
    given = given_of(table, 1, columns, people=(58, 55))
    assert given.numbers["sd1"] == 31.4


def test_events_and_ratios() -> None:
    table = read_pasted(
        "Outcome;Groups;List;OR (95% CI)\nExcluded;12/60 (20%);19/58 (33%);0.51 (0.22 to 1.19)"
    )
    assert table.separator == "semicolons"
    columns = guess(table)
    assert [each.role for each in columns] == ["label", "events", "events", "or-ci"]
    counts = given_of(table, 1, [*columns[:3], Column()])
    assert (counts.form, counts.numbers["n2"]) == ("counts", 58)
    ratio = given_of(table, 1, [columns[0], Column(), Column(), columns[3]])
    assert (ratio.form, ratio.numbers) == ("ratio", {"value": 0.51, "low": 0.22, "high": 1.19})


def test_a_csv_with_quotes() -> None:
    table = read_pasted('Outcome,n,Mean,SD,n,Mean,SD\n"Stress, total",30,1.5,0.4,31,1.7,0.5\n')
    assert table.separator == "commas"
    given = given_of(table, 1, guess(table))
    assert given.numbers == {"n1": 30, "m1": 1.5, "sd1": 0.4, "n2": 31, "m2": 1.7, "sd2": 0.5}


def test_arms_in_rows_are_put_side_by_side() -> None:
    table = read_pasted("Arm\tn\tMean\tSD\nParent groups\t58\t118,2\t31,4\nWaiting list\t55\t134,9\t30,1\n")
    beside = read_pasted(as_text(side_by_side(table, 1, 2)))
    assert (beside.width, beside.decimal, beside.rows[1][0]) == (7, ",", "Parent groups / Waiting list")
    columns = guess(beside)
    assert [each.role + each.arm for each in columns] == ["label", "n1", "m1", "sd1", "n2", "m2", "sd2"]
    assert given_of(beside, 1, columns).numbers == {
        "n1": 58, "m1": 118.2, "sd1": 31.4, "n2": 55, "m2": 134.9, "sd2": 30.1,
    }  # fmt: skip
    for first, second in ((1, 1), (0, 1), (1, 9)):
        with pytest.raises(BadInput, match="two different rows"):
            side_by_side(table, first, second)


def test_text_that_is_no_table() -> None:
    with pytest.raises(BadInput, match="Nothing was pasted"):
        read_pasted(" \n ")
    with pytest.raises(BadInput, match="no columns"):
        read_pasted("One line of words\nand another")
    with pytest.raises(BadInput, match="at most"):
        read_pasted("a\tb\n" * 60_000)
    with pytest.raises(BadInput, match="41 columns"):
        read_pasted("\t".join("a" * 41))


def test_columns_that_make_no_result() -> None:
    table = read_pasted(TABBED)
    with pytest.raises(BadInput, match="make no result") as caught:
        given_of(table, 1, [Column("label"), Column("n", "1"), *[Column()] * 4])
    assert caught.value.problems[0].found == "people"


@always(st.floats(-999, 999).map(lambda x: round(x, 2)), st.floats(0.01, 99).map(lambda x: round(x, 2)))
def test_means_with_spreads_are_read_in_every_dress(mean: float, sd: float) -> None:
    minus = f"{mean:.2f}".replace("-", "−")
    for text in (f"{mean:.2f} ({sd:.2f})", f"{minus} ± {sd:.2f}", f"{minus} [{sd:.2f}]*"):
        assert read_cell(text).numbers == (mean, sd)
    german = f"{mean:.2f} ({sd:.2f})".replace(".", ",")
    assert read_cell(german, decimal=",").numbers == (mean, sd)


@always(st.text(max_size=60))
def test_any_text_is_a_cell_and_a_paste_or_a_clear_refusal(text: str) -> None:
    assert read_cell(text).text == text
    try:
        table = read_pasted(text)
    except BadInput:
        return
    assert all(len(row) == table.width for row in table.rows)
    guess(table)
