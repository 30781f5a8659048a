"""What an index is made with: where this differs from what a folder says, the index is made anew."""

from __future__ import annotations

from importlib.resources import files
from zlib import crc32

_LAYOUT = 1
"""To be raised where the analyser, the layout or the files of an index change."""
_DATA = ("spellings.toml", "words.toml")

FORMAT = f"{_LAYOUT}-" + "-".join(
    f"{crc32(files(__package__).joinpath(name).read_bytes()):08x}" for name in _DATA
)
"""The format of what is stored: the layout's number, and the word lists that decide how words are stored."""
