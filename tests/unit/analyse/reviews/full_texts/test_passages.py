from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.full_texts import Passage, passages_with, search

PAGES = ["Parents met weekly.\nA trial of groups.", "", "Costs were not reported; the trial ended early."]


def said(passage: Passage) -> str:
    return "".join(f"[{piece.text}]" if piece.kind else piece.text for piece in passage.pieces)


def test_passages_name_their_page_and_mark_the_words() -> None:
    found = passages_with(PAGES, asked=["trial"])
    assert [each.page for each in found] == [1, 3]
    assert said(found[0]) == "Parents met weekly. A [trial] of groups."


def test_words_close_together_share_a_passage_and_far_ones_do_not() -> None:
    text = f"trial trial {'x ' * 300}trial"
    assert [said(each).count("[trial]") for each in passages_with([text], asked=["trial"])] == [2, 1]
    assert said(passages_with([text], asked=["trial"])[0]).endswith("…")


def test_a_search_wants_every_word_on_the_page() -> None:
    assert [each.page for each in search(PAGES, "trial costs")] == [3]
    assert search(PAGES, "  ") == []
    assert search(PAGES, "nowhere") == []


def test_no_more_than_asked_for() -> None:
    assert len(passages_with([f"trial {'y ' * 200}"] * 9, asked=["trial"], most=4)) == 4


@given(st.lists(st.text("a trial.\n", max_size=200), max_size=3))
def test_every_passage_holds_a_marked_word_of_its_page(pages: list[str]) -> None:
    for passage in passages_with(pages, asked=["a", "trial"]):
        marked = [piece.text for piece in passage.pieces if piece.kind]
        assert marked
        assert all(" ".join(text.split()) in " ".join(pages[passage.page - 1].split()) for text in marked)
