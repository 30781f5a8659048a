from __future__ import annotations

import io

import pytest

from wherewithal.analyse.reviews.records import Record, by_key
from wherewithal.analyse.reviews.records.table_heads import head_of


def test_the_headings_and_first_rows_of_a_table() -> None:
    source = io.BytesIO(b"\n\nPaper;Writers;When\nSleep; A;2001\nFood;B;2002\n" + b"More;C;2003\n" * 20)
    head = head_of(source)
    assert head is not None
    assert head.header == ("Paper", "Writers", "When")
    assert head.rows[0] == ("Sleep", "A", "2001")
    assert len(head.rows) == 5
    assert source.tell() == 0
    assert not head.proposal().can_be_read
    assert head.proposal().guesses["title"] == "Paper"
    assert head.proposal({"title": "Paper"}).can_be_read


def test_a_workbook_has_a_head_as_well() -> None:
    out = io.BytesIO()
    by_key("xlsx").write([Record(title="Sleep"), Record(title="Food")], out)
    head = head_of(out.getvalue())
    assert head is not None
    assert head.header[0] == "Title"
    assert head.rows[1][0] == "Food"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear Sir, dear Madam, good morning\nI write to you.\n",
        b"TY  - JOUR\nTI  - A\nER  - \n",
        b'[{"a": 1, "b": 2}]',
        b"@article{key, title={A}}",
        b"\x00\x01\x02",
        b"PK\x03\x04 no workbook",
        b"one,two\n",
    ],
)
def test_what_is_no_table_has_no_head(content: bytes) -> None:
    assert head_of(content) is None
