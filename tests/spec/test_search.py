"""What a search answers: stated once, and run on the plain reference engine and on the one that keeps a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spec.engines import ENGINES, FACETS, LIBRARY, about
from wherewithal.search import Index, Respelling, Widening


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    return ENGINES[request.param](tmp_path)


@pytest.fixture
def library(empty: Index) -> Index:
    empty.write(LIBRARY)
    return empty


def keys(index: Index, text: str, **more: object) -> list[str]:
    return [hit.key for hit in index.search(text, **more).hits]  # type: ignore[arg-type]


# --- Words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Triple P", "programme:group-triple-p"),
        ("triple-p", "programme:group-triple-p"),
        ("The Incredible Years", "programme:incredible-years"),
        ("incredible year", "programme:incredible-years"),
        ("Good Behaviour Game", "programme:good-behaviour-game"),
        ("good behavior game", "programme:good-behaviour-game"),
        ("FRIENDS for Life", "programme:friends"),
        ("friend's for life", "programme:friends"),
        ("4+", "programme:incredible-years"),
        ("NG76", "entry:nice/ng76"),
        ("ng 76", "entry:nice/ng76"),
        ("CG158", "entry:nice/cg158"),
        ("cg-158", "entry:nice/cg158"),
        ("0-18", "entry:nice/ng76"),
        ("3 to 11", "entry:nice/cg158"),
        ("3-11", "entry:nice/cg158"),
        ("anti-social", "entry:nice/cg158"),
        ("UK", "entry:nice/ng76"),
        ("ADHD", "study:cbt"),
        ("CBT", "study:cbt"),
        ("paediatric anaemia", "study:paediatric"),
        ("foetal", "study:paediatric"),
        ("ecole", "study:paediatric"),
        ("NAÏVE", "study:paediatric"),
        ("randomised", "study:gbg-trial"),
        ("counselling", "study:gbg-trial"),
    ],
)
def test_finds_what_was_meant_first(library: Index, typed: str, first: str) -> None:
    assert keys(library, typed)[0] == first


def test_a_plus_is_not_left_out(library: Index) -> None:
    assert keys(library, "4+") == ["programme:incredible-years"]
    assert "programme:group-triple-p" in keys(library, "4")


def test_every_word_must_be_held(library: Index) -> None:
    found = library.search("anxiety cognitive")
    assert [hit.key for hit in found.hits] == ["programme:friends"]
    assert not found.loosened
    assert found.hits[0].matched == ("anxiety", "cognitive")


def test_where_nothing_holds_every_word_as_many_as_possible(library: Index) -> None:
    found = library.search("classrooms teams anemia")
    assert [hit.key for hit in found.hits] == ["programme:good-behaviour-game"]
    assert found.loosened
    assert found.hits[0].matched == ("classrooms", "teams")


def test_any_word_where_that_is_asked_for(library: Index) -> None:
    assert set(keys(library, "classrooms anemia", any_word=True)) == {
        "programme:good-behaviour-game",
        "study:paediatric",
    }


def test_words_that_nothing_holds_are_named_and_left_out(library: Index) -> None:
    found = library.search("anxiety xylophonist")
    assert found.missing == ("xylophonist",)
    assert {hit.key for hit in found.hits} == {"programme:friends", "study:cbt"}
    nothing = library.search("xylophonist", facets=["kind"])
    assert (nothing.total, nothing.hits, nothing.facets) == (0, (), {"kind": {}})


def test_stop_words_count_only_where_there_is_nothing_else(library: Index) -> None:
    assert keys(library, "the anxiety of the") == keys(library, "anxiety")
    assert keys(library, "for")
    assert keys(library, "in the")


def test_phrases_are_taken_as_written(library: Index) -> None:
    assert keys(library, '"good behaviour game"')[0] == "programme:good-behaviour-game"
    assert keys(library, '"game behaviour"') == []
    assert keys(library, '"parent"') == ["entry:nice/cg158"]
    assert keys(library, "“for life”") == ["programme:friends"]


def test_a_phrase_stays_within_one_field(empty: Index) -> None:
    empty.write([about("a", "the red", "door is shut", "blue"), about("b", "a red door")])
    assert keys(empty, '"red door"') == ["b"]
    assert keys(empty, '"red blue"') == []


def test_words_can_be_left_out(library: Index) -> None:
    assert keys(library, "anxiety -friends") == ["study:cbt"]
    assert "programme:friends" not in keys(library, "-anxiety")
    assert library.search("-anxiety").total == len(LIBRARY) - 2
    assert keys(library, 'behaviour -"behavior game" -parent') == ["programme:friends"]


def test_words_of_the_same_meaning_are_added_and_said(library: Index) -> None:
    found = library.search("CBT")
    assert [hit.key for hit in found.hits] == ["study:cbt", "programme:friends"]
    assert found.also == (Widening("CBT", ("cognitive behavioural therapy",)),)
    assert "study:cbt" in keys(library, "LAC")
    assert library.search('"CBT"').also == ()


# --- Spelling ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("anxeity", "anxiety"),
        ("anxity", "anxiety"),
        ("snxiety", "anxiety"),
        ("incerdible", "incredible"),
        ("clasrooms", "classrooms"),
        ("behavoiur", "behaviour"),
        ("guidleine", "guideline"),
    ],
)
def test_a_misspelt_word_is_read_as_its_near_one_and_said(library: Index, typed: str, used: str) -> None:
    found = library.search(typed)
    assert found.spelt == (Respelling(typed, used),)
    assert found.hits
    assert not found.missing


def test_short_words_figures_and_phrases_are_taken_as_typed(library: Index) -> None:
    for typed in ("UQ", "CBX", "ng77", '"anxeity"', "12345"):
        assert library.search(typed).spelt == ()


def test_a_rare_word_with_a_far_commoner_neighbour_is_read_as_both(empty: Index) -> None:
    empty.write(
        [about(f"{number:03}", "childhood anxiety") for number in range(120)] + [about("typo", "anxiaty")]
    )
    found = empty.search("anxiaty")
    assert found.spelt == (Respelling("anxiaty", "anxiaty or anxiety"),)
    assert (found.total, found.hits[0].key) == (121, "typo")


def test_what_was_respelt_is_the_name_of_what_is_called_so(library: Index) -> None:
    assert keys(library, "god behavoir game")[0] == "programme:good-behaviour-game"


# --- Order -------------------------------------------------------------------------------------------------------


def test_a_title_that_is_the_search_comes_before_everything_else(empty: Index) -> None:
    empty.write(
        [
            about(
                "a",
                "Family group conference trial",
                "family group conference " * 40,
                "family group conference uk",
            ),
            about("b", "Other", "", "Family Group Conference"),
            about("c", "The family group conference", "different words " * 50),
        ]
    )
    assert keys(empty, "family group conference") == ["c", "b", "a"]


def test_a_title_weighs_more_than_the_text(empty: Index) -> None:
    empty.write([about("text", "A study", "of fostering"), about("title", "On fostering", "a study")])
    assert keys(empty, "fostering") == ["title", "text"]


def test_equal_matches_come_by_order_and_then_by_key(empty: Index) -> None:
    empty.write(
        [about("b", "same"), about("c", "same"), about("a", "same", order=2), about("d", "same", order=1)]
    )
    assert keys(empty, "same") == ["b", "c", "d", "a"]
    assert keys(empty, "") == ["b", "c", "d", "a"]


def test_pages_join_without_a_gap(library: Index) -> None:
    whole = keys(library, "", limit=100)
    assert len(whole) == len(LIBRARY)
    assert [key for start in range(0, 9, 2) for key in keys(library, "", limit=2, offset=start)] == whole
    assert keys(library, "", limit=0) == keys(library, "", offset=500) == []


def test_what_is_preferred_gains(library: Index) -> None:
    plain = library.search("behaviour")
    preferred = library.search("behaviour", prefer={"kind": {"guidance": 50.0}})
    assert preferred.hits[0].key == "entry:nice/cg158"
    assert preferred.total == plain.total


# --- Facets ------------------------------------------------------------------------------------------------------


def test_values_of_one_facet_are_either_and_facets_are_both(library: Index) -> None:
    either = keys(library, "", filters={"kind": ["guidance", "study"]})
    assert all(key.startswith(("entry", "study")) for key in either)
    assert len(either) == 5
    assert keys(library, "", filters={"kind": ["study"], "age": ["11-18"]}) == ["study:cbt"]
    assert (
        keys(library, "", filters={"kind": ["no such"]})
        == keys(library, "", filters={"no such": ["x"]})
        == []
    )
    assert len(keys(library, "", filters={"kind": []})) == len(LIBRARY)


def test_a_facet_counts_what_ticking_each_value_would_find(library: Index) -> None:
    found = library.search("", filters={"kind": ["programme"], "age": ["5-10"]}, facets=FACETS)
    assert found.total == 3
    assert found.facets == {
        "kind": {"programme": 3, "study": 1},
        "age": {"0-4": 2, "11-18": 1, "5-10": 3},
        "band": {"good": 2, "mixed": 1},
    }


def test_filters_change_nothing_about_how_a_search_is_read(library: Index) -> None:
    found = library.search("anxiety cognitive", filters={"kind": ["guidance"]}, facets=["kind"])
    assert (found.total, found.loosened) == (0, False)
    assert found.facets == {"kind": {"programme": 1}}


def test_an_unknown_facet_has_no_values(library: Index) -> None:
    assert library.search("", facets=["nonsense"]).facets == {"nonsense": {}}


# --- Writing -----------------------------------------------------------------------------------------------------


def test_an_empty_index_answers(empty: Index) -> None:
    assert len(empty) == empty.position == 0
    for typed in ("", "anything", '"a phrase"', "-x", "!!!"):
        assert empty.search(typed, facets=["kind"]).total == 0
    assert empty.more_like("nothing").hits == ()
    empty.write([])
    empty.write([about("blank", "")], position=3)
    assert (len(empty), empty.position, keys(empty, "")) == (1, 3, ["blank"])
    assert keys(empty, "x") == []


def test_a_key_is_held_once_as_it_was_last_written(library: Index) -> None:
    library.write([about("study:cbt", "first"), about("study:cbt", "Ukuleles")])
    assert len(library) == len(LIBRARY)
    assert keys(library, "ukulele") == ["study:cbt"]
    assert "study:cbt" not in keys(library, "anxiety")


def test_what_is_taken_out_is_gone_and_nobody_minds_what_was_not_there(library: Index) -> None:
    library.write([], remove=["study:cbt", "never:there"], position=9)
    assert (len(library), library.position) == (len(LIBRARY) - 1, 9)
    assert library.search("ADHD").missing == ("ADHD",)
    assert library.more_like("study:cbt").total == 0
    library.write([about("study:cbt", "Back")], remove=["study:cbt"])
    assert len(library) == len(LIBRARY)


def test_writing_the_same_again_changes_nothing(library: Index) -> None:
    before = [library.search(typed, facets=FACETS) for typed in ("", "behaviour", "anxeity", "parents group")]
    library.write(LIBRARY, remove=["never:there"])
    assert [
        library.search(typed, facets=FACETS) for typed in ("", "behaviour", "anxeity", "parents group")
    ] == before


def test_a_write_that_fails_half_way_has_not_happened(library: Index) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield about("new", "new")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        library.write(broken(), remove=["study:cbt"], position=5)
    assert (len(library), library.position) == (len(LIBRARY), 0)
    assert "study:cbt" in keys(library, "anxiety")


# --- More like this ----------------------------------------------------------------------------------------------


def test_more_like_shares_telling_words(library: Index) -> None:
    assert library.more_like("study:gbg-trial").hits[0].key == "programme:good-behaviour-game"
    found = library.more_like("programme:good-behaviour-game", filters={"kind": ["programme"]})
    assert all(hit.key.startswith("programme") and hit.matched for hit in found.hits)
    assert "programme:good-behaviour-game" not in [hit.key for hit in found.hits]
    assert library.more_like("not:there").total == 0
