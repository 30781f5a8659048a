"""Three engines behind one small face: build in a folder, open it, search it. Each imports only what it needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from corpus import FACETS, Record


class Engine(Protocol):
    """An engine to measure. ``search`` gives the keys of the best, and counts ten facets where it is asked to.

    ``any_word`` is for the engine that otherwise wants all of them; the others always take any.
    """

    def build(self, records: Iterable[Record], folder: Path) -> None: ...
    def open(self, folder: Path) -> None: ...
    def search(self, query: str, limit: int, facets: bool, any_word: bool = False) -> Sequence[str]: ...


class Ours:
    """Wherewithal's own, as the library uses it."""

    def build(self, records: Iterable[Record], folder: Path) -> None:
        from wherewithal.search import Document, open_index

        open_index(folder, FACETS).write(
            Document(each.key, each.title, each.names, each.text, each.facets) for each in records
        )

    def open(self, folder: Path) -> None:
        from wherewithal.search import open_index

        self._index = open_index(folder, FACETS)

    def search(self, query: str, limit: int, facets: bool, any_word: bool = False) -> Sequence[str]:
        found = self._index.search(query, limit=limit, facets=FACETS if facets else (), any_word=any_word)
        return [hit.key for hit in found.hits]


class Tantivy:
    """tantivy as it comes: its English analyser, any word matches, a title counts twice, facets as raw fast fields."""

    def build(self, records: Iterable[Record], folder: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("key", stored=True, tokenizer_name="raw")
        for field in ("title", "names", "text"):
            schema.add_text_field(field, tokenizer_name="en_stem")
        for facet in FACETS:
            schema.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        index = tantivy.Index(schema.build(), str(folder))
        writer = index.writer(heap_size=256_000_000, num_threads=2)
        for each in records:
            document = tantivy.Document(
                key=each.key, title=each.title, text=each.text, names=list(each.names)
            )
            for facet in FACETS:
                for value in each.facets.get(facet, ()):
                    document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._counts = {facet: {"terms": {"field": facet, "size": 100}} for facet in FACETS}

    def search(self, query: str, limit: int, facets: bool, any_word: bool = False) -> Sequence[str]:
        plain = " ".join(re.findall(r"\w+", query.lower()))  # its own syntax never sees what was typed
        asked, _ = self._index.parse_query_lenient(
            plain, ["title", "names", "text"], {"title": 2.0, "names": 1.5}
        )
        found = self._searcher.search(asked, limit)
        if facets:
            self._searcher.aggregate(asked, self._counts)
        return [self._searcher.doc(address)["key"][0] for _, address in found.hits]


class Bm25s:
    """bm25s with its English stop words and the Snowball stemmer, a title counted twice. It has no facets."""

    def build(self, records: Iterable[Record], folder: Path) -> None:
        import bm25s
        import Stemmer

        keys, texts = [], []
        for each in records:
            keys.append(each.key)
            texts.append(" ".join((each.title, each.title, *each.names, each.text)))
        stemmer = Stemmer.Stemmer("english")
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
        index = bm25s.BM25(backend="numba")
        index.index(tokens, show_progress=False)
        index.save(str(folder))
        (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")

    def open(self, folder: Path) -> None:
        import bm25s
        import Stemmer

        self._keys: list[str] = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
        self._index: Any = bm25s.BM25.load(str(folder), mmap=True)
        self._stemmer = Stemmer.Stemmer("english")

    def search(self, query: str, limit: int, facets: bool, any_word: bool = False) -> Sequence[str]:
        import bm25s

        tokens = bm25s.tokenize([query], stopwords="en", stemmer=self._stemmer, show_progress=False)
        places, scores = self._index.retrieve(tokens, k=limit, show_progress=False, n_threads=1)
        return [self._keys[place] for place, score in zip(places[0], scores[0], strict=True) if score > 0]


ENGINES: dict[str, type[Engine]] = {"ours": Ours, "tantivy": Tantivy, "bm25s": Bm25s}
