"""Files in one packed folder, the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

THEN = (1980, 1, 1, 0, 0, 0)
"""The time in a packed file: always the same, so that the same inputs give the same bytes."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
