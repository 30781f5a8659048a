import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from wherewithal.errors import BadInput
from wherewithal.sources.statistical_neighbours import Neighbour, read_statistical_neighbours

HEADER = "old_la_code,la_name," + ",".join(f"SN_{place},SN_{place}P" for place in range(1, 11)) + "\n"
ROW = "358,Trafford," + ",".join(f"{900 + place},Very close " for place in range(1, 11)) + "\n"


def test_neighbours_in_order_with_their_words():
    own = read_statistical_neighbours((HEADER + ROW).encode())[358]
    assert own.name == "Trafford"
    assert (own.near[0].number, own.near[0].closeness, len(own.near)) == (901, "Very close", 10)
    assert own.not_close == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROW + ROW, "358 a second time"),
        (ROW.replace("901", "358"), "among its own neighbours"),
        (ROW.replace("901,Very close ", "901,Nearby"), "'Nearby'"),
        (ROW.replace("901", "n/a"), "'n/a'"),
        ("", "0 cells are wrong"),
    ],
)
def test_what_is_wrong_is_named(rows, said):
    with pytest.raises(BadInput) as caught:
        read_statistical_neighbours((HEADER + rows).encode())
    assert said in str(caught.value)


@pytest.mark.shared
def test_the_real_table(shared: Path):
    found = read_statistical_neighbours(shared / "needs/dfe/sn_model_2025_wide.csv")
    assert len(found) == 153
    words = Counter(near.closeness for own in found.values() for near in own.near)
    assert (words["Not close"], sum(words.values())) == (49, 1530)
    names = [found[near.number].name for near in found[358].near]
    assert names[:3] == ["Hertfordshire", "Stockport", "Buckinghamshire"]
    assert names[3:] == [
        "Oxfordshire",
        "Surrey",
        "Bromley",
        "Cheshire East",
        "Cambridgeshire",
        "Gloucestershire",
        "Solihull",
    ]
    assert {near.closeness for near in found[358].near} == {"Very close"}


@pytest.mark.shared
def test_the_departments_workbook_says_the_same_as_its_table(shared: Path):
    folder = shared / "needs/dfe"
    table = read_statistical_neighbours(folder / "sn_model_2025_wide.csv")
    book = read_statistical_neighbours(folder / "sn_may_2025.xlsx")
    assert len(book) == 153
    assert {number: own.near for number, own in book.items()} == {
        number: own.near for number, own in table.items()
    }
    assert 909 not in book, "Cumbria has ended"


def workbook(*rows: list[object]) -> bytes:
    """Of XML: enough of a workbook for a reader."""
    cells = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="s" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


FIRST = [
    "LA num",
    "LA Name",
    "LA number",
    "GOInd",
    "GOReg",
    *(f"SN{p}" if n else "SNP" for p in range(1, 11) for n in (1, 0)),
]
OWN = [
    358,
    "Trafford",
    358,
    5,
    "North West",
    *(part for p in range(1, 11) for part in (900 + p, "Very Close")),
]
NEW = [943, "Westmorland", 943, 5, "North West", *["-"] * 20]
ENDED = [909, "Cumbria", 909, 5, "North West", *(part for p in range(1, 11) for part in (900 + p, "Close"))]


def test_a_workbook_is_read_to_the_authorities_that_have_ended():
    found = read_statistical_neighbours(
        workbook(["A", "B"], [""], FIRST, OWN, NEW, [""], ["", "Old SNs:"], ENDED), name="sn.xlsx"
    )
    assert list(found) == [358]
    assert found[358].region == "North West"
    assert found[358].near[9] == Neighbour(910, "Very close")


def test_another_workbook_is_told_apart():
    with pytest.raises(BadInput, match="is a workbook, and not the department's") as caught:
        read_statistical_neighbours(workbook(["Area", "Value"], ["Leeds", 3]), name="own.xlsx")
    assert "'Area', 'Value', 'Leeds' and '3'" in str(caught.value)
    with pytest.raises(BadInput, match="'Nearby'"):
        read_statistical_neighbours(workbook(FIRST, [*OWN[:6], "Nearby", *OWN[7:]]), name="sn.xlsx")
