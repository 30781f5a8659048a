"""One outside service: where it is, what it asks of those who use it, and how sure we are of that."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Sure = Literal["documented", "second hand", "our choice"]


@dataclass(frozen=True)
class Limit:
    """One limit of a service. ``sure``: read in its own documentation or code, in somebody else's account of
    it, or a limit that we set ourselves out of politeness. ``where`` is what says so.
    """

    words: str
    sure: Sure
    where: str = ""


@dataclass(frozen=True)
class Service:
    """One service of the catalogue.

    ``address`` ends without a slash; ``""`` where each repository or register has its own. ``licence`` is that
    of the service's data. ``key_variable`` names the environment variable that holds the key, which is sent in
    the header ``key_header`` or as the parameter ``key_parameter``. ``contact_parameter`` is how the service
    asks to be told whom to write to. ``per_second`` is the most requests a second that we make. ``probe`` is
    the path and parameters of the smallest useful request, for seeing whether the service answers.
    ``answers`` is the form of its answers, in words.
    """

    key: str
    name: str
    covers: str
    address: str
    licence: str
    documentation: str
    answers: str = "JSON"
    needs_key: bool = False
    key_variable: str = ""
    key_header: str = ""
    key_parameter: str = ""
    key_from: str = ""
    contact_parameter: str = ""
    per_second: float = 1.0
    limits: tuple[Limit, ...] = ()
    probe: tuple[str, tuple[tuple[str, str], ...]] = ("", ())

    @property
    def address_variable(self) -> str:
        """The environment variable that puts another address in the place of ``address``."""
        return f"WHEREWITHAL_SOURCE_{re.sub(r'[^A-Z0-9]', '_', self.key.upper())}"

    @property
    def base(self) -> str:
        """The address in use: the environment's, or the service's own."""
        return (os.environ.get(self.address_variable, "").strip() or self.address).rstrip("/")

    @property
    def secret(self) -> str:
        """The key from the environment; empty where there is none. Never stored, shown or logged."""
        return os.environ.get(self.key_variable, "").strip() if self.key_variable else ""

    def is_at(self, address: str) -> bool:
        """Whether ``address`` is at this service: the same scheme, host and port. Keys go nowhere else."""
        return bool(self.base) and origin_of(address) == origin_of(self.base)


def origin_of(address: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address, with the scheme's usual port where it names none."""
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    try:
        port = parts.port or usual
    except ValueError:  # a port that is no number
        port = None
    return parts.scheme, (parts.hostname or "").lower(), port
