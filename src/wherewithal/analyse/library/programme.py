"""Programmes: which rows of different registers are about the same thing, and why we think so.

A programme is a product in one version, for one age range, in one format. Ratings belong to it, and never
to its family: Incredible Years for toddlers and for preschoolers are two programmes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wherewithal.analyse.library.edition import name_key
from wherewithal.analyse.library.register import registers
from wherewithal.analyse.library.slugs import slug_of

SURE = {
    "clear": "nothing in our copies speaks against it",
    "likely": "the register does not say which version it means",
    "same name": "the names are the same; nobody has checked that the versions are",
}


@dataclass(frozen=True)
class Family:
    key: str
    name: str


@dataclass(frozen=True)
class Programme:
    """One programme. ``curated`` is true where a person has looked at its identity."""

    slug: str
    name: str
    family: Family | None = None
    curated: bool = False


@dataclass(frozen=True)
class Match:
    """Why a register's row belongs to a programme, and how sure that is (a key of ``SURE``)."""

    programme: Programme
    sure: str
    why: str


@dataclass(frozen=True)
class Catalogue:
    """The curated programmes, by slug, and the rows that belong to them, by register and compared name."""

    programmes: Mapping[str, Programme]
    matches: Mapping[tuple[str, str], Match]
    families: Mapping[str, Family]

    def match(self, register: str, name: str) -> Match:
        """The programme that a register's row is about.

        A row that nobody has placed gets a programme of its own under its name. Where two registers use
        one name, they meet there, and the match says that nobody has checked it.
        """
        known = self.matches.get((register, name_key(name)))
        if known:
            return known
        slug = slug_of(name)
        known_register = registers().get(register)
        label = f"{name} (approach)" if known_register and known_register.approaches else name
        programme = self.programmes.get(slug) or Programme(slug, label)
        return Match(
            programme, "same name", "The registers use the same name; nobody has checked the versions."
        )


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the product. Raises ValueError where its file contradicts itself."""
    text = resources.files(__package__).joinpath("programmes.toml").read_text(encoding="utf-8")
    return catalogue_from(tomllib.loads(text))


def catalogue_from(plain: Mapping[str, list[dict[str, object]]]) -> Catalogue:
    """A catalogue from the shape of ``programmes.toml``."""
    families = {
        str(item["key"]): Family(str(item["key"]), str(item["name"])) for item in plain.get("family", [])
    }
    programmes: dict[str, Programme] = {}
    matches: dict[tuple[str, str], Match] = {}
    for item in plain.get("programme", []):
        slug = str(item["slug"])
        if slug in programmes:
            raise ValueError(f"programmes.toml: '{slug}' stands twice")
        family = str(item.get("family", ""))
        if family and family not in families:
            raise ValueError(f"programmes.toml, '{slug}': no family '{family}'")
        programmes[slug] = Programme(slug, str(item["name"]), families.get(family), curated=True)
        found = item.get("match", [])
        for match in found if isinstance(found, list) else []:
            key = (match["register"], name_key(match["name"]))
            if key in matches:
                raise ValueError(f"programmes.toml: {key} belongs to two programmes")
            if match["sure"] not in SURE or not match["why"]:
                raise ValueError(f"programmes.toml, '{slug}': a match needs 'sure' and 'why'")
            matches[key] = Match(programmes[slug], match["sure"], match["why"])
    return Catalogue(programmes, matches, families)
