"""Nothing is lost between any two formats that are written: whatever a record holds, and whichever way it goes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.analyse.reviews.records import TYPE_WORDS, WRITABLE, Format, Record, RecordFile
from wherewithal.sources.words import one_line, paragraphs

ALPHABET = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"))
line = st.text(ALPHABET | st.sampled_from("=+-@'&<>_;:,|{}%$#~^\\\""), max_size=40).map(one_line)
word = line.map(lambda text: one_line(text.translate(str.maketrans(";|\n", "   "))))
named = st.builds(
    "{}, {}".format,
    st.sampled_from(["Example", "van der Sample", "Ünder"]),
    st.sampled_from(["A.", "Ben C."]),
)
records = st.builds(
    Record,
    title=line.filter(bool),
    type=st.sampled_from(sorted(TYPE_WORDS)),
    authors=st.lists(named, max_size=3, unique=True).map(tuple),
    year=st.none() | st.integers(1900, 2030),
    abstract=st.lists(line, max_size=3).map(lambda lines: paragraphs("\n".join(lines))),
    journal=st.sampled_from(["", "Journal of Made Examples", "Prev Sci"]),
    volume=st.sampled_from(["", "4", "12A"]),
    issue=st.sampled_from(["", "1", "Suppl 2"]),
    pages=st.sampled_from(["", "5-19", "e1107", "4-21"]),
    doi=st.sampled_from(["", "10.5555/made_2006.1"]),
    pmid=st.sampled_from(["", "17076747"]),
    issn=st.sampled_from(["", "1234-5678"]),
    url=st.sampled_from(["", "https://example.org/made?a=1&b=%20"]),
    keywords=st.lists(word.filter(bool), max_size=3, unique_by=str.casefold).map(tuple),
    language=st.sampled_from(["", "eng"]),
)
piles = st.lists(records, min_size=1, max_size=4)


def through(pile: list[Record], to: Format) -> list[Record]:
    assert to.write is not None
    out = io.BytesIO() if to.binary else io.StringIO()
    assert to.write(pile, out) == len(pile)
    data = out.getvalue()
    return list(RecordFile(data if isinstance(data, bytes) else data.encode()))


def said(record: Record, flat: bool) -> dict[str, object]:
    """What a record says, without what a format adds to it (a key). NBIB has no line breaks (``flat``)."""
    plain = {**record.as_dict(), "extra": ()}
    if flat and record.abstract:
        plain["abstract"] = one_line(record.abstract)
    return plain


@pytest.mark.parametrize("to", WRITABLE, ids=lambda to: to.key)
@settings(max_examples=60, deadline=None)
@given(piles)
def test_there_and_back(to: Format, pile: list[Record]) -> None:
    flat = to.key == "nbib"
    assert [said(each, flat) for each in through(pile, to)] == [said(each, flat) for each in pile]


@settings(max_examples=60, deadline=None)
@given(piles, st.lists(st.sampled_from(WRITABLE), min_size=2, max_size=3))
def test_through_one_format_after_another(pile: list[Record], way: list[Format]) -> None:
    after = pile
    for to in way:
        after = through(after, to)
    flat = any(to.key == "nbib" for to in way)
    assert [said(each, flat) for each in after] == [said(each, flat) for each in pile]
