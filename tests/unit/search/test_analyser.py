from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.search.analyser import Analyser, fold
from wherewithal.search.layout import GAP, MOST_PLACES, MOST_TIMES, lay_out, said_as
from wherewithal.search.port import Document
from wherewithal.search.stemming import stem

analyse = Analyser()


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("behavior", "behaviour"),
        ("behavioral", "behavioural"),
        ("neighborhoods", "neighbourhoods"),
        ("program", "programme"),
        ("programs", "programmes"),
        ("counseling", "counselling"),
        ("counselors", "counsellors"),
        ("pediatric", "paediatric"),
        ("center", "centre"),
        ("organization", "organisation"),
        ("organized", "organised"),
        ("randomized", "randomised"),
        ("randomization", "randomisation"),
        ("fetal", "foetal"),
        ("anemia", "anaemia"),
        ("hyperglycemia", "hyperglycaemia"),
        ("analyze", "analyse"),
        ("estrogens", "oestrogens"),
        ("judgment", "judgement"),
        ("colored", "coloured"),
        ("defense", "defence"),
    ],
)
def test_american_and_british_spelling_are_one(american: str, british: str) -> None:
    assert analyse(american).words == analyse(british).words == [british]


@pytest.mark.parametrize(
    "word",
    ["size", "sized", "prize", "seize", "parameter", "colorado", "laboratory", "academia", "downsized"],
)
def test_words_that_only_look_so_are_left_alone(word: str) -> None:
    assert analyse(word).words == [word]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("École NAÏVE Ångström", ["ecole", "naive", "angstrom"]),
        ("ﬁnding Œuvre encyclopædia Straße Łódź", ["finding", "oeuvre", "encyclopaedia", "strasse", "lodz"]),
        ("children's children’s parents' O’Connor's", ["children", "children", "parents", "oconnor"]),
        ("don't rock 'n' roll", ["dont", "rock", "n", "roll"]),
        ("a\x00b\tc\nd_e", ["a", "b", "c", "d", "e"]),
        ("100% of £5,000", ["100", "of", "5", "000"]),
        ("ＦＵＬＬ ｗｉｄｔｈ", ["full", "width"]),
        ("---- '' \"\" …", []),
        ("Дети и 漢字", ["дети", "и", "漢字"]),
    ],
)
def test_a_text_becomes_its_words(text: str, words: list[str]) -> None:
    assert analyse(text).words == words


@pytest.mark.parametrize(
    ("text", "words", "wholes"),
    [
        ("evidence-based", ["evidence", "based"], ["evidencebased"]),
        ("multi‑systemic", ["multi", "systemic"], ["multisystemic"]),
        ("multisystemic", ["multi", "systemic"], ["multisystemic"]),
        ("ages 0–5", ["ages", "0", "5"], ["0-5"]),
        ("3 to 11 years", ["3", "11", "years"], ["3-11"]),
        ("rated 4+", ["rated", "4"], ["4+"]),
        ("NG76", ["ng", "76"], ["ng76"]),
        ("COVID-19", ["covid", "19"], ["covid19"]),
        ("one-size-fits-all", ["one", "size", "fits", "all"], []),
        ("healthcare", ["health", "care"], ["healthcare"]),
    ],
)
def test_a_compound_is_its_parts_and_the_whole(text: str, words: list[str], wholes: list[str]) -> None:
    found = analyse(text)
    assert (found.words, [whole for _, whole in found.wholes]) == (words, wholes)


@given(st.text())
def test_any_text_can_be_analysed_and_analysing_again_changes_nothing(text: str) -> None:
    words = analyse(text).words
    assert all(words)
    assert analyse(" ".join(words)).words == words or any(len(word) > 60 for word in words)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "forms",
    [
        ("parent", "parents", "parenting", "parental"),
        ("child", "children"),
        ("woman", "women"),
        ("offend", "offending", "offenders"),
        ("bully", "bullying", "bullied"),
        ("adolescent", "adolescents", "adolescence"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len(set(map(stem, forms))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("university", "universal"), ("policy", "police"), ("organ", "organisation"), ("4+", "4")],
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_fields_are_laid_out_with_gaps() -> None:
    laid = lay_out(Document("k", "Triple P", ("Level 4", ""), "For parents"), analyse)
    assert laid.words == ["triple", "p", "level", "4", "for", "parents"]
    name, text = 2 + GAP, 2 + GAP + 2 + GAP + GAP + GAP
    assert laid.places == [0, 1, name, name + 1, text, text + 1]
    assert (laid.names_from, laid.text_from, laid.lengths) == (name, text, (2, 2, 2))
    assert (laid.title_is, laid.names_are) == ("tripl p", ("level 4",))


def test_a_very_long_document_is_read_to_a_limit() -> None:
    laid = lay_out(Document("k", "t", (), "word " * 100_000), analyse)
    assert laid.places[-1] < MOST_PLACES
    assert len(laid.by_word()["word"]) == MOST_TIMES[2]


def test_what_a_name_says_is_its_stems_without_stop_words() -> None:
    assert said_as(["the", "incredible", "years"]) == said_as(["incredible", "year"])
    assert said_as(["the", "who"]) == "the who"
