"""Reads a PDF in a process of its own: ``python -I apart.py FILE PAGES``.

A PDF is a program of a kind, and one can be made so that reading it takes for ever or fills the memory. This
process may use a fixed amount of both, and writes what it has read as it goes, one JSON object a line: first
``{"pages": …, "title": …}`` or ``{"refused": …}``, then ``{"page": 1, "text": …}`` for each page.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

MEMORY = 1_500_000_000
"""Bytes it may take. A long report with pictures needs a tenth."""

A_PAGE = 60_000
"""Characters kept of a page: a dense page of a journal has 8,000."""

LOCKED, DAMAGED, NO_PAGES = "locked", "damaged", "no pages"


def say(**said: object) -> None:
    print(json.dumps(said), flush=True)


def hold_memory() -> None:
    """Limit what this process may take, on the systems that can."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of whoever started this process remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read(path: Path, most: int) -> None:
    """Say how many pages a PDF has, then the words of the first ``most``."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.disable(logging.CRITICAL)  # it comments on every odd font
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            say(refused=LOCKED)
            return
        pages = len(reader.pages)
    except (DependencyError, NotImplementedError):  # a cipher beyond the oldest
        say(refused=LOCKED)
        return
    except MemoryError:
        raise
    except Exception as error:  # a broken file breaks the reader in a hundred ways
        say(refused=DAMAGED, why=f"{type(error).__name__}: {error}"[:200])
        return
    if not pages:
        say(refused=NO_PAGES)
        return
    try:
        title = (reader.metadata.title if reader.metadata else "") or ""
    except Exception:
        title = ""
    say(pages=pages, title=title[:500])
    for number in range(min(pages, most)):
        try:
            text = reader.pages[number].extract_text()
        except MemoryError:
            raise
        except Exception:  # one page that cannot be read does not cost the others
            text = None
        say(page=number + 1, text=text if text is None else text[:A_PAGE])


if __name__ == "__main__":
    hold_memory()
    sys.setrecursionlimit(2_000)
    read(Path(sys.argv[1]), int(sys.argv[2]))
