"""What must hold for any record: written as RIS and read again it is the same."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analyse.reviews.records import made
from wherewithal.analyse.reviews.records import TYPE_WORDS, Record, by_key
from wherewithal.sources.words import one_line, paragraphs

characters = st.characters(exclude_categories=["Cs", "Cc"])
line = st.text(characters, min_size=1, max_size=40).map(one_line)
text = st.lists(
    st.one_of(line, st.sampled_from(["ER  - ", "TI  - no", "AB", "TY  = x", "12  - x"])), max_size=4
).map(lambda lines: paragraphs("\n".join(lines)))
name = (
    st.text(characters.filter(lambda sign: sign != ";"), min_size=1, max_size=20).map(one_line).filter(bool)
)
word = name.filter(lambda text: "," not in text)
author = st.builds("{}, {}".format, word, word) | word
digits = st.text(string.digits, min_size=1, max_size=8)
filled = line.filter(bool)

records = st.builds(
    Record,
    type=st.sampled_from(sorted(TYPE_WORDS)),
    title=line,
    authors=st.lists(author, max_size=4).map(tuple),
    year=st.none() | st.integers(1500, 2199),
    abstract=text,
    journal=line,
    volume=line,
    issue=line,
    pages=st.one_of(st.just(""), digits, st.builds("{}-{}".format, digits, digits)),
    doi=st.one_of(st.just(""), st.builds("10.{}/{}".format, st.integers(1000, 99999), digits)),
    pmid=st.one_of(st.just(""), digits),
    issn=st.sampled_from(["", "1234-567X"]),
    isbn=st.sampled_from(["", "9780000000002"]),
    url=st.sampled_from(["", "https://example.org/a?b=c#d"]),
    keywords=st.lists(name, max_size=3, unique=True).map(tuple),
    language=line,
    database=line.filter(lambda words: "med" not in words.lower()),
    notes=st.lists(filled.filter(lambda note: ":" not in note), max_size=3).map(tuple),
    extra=st.lists(
        st.tuples(st.sampled_from(["ris:C1", "ris:AD", "ris:U3", "ris:A2"]), filled)
        | st.tuples(st.sampled_from(["nbib:PHST", "csv:Who looked", "bibtex:key"]), filled),
        max_size=4,
    ).map(lambda pairs: tuple(sorted(pairs, key=lambda pair: not pair[0].startswith("ris:")))),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(records, min_size=1, max_size=3))
def test_ris_round_trip(before: list[Record]) -> None:
    assert made.read(made.written(before, by_key("ris"))) == before


@settings(max_examples=50, deadline=None)
@given(st.lists(records, min_size=1, max_size=3))
def test_csv_round_trip(before: list[Record]) -> None:
    # A table separates names and keywords by semicolon, line or bar, and its lists are not empty cells.
    def comparable(record: Record) -> dict[str, object]:
        plain = record.as_dict()
        plain.pop("authors", None)
        plain.pop("keywords", None)
        return plain

    after = made.read(made.written(before, by_key("csv")))
    if all(record == Record(type=record.type) for record in before):
        return
    assert [comparable(record) for record in after] == [comparable(record) for record in before]


@settings(max_examples=50, deadline=None)
@given(st.lists(records, min_size=1, max_size=3))
def test_csl_json_keeps_what_it_has_names_for(before: list[Record]) -> None:
    after = made.read(made.written(before, by_key("csl-json")))
    for old, new in zip(before, after, strict=True):
        assert (new.title, new.year, new.doi, new.pages, new.journal) == (
            old.title,
            old.year,
            old.doi,
            old.pages,
            old.journal,
        )
        assert new.extra == old.extra


@settings(max_examples=50, deadline=None)
@given(st.lists(records, min_size=1, max_size=3))
def test_bibtex_keeps_every_character_of_a_title(before: list[Record]) -> None:
    after = made.read(made.written(before, by_key("bibtex")))
    assert [record.title for record in after] == [record.title for record in before]


@given(records)
def test_stored_and_brought_back(record: Record) -> None:
    assert Record.from_dict(record.as_dict()) == record
