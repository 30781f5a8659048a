"""Names as parts of addresses."""

from __future__ import annotations

import re
import unicodedata


def slug_of(name: str) -> str:
    """A name as part of an address: lower case letters, digits and hyphens, at most 80 characters."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")
    return slug[:80].strip("-") or "programme"
