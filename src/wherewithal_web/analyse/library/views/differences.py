"""The words that pages use for the columns of register files."""

from __future__ import annotations

from wherewithal.analyse.library import columns_of, registers

COLUMN_WORDS = {
    name: name.replace("_", " ").replace("uk ", "UK ")
    for one in registers().values()
    for name in columns_of(one)
}
