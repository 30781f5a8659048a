"""From claims to a paper: order, numbers, what has changed and what is not known."""

import pytest

from tests.unit.plan.papers.cases import (
    CLAIMS,
    INCREDIBLE_YEARS,
    MONEY,
    OPTIONS_TABLE,
    PATHS,
    REREFERRALS,
    paper,
)
from wherewithal.errors import BadInput, NothingThere
from wherewithal.plan.papers import MADE_UP, Table, named_template, read_template, templates
from wherewithal.thread import Claim, Support
from wherewithal.thread.sections import SECTIONS


def test_the_business_case_follows_the_five_cases_and_holds_every_section_once():
    template = named_template("business-case")
    assert [part.title for part in template.parts] == [
        "Strategic case",
        "Economic case",
        "Commercial case",
        "Financial case",
        "Management case",
    ]
    placed = [key for part in template.parts for key in part.sections]
    assert sorted(placed) == sorted(section.key for section in SECTIONS)
    for part in template.parts:
        for key in part.sections:
            assert next(section for section in SECTIONS if section.key == key).five_case == part.case


def test_findings_are_numbered_in_the_order_they_are_cited_and_once_each():
    notes = paper().notes
    assert [note.number for note in notes] == [1, 2, 3, 4]
    assert [note.finding for note in notes] == [REREFERRALS, INCREDIBLE_YEARS, PATHS, MONEY]
    sentences = {sentence.key: sentence for sentence in paper().sentences}
    assert [note.number for note in sentences["works"].notes] == [2, 3]
    assert [note.number for note in sentences["best"].notes] == [4, 1]


def test_every_sentence_keeps_its_standing_and_its_changes():
    sentences = {sentence.key: sentence for sentence in paper().sentences}
    assert sentences["wait"].support is Support.NOTHING_YET
    assert sentences["hubs"].support is Support.JUDGEMENT
    assert sentences["hubs"].judgement_by == "the Family Hubs manager"
    assert [change.words for change in sentences["not-paths"].changes] == [
        "Foundations Guidebook: was 3+, now mixed."
    ]
    assert not sentences["works"].changes


def test_no_sentence_is_lost_and_each_section_keeps_the_order_given():
    backwards = paper(claims=tuple(reversed(CLAIMS)))
    assert {sentence.key for sentence in backwards.sentences} == {claim.key for claim in CLAIMS}
    what_works = next(section for section in backwards.sections if section.key == "what-works")
    assert [sentence.key for sentence in what_works.sentences] == ["not-paths", "works"]


def test_what_is_not_known_names_bare_sentences_empty_sections_and_cautions():
    unknown = "\n".join(paper(missing=("Nobody has asked whether it can be staffed.",)).unknown)
    assert "Parents tell us they wait too long" in unknown
    assert "“How we will know”" in unknown
    assert "The review is ten years old. [2]" in unknown
    assert "Nobody has asked whether it can be staffed." in unknown


def test_a_table_stands_in_its_section_and_every_row_fits_its_header():
    options = next(section for section in paper().sections if section.key == "options")
    assert options.tables == (OPTIONS_TABLE,)
    assert not options.is_empty
    with pytest.raises(ValueError, match="every row has 2 cells"):
        Table("options", "Wrong", ("", "A"), (("one",),))


def test_the_notice_that_figures_are_made_up_comes_from_the_findings():
    assert paper().made_up == MADE_UP
    only_research = tuple(claim for claim in CLAIMS if claim.section == "what-works")
    assert paper(claims=only_research).made_up == ""


def test_a_claim_in_no_section_or_citing_nothing_we_have_is_refused():
    with pytest.raises(KeyError, match="no section"):
        paper(claims=(Claim("x", "A sentence.", "appendix"),))
    with pytest.raises(KeyError):
        paper(claims=(Claim("x", "A sentence.", "options", ("0" * 64,)),))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('id = "x"\ntitle = "X"\n', "in no part"),
        ("id = \n", "line 1"),
        (
            'id = "x"\n[[parts]]\ncase = "a"\ntitle = "A"\nasks = "?"\nsections = ["options", "appendix"]\n',
            "appendix",
        ),
        (
            'id = "x"\ntitle = "X"\n[[parts]]\ncase = "a"\ntitle = "A"\nasks = "?"\n'
            'sections = ["options", "options"]\n',
            "in more than one part",
        ),
        ('id = "x"\ntitle = "X"\n[[parts]]\nsections = "options"\n', "'options'"),
        ('id = 7\ntitle = "X"\n', "7"),
    ],
)
def test_a_template_with_something_wrong_says_what(content, words):
    with pytest.raises(BadInput) as caught:
        read_template(content.encode(), name="mine.toml")
    assert words in str(caught.value)


def test_an_unknown_template_says_which_there_are():
    assert "business-case" in templates()
    with pytest.raises(NothingThere, match="business-case"):
        named_template("novel")
