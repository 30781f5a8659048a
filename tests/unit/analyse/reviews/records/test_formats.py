from __future__ import annotations

import json

import pytest

from tests.unit.analyse.reviews.records import made
from wherewithal.analyse.reviews.records import Record, RecordFile, by_key
from wherewithal.sources.markup import without_markup
from wherewithal.sources.words import family_first


def test_nbib() -> None:
    first, second = made.read(made.NBIB)
    assert first.pmid == "11111111"
    assert first.title.endswith("long enough to go on over a second line.")
    assert first.authors == ("Example, Anna Maria", "Sample, Ben")
    assert (first.year, first.journal, first.volume, first.pages) == (
        2006,
        "Journal of made examples",
        "47",
        "1123-32",
    )
    assert (first.doi, first.issn, first.language) == ("10.5555/made.2006.1", "1234-5678", "eng")
    assert first.keywords == ("Child", "Parenting/psychology", "voluntary sector")
    assert ("nbib:AD@1", "Second made institute.") in first.extra
    assert not first.said_to_be_retracted
    assert second.said_to_be_retracted


def test_nbib_round_trip_keeps_every_tag_and_whose_affiliation_it_is() -> None:
    before = made.read(made.NBIB)
    text = made.written(before, by_key("nbib"))
    assert made.read(text) == before

    def tags(text: str) -> list[str]:
        joined = text.replace("\n      ", " ")
        return sorted(line for line in joined.splitlines() if line)

    missing = set(tags(made.NBIB)) - set(tags(text))
    assert missing == {"AID - 10.5555/made.2006.1 [doi]"}, "the DOI is written once, as LID"
    lines = text.splitlines()
    assert lines.index("AD  - Second made institute.") < lines.index("FAU - Sample, Ben")


def test_bibtex() -> None:
    article, thesis = made.read(made.BIBTEX)
    assert article.title == "A Made Study of Über-parenting: 50% more"
    assert article.authors == ("Example, Anna", "van der Sample, Ben", "Made Council")
    assert article.journal == "Journal of Made Examples"
    assert (article.year, article.issue, article.pages) == (2006, "11", "1123-1132")
    assert article.doi == "10.5555/made_2006.1"
    assert article.keywords == ("child", "parenting")
    assert article.abstract == "Made text costing $5 a head, 10% of it wasted."
    assert ("bibtex:eprint", "kept as it is") in article.extra
    assert (thesis.type, thesis.authors, thesis.notes) == ("thesis", ("Sample, Ben",), ("kept on a shelf",))


def test_bibtex_round_trip_keeps_braces_and_key() -> None:
    before = made.read(made.BIBTEX)
    text = made.written(before, by_key("bibtex"))
    assert made.read(text) == before
    assert "@article{example2006," in text
    assert r"{A {Made} Study of {\"U}ber-parenting: 50\% more}" in text
    assert "@mastersthesis{sample2010," in text


def test_bibtex_of_many_entries_keeps_its_strings_and_repeated_keys() -> None:
    entries = "".join(f"@article{{key{n % 700}, title={{Made {n}}}, journal=jme}}\n" for n in range(1200))
    records = made.read(f"@string{{jme = {{Made}}}}\n{entries}")
    assert len(records) == 1200
    assert {record.journal for record in records} == {"Made"}
    assert [record.title for record in records] == [f"Made {n}" for n in range(1200)]


def test_csl_json_round_trip() -> None:
    items = [
        {
            "id": "one",
            "type": "article-journal",
            "title": "A made study",
            "author": [
                {"family": "Example", "given": "Anna", "suffix": "Jr"},
                {"family": "Sample", "given": "Ben", "non-dropping-particle": "van der"},
                {"literal": "Made Council"},
            ],
            "issued": {"date-parts": [[2006, 11]]},
            "container-title": "Journal of Made Examples",
            "page": "1-9",
            "DOI": "10.5555/made.1",
            "publisher": "Made Press",
            "categories": ["a", "b"],
        }
    ]
    record = made.read(json.dumps(items))[0]
    assert record.authors == ("Example, Anna, Jr", "van der Sample, Ben", "Made Council")
    assert record.year == 2006
    again = json.loads(made.written([record], by_key("csl-json")))
    for key, value in items[0].items():
        assert again[0][key] == value, key


def test_csv_headings_of_several_programs() -> None:
    pubmed = (
        "PMID,Title,Authors,Citation,Journal/Book,Publication Year,DOI\n"
        '1,A made study,"Example A, Sample BC.",made citation,J Made,2006,10.5555/made.1\n'
    )
    record = made.read(pubmed)[0]
    assert record.authors == ("Example A", "Sample BC")
    assert (record.pmid, record.journal, record.year) == ("1", "J Made", 2006)
    assert record.extra == (("csv:Citation", "made citation"),)
    german_excel = "Titel;Title;Author(s);Date\nx;One;Example, A.; 2006-11-01\n"
    record = made.read(german_excel)[0]
    assert (record.title, record.authors, record.year) == ("One", ("Example, A.",), 2006)
    assert ("csv:Date as written", "2006-11-01") in record.extra
    tabs = 'title\tabstract\n"Two\tparts"\t"over\ntwo lines"\n'
    assert made.read(tabs)[0].abstract == "over\ntwo lines"


def test_csv_round_trip_and_formulas_made_harmless() -> None:
    before = [
        Record(title="=HYPERLINK(1)", notes=("one\ntwo", "three"), extra=(("ris:C1", "a"), ("ris:C1", "b"))),
        Record(title="'-omics", authors=("Example, A.", "Sample, B."), year=2006),
    ]
    text = made.written(before, by_key("csv"))
    assert "\n'=HYPERLINK" in text
    assert made.read(text) == before


def test_openalex() -> None:
    page = {
        "meta": {"count": 1},
        "results": [
            {
                "id": "https://openalex.org/W1",
                "doi": "https://doi.org/10.5555/made.1",
                "title": "A made study",
                "publication_year": 2006,
                "type": "article",
                "is_retracted": True,
                "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/123"},
                "authorships": [{"author": {"display_name": "Ben van der Sample"}}],
                "abstract_inverted_index": {"Made": [0, 2], "text": [1]},
                "biblio": {"volume": "1", "issue": "2", "first_page": "3", "last_page": "9"},
                "primary_location": {
                    "landing_page_url": "https://example.org",
                    "source": {"display_name": "J Made"},
                },
                "keywords": [{"display_name": "Parenting"}],
                "language": "en",
            }
        ],
    }
    record = made.read(json.dumps(page, indent=2))[0]
    assert record.abstract == "Made text Made"
    assert record.authors == ("van der Sample, Ben",)
    assert (record.doi, record.pmid, record.pages, record.journal) == (
        "10.5555/made.1",
        "123",
        "3-9",
        "J Made",
    )
    assert record.said_to_be_retracted
    assert ("openalex:id", "https://openalex.org/W1") in record.extra


@pytest.mark.parametrize("shape", ["list", "pages", "lines", "one"])
def test_openalex_in_every_shape_it_is_saved_in(shape: str) -> None:
    works = [
        {"id": f"https://openalex.org/W{n}", "title": f"Made {n}", "topics": [{"results": []}]}
        for n in range(3)
    ]
    text = {
        "list": json.dumps(works),
        "pages": "\n".join(
            json.dumps({"meta": {}, "results": [work], "group_by": []}, indent=1) for work in works
        ),
        "lines": "\n".join(json.dumps(work) for work in works),
        "one": json.dumps(works[0]),
    }[shape]
    records = made.read(text)
    assert [record.title for record in records] == ["Made 0", "Made 1", "Made 2"][
        : 1 if shape == "one" else 3
    ]


def test_europe_pmc() -> None:
    page = {
        "version": "6.9",
        "resultList": {
            "result": [
                {
                    "id": "1",
                    "source": "MED",
                    "pmid": "1",
                    "doi": "10.5555/made.1",
                    "title": "A <i>made</i> study.",
                    "authorList": {
                        "author": [{"fullName": "Example A", "firstName": "Anna", "lastName": "Example"}]
                    },
                    "journalInfo": {
                        "volume": "1",
                        "issue": "2",
                        "journal": {"title": "J Made", "issn": "1234-5678"},
                    },
                    "pubYear": "2006",
                    "pageInfo": "1-9",
                    "abstractText": "<h4>Background</h4>Made, p &lt; 0.05.<h4>Methods:</h4><p>Also made.</p>",
                    "pubTypeList": {"pubType": ["Journal Article", "Retracted Publication"]},
                },
                {"id": "2", "source": "PPR", "title": "A preprint", "authorString": "Example A, Sample B."},
            ]
        },
    }
    first, second = made.read(json.dumps(page))
    assert first.title == "A made study"
    assert first.authors == ("Example, Anna",)
    assert first.abstract == "Background: Made, p < 0.05.\nMethods: \nAlso made.".replace(": \n", ":\n")
    assert first.said_to_be_retracted
    assert (second.type, second.authors) == ("article", ("Example A", "Sample B"))


def test_markup_goes_and_arithmetic_stays() -> None:
    assert without_markup("<jats:title>Aim</jats:title><jats:p>p < 0.05 and n > 30</jats:p>") == (
        "Aim:\np < 0.05 and n > 30"
    )


def test_names_in_reading_order() -> None:
    assert family_first("Frances Gardner") == "Gardner, Frances"
    assert family_first("Ludwig van Beethoven") == "van Beethoven, Ludwig"
    assert family_first("Gardner, Frances") == "Gardner, Frances"
    assert family_first("Plato") == "Plato"


def test_keys_and_citations() -> None:
    record = Record(title="A made study", authors=("Example, A", "Sample, B", "Third, C"), year=2006)
    assert record.short_citation == "Example and others (2006)"
    assert record.key == Record(title="A MADE study.", year=2006).key
    assert Record(title="x", doi="10.5555/MADE").key == "doi:10.5555/made"
    assert Record(title="x", doi="10.5555/MADE").link == "https://doi.org/10.5555/MADE"
    assert Record(title="x", url="javascript:alert(1)").link == ""
    assert Record().short_citation == "No author given (no year)"


def test_the_account_of_a_file() -> None:
    file = RecordFile(made.OVID.encode(), name="ovid.ris")
    assert file.format.key == "ris"
    assert len(list(file)) == 1
    assert file.reading.records == 1
    assert len(file.sha256) == 64
    assert file.size == len(made.OVID)
    assert file.encoding == "utf-8"


def test_zoteros_csv_says_the_type_under_item_type() -> None:
    text = "Key,Item Type,Title,Type\na,conferencePaper,One,\nb,journalArticle,Two,\nc,thesis,Three,PhD\n"
    records = made.read(text)
    assert [record.type for record in records] == ["paper-conference", "article-journal", "thesis"]
    assert ("csv:Type", "PhD") in records[2].extra
