"""Parameter packs: the dated, sourced rates behind every figure, read from data files and never from code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plain_english import long_date
from wherewithal.sources.files import read_text
from wherewithal.thread import Source, fingerprint_of

DEFAULT_PACK = "green-book-2026"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Sure(StrEnum):
    """How sure we are of a value: where the figure was read."""

    SEEN = "seen"
    SECONDARY = "secondary"
    UNCHECKED = "unchecked"

    @property
    def words(self) -> str:
        return {
            Sure.SEEN: "read in the source named",
            Sure.SECONDARY: "read in another text that reports the source",
            Sure.UNCHECKED: "not yet checked: do not rely on it",
        }[self]


@dataclass(frozen=True)
class PackSource:
    """Where a value was read."""

    key: str
    title: str
    url: str
    dated: date
    licence: str = ""


@dataclass(frozen=True)
class Rate:
    """A discount rate, per cent a year in real terms, for the years from ``from_year`` to ``to_year``.

    Years count from the start of the appraisal; ``to_year`` is None for the last, open band.
    """

    from_year: int
    to_year: int | None
    percent: float
    source: PackSource
    sure: Sure

    @property
    def years(self) -> str:
        return f"{self.from_year} or later" if self.to_year is None else f"{self.from_year} to {self.to_year}"


@dataclass(frozen=True)
class Rule:
    """A convention of the pack that is not a rate, in words."""

    value: int
    words: str
    source: PackSource
    sure: Sure


@dataclass(frozen=True)
class Pack:
    """One edition of the rates. ``fingerprint`` is of the content, so an edited copy is another pack."""

    id: str
    title: str
    edition: str
    compiled: date
    look_again: date
    cautions: tuple[str, ...]
    first_discounted_year: Rule
    rates: Mapping[str, tuple[Rate, ...]]

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(asdict(self))

    @property
    def words(self) -> str:
        """How the pack is named on every output."""
        return f"{self.title} (pack {self.id}, compiled {long_date(self.compiled)})"

    @property
    def sources(self) -> tuple[PackSource, ...]:
        used = [rate.source for rates in self.rates.values() for rate in rates]
        return tuple(dict.fromkeys([*used, self.first_discounted_year.source]))

    def thread_source(self) -> Source:
        """The pack as a source of a finding."""
        main = self.rates["standard"][0].source
        return Source(f"pack:{self.id}", f"{self.title}: {main.title}", main.url, self.edition, main.licence)

    def percent(self, year: int, series: str = "standard") -> float:
        """The rate of one year. Raises NothingThere for a series that the pack does not hold."""
        return next(rate.percent for rate in reversed(self._series(series)) if rate.from_year <= max(year, 0))

    def discount_factors(self, years: int, series: str = "standard") -> tuple[float, ...]:
        """What a pound of each of the first ``years`` years is worth in the first.

        Year 0 counts in full. Each later year multiplies by its own rate, so that factors are cumulative
        across bands: 1 / ((1 + r1)(1 + r2)...). Method: HM Treasury, The Green Book, discounting; pinned to
        the tables of the R package ``greenbook`` 0.1.1.
        """
        factors = []
        factor = 1.0
        for year in range(years):
            if year >= self.first_discounted_year.value:
                factor /= 1 + self.percent(year, series) / 100
            factors.append(factor)
        return tuple(factors)

    def _series(self, series: str) -> tuple[Rate, ...]:
        try:
            return self.rates[series]
        except KeyError:
            raise NothingThere(f"{self.title} holds no rates called '{series}'.", self.rates) from None


@cache
def named_pack(pack_id: str = DEFAULT_PACK) -> Pack:
    """The pack of that id, of those that come with Wherewithal.

    Raises NothingThere naming the packs there are.
    """
    names = pack_ids()
    if pack_id not in names:
        raise NothingThere(f"There is no parameter pack '{pack_id}'.", names)
    name = f"{pack_id}.toml"
    return read_pack((resources.files("wherewithal.plan.options.packs") / name).read_bytes(), name=name)


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs that come with Wherewithal."""
    folder = resources.files("wherewithal.plan.options.packs")
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    )


def read_pack(source: Path | bytes, *, name: str = "") -> Pack:
    """Read a parameter pack from a TOML file.

    Raises BadInput naming every table and value that is missing or wrong, and what was expected there.
    """
    file = read_text(source, name=name)
    try:
        plain = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"{file.name} is not a parameter pack: it breaks the rules of TOML.",
            [
                Problem(
                    file.name,
                    str(error),
                    "TOML, as in the packs that come with Wherewithal",
                    "Mend that line.",
                )
            ],
        ) from error
    return _Reading(file.name, plain).pack()


class _Reading:
    """Checks one parsed file, keeping every problem until the end so that a person mends them in one go."""

    def __init__(self, name: str, plain: dict[str, Any]) -> None:
        self.name = name
        self.plain = plain
        self.problems: list[Problem] = []

    def pack(self) -> Pack:
        pack_id = self.want(self.plain, "id", str, "top of the file")
        if isinstance(pack_id, str) and not _ID.fullmatch(pack_id):
            self.wrong(
                "id", f"'{pack_id}'", "small letters, figures and single hyphens", "Choose another id."
            )
        title = self.want(self.plain, "title", str, "top of the file")
        edition = self.want(self.plain, "edition", str, "top of the file")
        compiled = self.want(self.plain, "compiled", date, "top of the file")
        look_again = self.want(self.plain, "look_again", date, "top of the file")
        cautions = self.plain.get("cautions", [])
        if not isinstance(cautions, list) or not all(isinstance(item, str) for item in cautions):
            self.wrong(
                "cautions", "something else", "a list of sentences", "Write each between quotation marks."
            )
            cautions = []
        sources = self.sources()
        rule = self.rule(sources)
        rates = self.rates(sources)
        if self.problems or rule is None:
            raise BadInput(f"{self.name} cannot be used as a parameter pack.", self.problems)
        return Pack(pack_id, title, edition, compiled, look_again, tuple(cautions), rule, rates)

    def sources(self) -> dict[str, PackSource]:
        tables = self.table(self.plain, "sources")
        found = {}
        for key, table in tables.items():
            where = f"sources.{key}"
            if not isinstance(table, dict):
                self.wrong(where, "not a table", f"a table [{where}]", "Give title, url and dated.")
                continue
            url = self.want(table, "url", str, where)
            if isinstance(url, str) and not url.startswith("https://"):
                self.wrong(
                    f"{where}, url", f"'{url}'", "an address starting https://", "Give the page's address."
                )
            title = self.want(table, "title", str, where)
            dated = self.want(table, "dated", date, where)
            found[key] = PackSource(key, title, url, dated, str(table.get("licence", "")))
        return found

    def rule(self, sources: dict[str, PackSource]) -> Rule | None:
        where = "rules.first_discounted_year"
        table = self.table(self.plain, "rules").get("first_discounted_year")
        if not isinstance(table, dict):
            self.wrong(
                where, "no such table", f"a table [{where}]", "Add it with value, words, source and sure."
            )
            return None
        value = self.want(table, "value", int, where)
        if value not in (0, 1):
            self.wrong(
                f"{where}, value", str(value), "1, or 0 where even the first year counts less", "Mend it."
            )
        words = self.want(table, "words", str, where)
        source, sure = self.standing(table, where, sources)
        return Rule(value, words, source, sure) if source and sure else None

    def rates(self, sources: dict[str, PackSource]) -> dict[str, tuple[Rate, ...]]:
        series = self.table(self.plain, "rates")
        if "standard" not in series:
            self.wrong(
                "rates",
                f"{', '.join(series) or 'nothing'}",
                "rates.standard",
                "Add [[rates.standard]] bands.",
            )
        found = {}
        for key, tables in series.items():
            if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
                self.wrong(f"rates.{key}", "not a list of bands", f"bands, each [[rates.{key}]]", "Mend it.")
                continue
            bands = [self.band(table, f"rates.{key}, band {n}", sources) for n, table in enumerate(tables, 1)]
            found[key] = tuple(band for band in bands if band)
            if all(bands):
                self.check_bands(key, found[key])
        return found

    def band(self, table: dict[str, Any], where: str, sources: dict[str, PackSource]) -> Rate | None:
        first = self.want(table, "from_year", int, where)
        last = table.get("to_year")
        if last is not None and (not isinstance(last, int) or (isinstance(first, int) and last < first)):
            self.wrong(
                f"{where}, to_year", str(last), "a year not before from_year", "Mend it, or leave it out."
            )
        percent = self.want(table, "percent", (int, float), where)
        if isinstance(percent, int | float) and not 0 <= percent <= 20:
            self.wrong(
                f"{where}, percent", f"{percent:g}", "0 to 20, in per cent a year", "Write 3.5 for 3.5%."
            )
        source, sure = self.standing(table, where, sources)
        if not isinstance(first, int) or not isinstance(percent, int | float) or not source or not sure:
            return None
        return Rate(first, last, float(percent), source, sure)

    def check_bands(self, key: str, bands: tuple[Rate, ...]) -> None:
        if not bands or bands[0].from_year != 0:
            self.wrong(f"rates.{key}", "no band from year 0", "the first band from year 0", "Add that band.")
        for number, (band, following) in enumerate(pairwise(bands), 2):
            if band.to_year is None or following.from_year != band.to_year + 1:
                self.wrong(
                    f"rates.{key}, band {number}",
                    f"from year {following.from_year}, after a band for years {band.years}",
                    "bands that follow on without a gap or an overlap",
                    "Mend from_year or to_year.",
                )
        if bands and bands[-1].to_year is not None:
            self.wrong(
                f"rates.{key}, last band",
                f"ends in year {bands[-1].to_year}",
                "a last band without to_year",
                "Leave its to_year out.",
            )

    def standing(
        self, table: dict[str, Any], where: str, sources: dict[str, PackSource]
    ) -> tuple[PackSource | None, Sure | None]:
        """The source of a value and how sure it is: no value goes without them."""
        key = self.want(table, "source", str, where)
        if isinstance(key, str) and key not in sources:
            known = ", ".join(sources) or "none yet"
            self.wrong(
                f"{where}, source", f"'{key}'", f"one of the sources of the file: {known}", "Add the source."
            )
        sure = self.want(table, "sure", str, where)
        if isinstance(sure, str) and sure not in list(Sure):
            self.wrong(
                f"{where}, sure", f"'{sure}'", "seen, secondary or unchecked", "Say where it was read."
            )
            sure = None
        return sources.get(key) if isinstance(key, str) else None, Sure(sure) if sure else None

    def table(self, plain: dict[str, Any], key: str) -> dict[str, Any]:
        value = plain.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, "not a table", f"tables [{key}.…]", "See the packs that come with Wherewithal.")
            return {}
        return value

    def want(self, table: dict[str, Any], key: str, kind: type | tuple[type, ...], where: str) -> Any:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, kind) or value == "":
            names = {
                str: "words between quotation marks",
                date: "a date such as 2026-02-05",
                int: "a whole number",
            }
            expected = names.get(kind, "a number") if isinstance(kind, type) else "a number"
            found = "nothing" if value in (None, "") else f"{value!r}"
            self.wrong(f"{where}, {key}", found, expected, f"Write {key} = …")
            return None
        return value

    def wrong(self, where: str, found: str, expected: str, do: str) -> None:
        self.problems.append(Problem(where, found, expected, do))
