from __future__ import annotations

import pytest

from tests.unit.analyse.reviews.records import made
from wherewithal.analyse.reviews.records import Record, RecordFile, by_key

RIS = by_key("ris")


def one(text: str | bytes) -> Record:
    records = made.read(text)
    assert len(records) == 1
    return records[0]


def test_ovid() -> None:
    record = one(made.OVID)
    assert (
        record.title
        == "Parenting support in the voluntary sector: a made title that runs on over a second line"
    )
    assert record.authors == ("Example, Anna", "Sample, Ben C.")
    assert (record.year, record.journal, record.volume, record.issue) == (
        2006,
        "Journal of Made Examples",
        "47",
        "11",
    )
    assert record.pages == "1123-1132"
    assert record.doi == "10.5555/made.2006.1"
    assert record.pmid == "17076747"
    assert record.abstract == "BACKGROUND: Made text. Wrapped by the exporting program."
    assert record.keywords == ("Child", "*Parenting")
    assert ("ris:XT", "a field of Ovid's own") in record.extra
    assert ("ris:JA", "J Made Ex") in record.extra


def test_ebsco_after_its_own_header() -> None:
    record = one(made.EBSCO)
    assert record.year == 2008
    assert record.doi == "10.5555/made.2008.2"
    assert record.issn == "1234-5678"
    # Two people can have one name; a date says more than its year; an equal journal says nothing new.
    assert record.authors == ("Example, Anna", "Example, Anna")
    assert ("ris:Y1", "2008/03//") in record.extra
    assert not any(name == "ris:JO" for name, _ in record.extra)


def test_proquest_report() -> None:
    record = one(made.PROQUEST)
    assert (record.type, record.year, record.language, record.database) == (
        "report",
        2011,
        "English",
        "Made Database",
    )
    assert record.notes == ("Copyright - made", "Last updated - 2012-01-01")
    assert record.extra == (
        ("ris:A2", "Editor, Edith"),
        ("ris:CY", "Northmoor"),
        ("ris:PB", "Made Press"),
        ("ris:DA", "2011 Jan 05"),
    )


def test_web_of_science() -> None:
    record = one(made.WEB_OF_SCIENCE)
    assert record.journal == "JOURNAL OF MADE EXAMPLES"
    assert record.doi == "10.5555/made.2006.1"
    assert record.year == 2006
    names = [name for name, _ in record.extra]
    assert names == ["ris:DE", "ris:PD", "ris:AN", "ris:EI"]


def test_endnote_values_over_several_lines() -> None:
    record = one(made.ENDNOTE)
    assert record.abstract == "BACKGROUND: made.\nMETHODS: also made.\nRESULTS: T1 and T2 - both made."
    assert record.keywords == ("Child", "Family", "Parenting")
    assert record.notes == ("Some\nwords of a person",)
    assert record.doi == "10.5555/made.2010.3"


def test_zotero() -> None:
    record = one(made.ZOTERO)
    assert record.authors == ("Exämple, Ánna",)
    assert record.pages == "e1107"
    assert record.pmid == "22222222"
    assert record.notes == ()
    assert ("ris:DA", "2012/01/26/") in record.extra
    assert ("ris:L1", "https://example.org/made.pdf") in record.extra


@pytest.mark.parametrize("dialect", made.DIALECTS)
def test_round_trip_loses_nothing(dialect: str) -> None:
    before = made.read(made.DIALECTS[dialect])
    text = made.written(before, RIS)
    assert made.read(text) == before
    # And once more: what is written does not change.
    assert made.written(made.read(text), RIS) == text


@pytest.mark.parametrize("target", ["nbib", "bibtex", "csl-json", "csv"])
@pytest.mark.parametrize("dialect", made.DIALECTS)
def test_round_trip_through_another_format(dialect: str, target: str) -> None:
    def flat(record: Record) -> dict[str, object]:
        plain = record.as_dict()
        # NBIB has no line breaks, and its own key or number may be added.
        plain["abstract"] = record.abstract.replace("\n", " ")
        plain["notes"] = [note.replace("\n", " ") for note in record.notes]
        plain["extra"] = [pair for pair in record.extra if pair[0].startswith("ris:")]
        return plain

    before = made.read(made.DIALECTS[dialect])
    after = made.read(made.written(before, by_key(target)))
    assert [flat(record) for record in after] == [flat(record) for record in before]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace("\n", "\r\n"), "CRLF"),
        (lambda text: text.replace("\n", "\r"), "CR alone"),
        (lambda text: "\ufeff" + text, "byte order mark"),
        (lambda text: "\n\n \n" + text, "leading blank lines"),
        (lambda text: text.replace("ER  - \n", ""), "no final ER"),
        (lambda text: text.replace("ER  - ", "ER"), "bare ER"),
        (lambda text: text.replace("ER  - ", "ER  -"), "ER without the last space"),
        (lambda text: text.replace("  - ", " - "), "one space before the dash"),
        (
            lambda text: "".join(line[:2].lower() + line[2:] for line in text.splitlines(True)),
            "lower-case tags",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_same_record_however_it_is_written(change, why) -> None:  # type: ignore[no-untyped-def]
    before = one(made.WEB_OF_SCIENCE)
    assert one(change(made.WEB_OF_SCIENCE)) == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_unicode_encodings(encoding: str) -> None:
    assert one(made.ZOTERO.encode(encoding)).authors == ("Exämple, Ánna",)


def test_windows_encoding_is_read_and_a_mixture_is_told() -> None:
    assert one(made.ZOTERO.encode("cp1252")).authors == ("Exämple, Ánna",)
    mixed = made.ZOTERO.encode() + b"\nTY  - JOUR\nTI  - Caf\xe9\nER  - \n"
    file = RecordFile(mixed, name="mixed.ris")
    records = list(file)
    assert records[0].authors == ("Exämple, Ánna",)
    assert records[1].title == "Café"
    assert "Windows-1252" in file.reading.notices[0]


def test_records_without_er_between_them_are_told_apart() -> None:
    file = RecordFile(b"TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n")
    assert [record.title for record in file] == ["One", "Two"]
    assert file.reading.notices == ["The record that starts on line 1 had no ER line: ended at line 3."]


def test_text_that_looks_a_little_like_a_tag_stays_text() -> None:
    text = (
        "TY  - JOUR\nTI  - One\nAB  - Of those at\nUK - based sites, 2 - 3 a year, and\nT1 weighted\nER  - \n"
    )
    assert one(text).abstract == "Of those at\nUK - based sites, 2 - 3 a year, and\nT1 weighted"


def test_a_type_of_its_own_comes_back() -> None:
    record = one("TY  - CPAPER\nTI  - One\nT2  - Proceedings\nER  - \n")
    assert record.type == "paper-conference"
    assert made.written([record], RIS).startswith("TY  - CPAPER\n")
    assert one("TY  - AGGR\nTI  - Two\nER  - \n").type == "document"


def test_endnote_several_addresses_and_numbers_on_lines_of_their_own() -> None:
    record = one(
        "TY  - JOUR\nTI  - One\nSN  - 1234-5678 (Print)\n8765-4321\nUR  - https://example.org/1\n"
        "https://example.org/1.pdf?a=b c\nL1  - internal-pdf://123/a.pdf\ninternal-pdf://456/b.pdf\nER  - \n"
    )
    assert (record.issn, record.url) == ("8765-4321", "https://example.org/1")
    assert [pair for pair in record.extra if pair[0] in ("ris:UR", "ris:L1")] == [
        ("ris:UR", "https://example.org/1.pdf?a=b c"),
        ("ris:L1", "internal-pdf://123/a.pdf"),
        ("ris:L1", "internal-pdf://456/b.pdf"),
    ]
    assert one(made.written([record], RIS)) == record


@pytest.mark.parametrize(
    "tags",
    [
        "DB  - Scopus\nC2  - 17076747",
        "DB  - Embase\nAN  - PMID:17076747",
        "DB  - PsycINFO\nAN  - 2020-45678-001\nC2  - PMID: 17076747",
        "DB  - PubMed\nAN  - 17076747",
    ],
)
def test_pubmed_numbers_of_other_databases(tags: str) -> None:
    record = one(f"TY  - JOUR\nTI  - One\n{tags}\nER  - \n")
    assert record.pmid == "17076747"
    assert one(made.written([record], RIS)) == record


@pytest.mark.parametrize(
    "tags",
    [
        "DB  - Embase\nAN  - 2021456789",
        "AN  - CN-02345678",
        "DB  - ABI/INFORM\nAN  - 3012345678",
        "C2  - 12345",
    ],
)
def test_numbers_that_are_not_pubmeds(tags: str) -> None:
    assert one(f"TY  - JOUR\nTI  - One\n{tags}\nER  - \n").pmid == ""


def test_an_article_number_instead_of_pages() -> None:
    record = one("TY  - JOUR\nTI  - One\nVL  - 15\nC7  - e1107\nER  - \n")
    assert (record.pages, record.extra) == ("e1107", (("ris:C7", "e1107"),))
    # Cochrane puts the number of a trial's registration there.
    assert one("TY  - JOUR\nTI  - One\nC7  - NCT04567890\nER  - \n").pages == ""
    assert one("TY  - JOUR\nTI  - One\nSP  - 3\nC7  - 120\nER  - \n").pages == "3"


def test_markup_in_an_abstract() -> None:
    text = "<h4>Aims</h4><p>Sleep &amp; school, p &lt; 0.05.</p><p>H<sub>2</sub>O</p>"
    record = one(f"TY  - JOUR\nTI  - One\nAB  - {text}\nER  - \n")
    assert record.abstract == "Aims:\nSleep & school, p < 0.05.\nH2O"
    plain = "We found p < 0.05 and n > 30 in A&E; see <www.example.org>."
    assert one(f"TY  - JOUR\nTI  - One\nAB  - {plain}\nER  - \n").abstract == plain


def test_a_truncated_file_keeps_what_is_whole() -> None:
    file = RecordFile(b"TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two is cut o")
    assert [record.title for record in file] == ["One", "Two is cut o"]
    assert "had no ER line" in file.reading.notices[0]


def test_records_without_title_or_abstract_are_kept() -> None:
    first, second = made.read("TY  - JOUR\nAU  - Example, A\nER  - \n\nTY  - JOUR\nDO  - 10.5555/a\nER  - \n")
    assert (first.title, first.abstract, first.authors) == ("", "", ("Example, A",))
    assert second.doi == "10.5555/a"
