"""An index in a folder (interim: kept in memory, stored as lines of JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from wherewithal.search.memory_index import MemoryIndex
from wherewithal.search.port import Document


class FolderIndex(MemoryIndex):
    """Interim."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / "documents.json"
        folder.mkdir(parents=True, exist_ok=True)
        if self._file.exists():
            stored = json.loads(self._file.read_text(encoding="utf-8"))
            rows = ({**row, "names": tuple(row["names"])} for row in stored["documents"])
            super().write((Document(**row) for row in rows), position=stored["position"])

    def write(
        self, documents: Iterable[Document], *, remove: Iterable[str] = (), position: int | None = None
    ) -> None:
        super().write(documents, remove=remove, position=position)
        rows = [asdict(held.document) for held in self._held.values()]
        self._file.write_text(json.dumps({"position": self.position, "documents": rows}), encoding="utf-8")


def open_index(folder: Path, facets: Sequence[str]) -> FolderIndex:
    """Open the index of a folder."""
    return FolderIndex(folder)
