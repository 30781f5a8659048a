"""What must hold of any index, whatever was written to it and whatever is typed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.engines import FACETS, LIBRARY
from wherewithal.search import Document, Index, MemoryIndex, folder_index, open_index

WORDS = [
    *(
        "child",
        "children",
        "parent",
        "parents",
        "parenting",
        "anxiety",
        "anxeity",
        "anxious",
        "behaviour",
        "behavior",
    ),
    *(
        "programme",
        "program",
        "the",
        "for",
        "of",
        "well-being",
        "wellbeing",
        "NG76",
        "CG",
        "158",
        "0-5",
        "4+",
    ),
    *("triple", "p", "cbt", "cognitive", "behavioural", "therapy", "friends", "life", "looked", "after"),
]

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
keys = st.integers(0, 12).map("key-{}".format)
documents = st.builds(
    Document,
    key=keys,
    title=texts,
    names=st.lists(texts, max_size=2).map(tuple),
    text=texts,
    facets=st.fixed_dictionaries(
        {"kind": st.lists(st.sampled_from("xyz"), max_size=3).map(tuple), "age": st.just(("q",))}
    ),
    order=st.integers(0, 2),
)
histories = st.lists(
    st.tuples(st.lists(documents, max_size=9), st.lists(keys, max_size=3)), min_size=1, max_size=5
)
typed = st.lists(
    st.tuples(st.sampled_from(["", "", '"', "-"]), st.sampled_from(WORDS), st.sampled_from(["", "", '"'])),
    max_size=6,
).map(lambda words: " ".join(map("".join, words)))
filters = st.dictionaries(
    st.sampled_from(["kind", "age", "none"]), st.lists(st.sampled_from("xyzq"), max_size=2), max_size=2
)


@settings(max_examples=60, deadline=None)
@given(
    histories,
    st.lists(st.tuples(typed, filters, st.integers(0, 4), st.integers(1, 6), st.booleans()), max_size=8),
    keys,
)
def test_both_engines_answer_the_same_to_the_last_bit(history, searches, key) -> None:  # type: ignore[no-untyped-def]
    with (
        TemporaryDirectory() as folder,
        patch.object(folder_index, "A_CHUNK", 4),
        patch.object(folder_index, "MERGED_AT", 3),
    ):
        stored, reference = open_index(Path(folder), FACETS), MemoryIndex()
        for position, (written, removed) in enumerate(history):
            stored.write(written, remove=removed, position=position)
            reference.write(written, remove=removed, position=position)
        assert len(stored) == len(reference)
        assert stored.position == reference.position
        for text, chosen, offset, limit, any_word in searches:
            asked = {
                "filters": chosen,
                "offset": offset,
                "limit": limit,
                "facets": FACETS,
                "any_word": any_word,
            }
            asked |= {"prefer": {"kind": {"x": 1.5, "y": 0.5}} if offset % 2 else {}}
            assert stored.search(text, **asked) == reference.search(text, **asked)
        assert stored.more_like(key) == reference.more_like(key)


@settings(max_examples=40, deadline=None)
@given(histories)
def test_the_way_to_a_state_does_not_matter(history) -> None:  # type: ignore[no-untyped-def]
    """Copies on two machines, one caught up change by change and one made anew, give the same answers."""
    held: dict[str, Document] = {}
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        caught_up, anew = open_index(Path(first), FACETS), open_index(Path(second), FACETS)
        for written, removed in history:
            caught_up.write(written, remove=removed)
            for key in removed:
                held.pop(key, None)
            held |= {document.key: document for document in written}
        anew.write(held.values())
        for text in ("", "children anxiety", "behavior", "cbt", "anxeity", '"triple p"', "the"):
            assert caught_up.search(text, facets=FACETS) == anew.search(text, facets=FACETS)


@pytest.fixture(scope="module", params=["memory", "folder"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    index: Index = (
        MemoryIndex() if request.param == "memory" else open_index(tmp_path_factory.mktemp("index"), FACETS)
    )
    index.write(LIBRARY)
    return index


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200) | st.text(alphabet='abc -"“‘’()[]{}*?:~^/\\+&|!\0\n\t', max_size=200))
def test_nothing_typed_ever_raises(library: Index, text: str) -> None:
    found = library.search(text, facets=FACETS)
    assert 0 <= len(found.hits) <= found.total <= len(LIBRARY)


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "word " * 50_000, '"' * 9_999, "-" * 5_000, "a-" * 9_000, "\ud800 lone", "١٢٣ 漢字"],
)
def test_nor_does_anything_very_long_or_strange(library: Index, text: str) -> None:
    assert library.search(text, facets=FACETS).total <= len(LIBRARY)
