"""Registers: bodies that rate programmes, and what each value of their own scale means.

Each is a data file in ``registers/`` that a person who does not program can review. Values are kept apart
by *state*, because they mean different things and none of them is a number:

=================  =====================================================================================
rated              the register gives a rating
below threshold    looked at, and too little found to rate: says nothing about whether it works
no effect          a rigorous study found none
harm               a rigorous study found harm
no result          a study stopped or could not tell
=================  =====================================================================================

Two more states have no value in the scale, because they are about us and not about the programme: *no
rating in our copy* (the row is there, its rating is not) and *not assessed* (no row at all).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from wherewithal.errors import NothingThere

KINDS = {
    "register": "rates programmes",
    "single studies": "what single studies found",
    "economic model": "works out costs and benefits; says nothing about how sure an effect is",
    "guidance": "guides, principles and recommendations",
    "toolkits": "places to look",
    "practice examples": "what others have done",
}
"""What a source is. The first three hold ratings of programmes, the others lists of things to read."""

STATES = ("rated", "below threshold", "no effect", "harm", "no result")
DIRECTIONS = ("", "improves", "none", "harm", "both")
DESIGNS = ("", "randomised trial", "rigorous comparison", "no rigorous comparison", "many studies averaged")
SEVERAL = ("", "rigorous", "weaker", "averaged")
SURENESS = {
    "seen": "read on the register's own page or a copy of it",
    "secondary": "read in another body's description",
    "unchecked": "not checked at its source",
}


@dataclass(frozen=True)
class Value:
    """One value of a register's own scale, and what it implies.

    ``direction`` is what it says about effect; ``firm`` whether that rests on a rigorous comparison;
    ``several`` whether more than one study stands behind it ("rigorous", "weaker" or "averaged");
    ``padlocks`` is the strength of evidence where direction comes from months of progress instead.
    ``sure`` says how sure we are of the meaning, and ``source`` where it was read. ``aliases`` are other words
    for it in files that gather several registers.
    """

    native: str
    label: str
    state: str
    meaning: str
    sure: str
    source: str
    design: str = ""
    several: str = ""
    independent: bool = False
    lasting: bool = False
    direction: str = ""
    firm: bool = False
    padlocks: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flag:
    """A mark that a register adds to a value, such as the Guidebook's asterisk for mixed findings."""

    mark: str
    meaning: str
    direction: str
    sure: str
    source: str


@dataclass(frozen=True)
class Cost:
    """One value of a register's cost scale: ordinal, undated, never arithmetic."""

    native: str
    meaning: str
    sure: str


@dataclass(frozen=True)
class Register:
    """A body that rates programmes, with its scale.

    ``the`` is its name in a sentence; ``judges`` what it judges, in full; ``judged`` the same for a table
    cell; ``bar`` completes "the Guidebook ..." to say what it asks for; ``absence`` what it means when a
    programme is not there. ``kind`` is a key of ``KINDS``; ``months`` says that it gives months of progress,
    ``approaches`` that it rates whole approaches and not named programmes, ``facts_only`` that its licence
    lets us keep references, titles and dates but no words of it. ``covers`` and ``access`` say what it is
    about and how to get in. ``also_called`` are its names in files that gather several registers.
    """

    key: str
    name: str
    the: str
    run_by: str
    country: str
    home: str
    kind: str
    judges: str
    judged: str
    bar: str
    absence: str
    licence: str
    review_interval_years: int
    review_interval_why: str
    values: tuple[Value, ...] = ()
    flags: tuple[Flag, ...] = ()
    costs: tuple[Cost, ...] = ()
    months: bool = False
    approaches: bool = False
    facts_only: bool = False
    covers: str = ""
    access: str = ""
    also_called: tuple[str, ...] = ()

    @property
    def rates(self) -> bool:
        """Whether its rows are ratings of programmes, and not entries of a list."""
        return self.kind in ("register", "single studies", "economic model")

    def read_value(self, native: str) -> tuple[Value, Flag | None] | None:
        """The value and flag that ``native`` stands for ("3+*": 3+ with the asterisk), or None if unknown."""
        text = " ".join(native.split()).casefold()
        known = {value.native.casefold(): value for value in self.values}
        if text in known:
            return known[text], None
        for flag in self.flags:
            bare = text.removesuffix(flag.mark)
            if text.endswith(flag.mark) and bare in known:
                return known[bare], flag
        return None

    def native_called(self, words: str) -> str | None:
        """The native value that ``words`` stand for, flag and all ("evidence 4+": "4+"), or None if unknown.

        Beside the native values themselves their labels and ``aliases`` are known.
        """
        if self.read_value(words):
            return " ".join(words.split())
        text = " ".join(words.split()).casefold()
        for value in self.values:
            known = (value.label.casefold(), *map(str.casefold, value.aliases))
            if text in known:
                return value.native
            for flag in self.flags:
                if text.endswith(flag.mark) and text.removesuffix(flag.mark).rstrip() in known:
                    return value.native + flag.mark
        return None

    def cost(self, native: str) -> Cost | None:
        return next(
            (cost for cost in self.costs if cost.native.casefold() == native.strip().casefold()), None
        )

    @property
    def scale_in_words(self) -> str:
        """Every value that may stand in a file, for a message."""
        marks = "".join(f", each also with {flag.mark}" for flag in self.flags)
        return ", ".join(f"'{value.native}'" for value in self.values) + marks


def _value_from(plain: Mapping[str, Any]) -> Value:
    return Value(**{"label": plain["native"], **plain, "aliases": tuple(plain.get("aliases", ()))})


def register_from(plain: Mapping[str, Any], *, file: str) -> Register:
    """A register from its data file. Raises ValueError naming the file and what is wrong with it."""
    parts = dict(plain)
    try:
        values = tuple(_value_from(value) for value in parts.pop("value", ()))
        flags = tuple(Flag(**flag) for flag in parts.pop("flag", ()))
        costs = tuple(Cost(**cost) for cost in parts.pop("cost", ()))
        parts["also_called"] = tuple(parts.get("also_called", ()))
        found = Register(**parts, values=values, flags=flags, costs=costs)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{file}: {error}") from error
    if f"{found.key}.toml" != file:
        raise ValueError(f"{file}: its key is '{found.key}', which does not match its name")
    if found.kind not in KINDS:
        raise ValueError(f"{file}: kind is '{found.kind}', not one of {tuple(KINDS)}")
    natives = [value.native.casefold() for value in values]
    others = [alias.casefold() for value in values for alias in value.aliases]
    if len({*natives, *others}) != len(natives) + len(others):
        raise ValueError(f"{file}: a value stands in the scale twice")
    for value in values:
        for name, word, allowed in (
            ("state", value.state, STATES),
            ("direction", value.direction, DIRECTIONS),
            ("design", value.design, DESIGNS),
            ("several", value.several, SEVERAL),
            ("sure", value.sure, tuple(SURENESS)),
        ):
            if word not in allowed:
                raise ValueError(f"{file}, value '{value.native}': {name} is '{word}', not one of {allowed}")
    return found


@cache
def registers() -> Mapping[str, Register]:
    """Every register and list that comes with the product, by key, in the order they are shown.

    The order is that of ``registers/order.toml``. Raises ValueError where it and the files disagree.
    """
    folder = resources.files(__package__).joinpath("registers")
    order = tomllib.loads(folder.joinpath("order.toml").read_text(encoding="utf-8"))["order"]
    names = [entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")]
    if sorted(names) != sorted(["order.toml", *(f"{key}.toml" for key in order)]):
        raise ValueError(f"registers/order.toml does not name each file once: {sorted(names)}")
    found = {}
    for key in order:
        file = f"{key}.toml"
        found[key] = register_from(
            tomllib.loads(folder.joinpath(file).read_text(encoding="utf-8")), file=file
        )
    return found


def register(name: str) -> Register:
    """The register with that key or name, or one it goes by, in capitals or not.

    Raises NothingThere naming those there are.
    """
    wanted = name.strip().casefold()
    for one in registers().values():
        if wanted in (one.key.casefold(), one.name.casefold(), *map(str.casefold, one.also_called)):
            return one
    raise NothingThere(
        f"There is no register '{name}'.", [f"{one.key} ({one.name})" for one in registers().values()]
    )
