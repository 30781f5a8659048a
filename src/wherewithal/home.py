"""Where Wherewithal keeps what it stores on this machine: the embedded database, files and indexes."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The data folder: ``$WHEREWITHAL_HOME``, or the user's data folder of this system.

    Made if missing, and then for its owner only: cases are private until they are published.
    """
    named = os.environ.get("WHEREWITHAL_HOME")
    folder = (
        Path(named).expanduser()
        if named
        else Path(platformdirs.user_data_dir("wherewithal", appauthor=False))
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
