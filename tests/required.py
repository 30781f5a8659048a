"""What a test needs and this machine may lack: skipped with the reason, unless it was said to be there.

``WHEREWITHAL_NO_SKIP`` names what must be there (``chromium,postgresql,libreoffice,shared,rscript``): its absence is
then a failure. Continuous integration sets it, so that a missing browser cannot pass as a green run.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def must_be_here(word: str) -> bool:
    return word in {part.strip() for part in os.environ.get("WHEREWITHAL_NO_SKIP", "").split(",")}


def skip(word: str, reason: str) -> NoReturn:
    """Skip the test with ``reason``, or fail it where ``word`` was said to be on this machine."""
    if must_be_here(word):
        pytest.fail(f"{reason} WHEREWITHAL_NO_SKIP says that {word} is here.", pytrace=False)
    pytest.skip(reason)
