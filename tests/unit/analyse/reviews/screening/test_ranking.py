"""Ranking: the words, the model against LIBLINEAR's own solution, the order against ASReview's."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.screening.ranking import (
    DEFAULT_MODEL,
    TermRanker,
    WordRanker,
    model_named,
    models,
    read_features,
    text_of,
)
from wherewithal.analyse.reviews.screening.ranking.endings import singular
from wherewithal.analyse.reviews.screening.ranking.svm import Solution, sample_weights, solve
from wherewithal.analyse.reviews.screening.simulation import batch_after, drawn_by, one_by_one, simulate
from wherewithal.errors import NothingThere

TEXTS = (
    "parent training for conduct problems",
    "group parent training programme",
    "home visiting by nurses",
    "school attendance and truancy",
    "parent training by video",
    "nurses and home visits for mothers",
    "attendance at school",
    "a programme of group work",
    "",
)
LABELLED = np.arange(4)
INCLUDED = np.array([True, True, False, False])


def weights_of(record: int) -> dict[str, float]:
    features = read_features(TEXTS)
    columns, weights = features.shared.row(record)
    return {
        features.term(int(column)): float(weight) for column, weight in zip(columns, weights, strict=True)
    }


def test_words_weigh_what_scikit_learn_makes_them_weigh() -> None:
    """TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95) of scikit-learn 1.9.1."""
    found = [weights_of(record)["parent training"] for record in (0, 1, 4)]
    assert found == pytest.approx([0.27122193914, 0.326963346911, 0.318052696661], abs=1e-12)


def test_a_row_has_length_one_with_the_terms_that_no_other_record_has() -> None:
    features = read_features(TEXTS)
    length = [
        float((features.shared.row(record)[1] ** 2).sum()) for record in range(len(TEXTS))
    ] + features.own
    assert length == pytest.approx([1, 1, 1, 1, 1, 1, 1, 1, 0])


def test_the_model_is_liblinears() -> None:
    """LinearSVC(loss='squared_hinge', C=0.11) of scikit-learn 1.9.1, decision_function, tol 1e-14."""
    features = read_features(TEXTS)
    solution = solve(features, LABELLED, INCLUDED, tolerance=1e-13)
    unread = [0.3836195985, 0.2832506373, 0.2673211932, 0.3288218981, 0.2810447878]
    assert solution.scores(features)[4:] == pytest.approx(unread, abs=2e-9)


def test_and_where_some_records_do_not_matter() -> None:
    """The same with C=50, where the set of those that matter has to be found."""
    features = read_features(TEXTS)
    solution = solve(features, LABELLED, INCLUDED, c=50, tolerance=1e-12)
    unread = [0.29914257, -0.24390666, -0.31340885, 0.13875207, -0.07262154]
    assert solution.scores(features)[4:] == pytest.approx(unread, abs=1e-6)


@given(st.lists(st.booleans(), min_size=2, max_size=len(TEXTS)), st.integers(0, 2**32 - 1))
def test_where_it_starts_makes_no_difference(labels: list[bool], seed: int) -> None:
    included = np.array(labels)
    if included.all() or not included.any():
        return
    features = read_features(TEXTS)
    labelled = np.arange(len(labels))
    afar = np.random.default_rng(seed).normal(size=len(TEXTS))
    one = solve(features, labelled, included, tolerance=1e-12)
    start = Solution(features.shared.summed(afar), float(afar.sum()), afar)
    other = solve(features, labelled, included, start=start, tolerance=1e-12)
    assert one.scores(features) == pytest.approx(other.scores(features), abs=1e-8)


def test_the_included_count_9_8_times_the_excluded() -> None:
    weights = sample_weights(np.array([True, False, False, False]))
    assert weights.mean() == pytest.approx(1)
    assert weights[0] / weights[1:].sum() == pytest.approx(9.8)


def test_decisions_of_one_kind_teach_the_model_nothing() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        solve(read_features(TEXTS), LABELLED, np.ones(4, dtype=bool))


def test_before_any_decision_the_question_gives_the_order() -> None:
    ranker = WordRanker(TEXTS, question="Does nurse home visiting help mothers?")
    assert ranker.scores().argmax() == 2
    ranker.learn([1], [True])
    assert ranker.scores()[4] > ranker.scores()[3]
    ranker.learn([5], [False])
    assert ranker.scores()[2] < WordRanker(TEXTS, question="Does nurse home visiting help?").scores()[2]


def test_a_rank_is_explained_by_words_and_by_records_like_it() -> None:
    ranker = WordRanker(TEXTS)
    ranker.learn([0, 1, 2, 3], [True, True, False, False])
    reason = ranker.why(4)
    assert "parent training" in dict(reason.towards)
    assert {"by"} <= dict(reason.against).keys()
    assert reason.like[0][0] in (0, 1)
    assert ranker.why(8).towards == ()


def test_records_without_words_and_records_all_alike_are_ranked_too() -> None:
    ranker = WordRanker(["", "", ""])
    ranker.learn([0, 1], [True, False])
    assert np.isfinite(ranker.scores()).all()
    ranker = WordRanker(["the same words"] * 5_000)
    ranker.learn([0, 1], [True, False])
    assert np.ptp(ranker.scores()) == 0


def test_plurals_lose_their_endings() -> None:
    """The rules of Harman (1991), each with its exceptions."""
    changed = {
        "studies": "study",
        "nurses": "nurse",
        "programmes": "programme",
        "parents": "parent",
        "buses": "buse",
    }
    same = ["eies", "aies", "focus", "stress", "class", "is", "us", "child", "s", ""]
    assert {word: singular(word) for word in changed} == changed
    assert [singular(word) for word in same] == ["eie", "aie", *same[2:]]
    assert [singular(word) for word in ("algaes", "fees", "heroes")] == ["algae", "fee", "heroe"]


def test_words_that_fold_alike_are_one_in_their_commonest_form() -> None:
    texts = (
        "a programme for parents",
        "programmes for a parent",
        "programmes in schools",
        "programmes at school",
    )
    features = read_features(texts, folded=singular, pairs_count=0.5)
    assert features.number_of["programme"] == features.number_of["programmes"]
    assert {"programmes", "school"} <= set(features.words)
    assert len(set(features.number_of.values())) == len(features.words)
    assert features.likeness("one programme") == pytest.approx(features.likeness("programmes"))
    length = [float((features.shared.row(place)[1] ** 2).sum()) + features.own[place] for place in range(4)]
    assert length == pytest.approx([1, 1, 1, 1])


def test_a_pair_weighs_its_share_of_a_word() -> None:
    texts = ("school nurses", "school nurses", "school meals", "home visits")
    whole, half = read_features(texts), read_features(texts, pairs_count=0.5)

    def ratio(features) -> float:
        weights = {features.term(int(c)): float(w) for c, w in zip(*features.shared.row(0), strict=True)}
        return weights["school nurses"] / weights["nurses"]

    assert ratio(whole) == pytest.approx(1)
    assert ratio(half) == pytest.approx(0.5)


def test_a_title_is_one_line_and_counts_twice() -> None:
    assert text_of(" Parent \n training ", "An\nabstract") == "Parent training\nAn\nabstract"
    assert text_of("", "") == "\n"
    texts = [
        text_of("school nurses", "parents"),
        text_of("parents", "school nurses"),
        text_of("other", "school"),
    ]
    ranker = TermRanker(texts)
    columns, weights = ranker.features.shared.row(0)
    of = {ranker.features.term(int(c)): float(w) for c, w in zip(columns, weights, strict=True)}
    assert of["nurses"] / of["parents"] == pytest.approx(1 + np.log(2))
    ranker.learn([0, 2], [True, False])
    assert ranker.scores()[1] > ranker.scores()[2]


def test_there_is_a_model_and_a_wrong_name_says_which() -> None:
    assert {"terms", "words"} <= models().keys()
    assert models()["words"]() is model_named("words") is WordRanker
    assert model_named(DEFAULT_MODEL) is TermRanker
    with pytest.raises(NothingThere, match="words"):
        model_named("best")


def test_a_simulation_finds_every_inclusion_and_leaves_the_given_out() -> None:
    included = [True, True, False, False, True, False, False, False, False]
    run = simulate(WordRanker(TEXTS), included, (0, 2), batch=one_by_one)
    assert run.order[:2].tolist() == [0, 2]
    assert sorted(run.order.tolist()[2:4]) == [1, 4]
    assert (run.figures.loss, run.figures.read) == (0, 2)


def test_a_seed_draws_the_same_two_again() -> None:
    included = [True, False] * 10
    assert drawn_by(7, included) == drawn_by(7, included)
    yes, no = drawn_by(7, included)
    assert included[yes]
    assert not included[no]
    with pytest.raises(ValueError, match="one record included"):
        drawn_by(1, [False, False])


def test_an_inclusion_is_learnt_from_at_once() -> None:
    """Ten exclusions would be read together; the third record is an inclusion, and ends the batch."""

    class InTheirOrder:
        def __init__(self) -> None:
            self.known: list[int] = []

        def learn(self, labelled, included, *, roughly: bool = False) -> None:
            self.known.append(len(labelled))

        def scores(self) -> np.ndarray:
            return -np.arange(40.0)

    included = [number in (0, 4, 39) for number in range(40)]
    ranker = InTheirOrder()
    run = simulate(ranker, included, (0, 1), batch=lambda decisions: 10)
    assert ranker.known == [0, 2, 5, 15, 25, 35]
    assert run.order.tolist() == list(range(40))


def test_later_inclusions_are_learnt_from_when_they_are_a_tenth_more() -> None:
    class InTheirOrder:
        def __init__(self) -> None:
            self.known: list[int] = []

        def learn(self, labelled, included, *, roughly: bool = False) -> None:
            self.known.append(len(labelled))

        def scores(self) -> np.ndarray:
            return -np.arange(60.0)

    ranker = InTheirOrder()
    simulate(ranker, [number not in (1, 59) for number in range(60)], (0, 1), batch=lambda decisions: 10)
    steps = [later - sooner for sooner, later in pairwise(ranker.known[1:])]
    assert steps == [1] * 19 + [2] * 5 + [3] * 4 + [4] * 2 + [5]


def test_batches_start_at_one_and_grow() -> None:
    assert [batch_after(n) for n in (2, 29, 30, 1500)] == [1, 1, 2, 100]


# fmt: off
ORDER_OF_ASREVIEW = [
    175, 271, 550, 99, 261, 45, 895, 501, 876, 796, 429, 156, 881, 500, 426, 153, 54, 841, 755, 22, 843, 694, 425,
    515, 852, 461, 385, 481, 407, 894, 307, 582, 647, 172, 280, 305, 743, 84, 252, 5, 170, 949, 569, 470, 725, 154,
    268, 640, 792, 598, 341, 733, 825, 731, 286, 192, 551, 778, 136, 797, 645, 617, 676, 82, 233, 815, 438, 612, 241,
    723, 4, 304, 123, 514, 301, 739, 494, 111, 65, 878, 269, 221, 544, 619, 893, 251, 713, 664, 275, 72, 945, 829, 591,
]
# fmt: on


@pytest.mark.shared
def test_the_order_is_asreviews_record_for_record(shared: Path) -> None:
    """Oud 2018, rows shuffled by numpy's default_rng(42): asreview 2.2 simulate, ELAS u4, prior seed 1, seed 1.

    It prints a loss of 0.039 and an NDCG of 0.543.
    """
    with (shared / "screening" / "Oud_2018.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [rows[place] for place in np.random.default_rng(42).permutation(len(rows))]
    texts = [f"{row['title']} {row['abstract']}" for row in rows]
    included = [row["label_included"] == "1" for row in rows]
    run = simulate(WordRanker(texts), included, (175, 271), batch=one_by_one)
    assert run.order.tolist() == ORDER_OF_ASREVIEW
    assert (round(run.figures.loss, 3), round(run.figures.ndcg, 3)) == (0.039, 0.543)
