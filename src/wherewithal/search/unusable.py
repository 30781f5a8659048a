"""What goes wrong with an index in a folder, so that its caller can put it right."""

from __future__ import annotations

from pathlib import Path


class RebuildNeeded(Exception):
    """The folder holds no index that can be used: broken, of an older make, or with other facets.

    Empty the folder, or take another, and write everything again.
    """

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"The search index in {folder} has to be made again: {why}")
        self.folder = folder
        self.why = why


class IndexBusy(Exception):
    """Another process has been writing to the index for longer than this one would wait. Nothing was changed."""

    def __init__(self, folder: Path, seconds: float) -> None:
        super().__init__(
            f"Another process has been writing to the search index in {folder} for {seconds:g} seconds. "
            "Try again later."
        )
        self.folder = folder
