"""Files of figures as they arrive: told apart by what is in them, and read into one shape to be kept.

    for arrival in arrivals([Given("bds_long_0.parquet", data), Given("lait_data_dictionary.csv", words)]):
        arrival.provider, arrival.frame, arrival.measures

Known are exports of Fingertips, files of Explore Education Statistics, LAIT's long table, tables of Nomis, the
department's table of statistical neighbours, and any CSV of a council's own with a mapping that says which column is
which. Areas are kept under their current codes: a file that knows an authority by number or name only is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import polars as pl

from wherewithal.analyse.needs import columns
from wherewithal.analyse.needs.authorities import code_named, codes_by_number
from wherewithal.analyse.needs.dfe import Children, children_in, has_recipe, indicator_rows, population_rows
from wherewithal.analyse.needs.geography import Change, changes
from wherewithal.analyse.needs.indicators import Measure, Polarity, measure
from wherewithal.analyse.needs.nomis_figures import figures_of
from wherewithal.analyse.needs.published import published
from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plain_english import counted, listed
from wherewithal.sources.explore_education import DataSet, data_set_of, is_data_set
from wherewithal.sources.files import LARGEST_BYTES, TextFile, bytes_of, read_csv, read_text
from wherewithal.sources.fingertips import COLUMNS as FINGERTIPS_COLUMNS
from wherewithal.sources.fingertips import IndicatorRow, export_of
from wherewithal.sources.lait import COLUMNS as LAIT_COLUMNS
from wherewithal.sources.lait import (
    DICTIONARY_COLUMNS,
    ENGLAND_NUMBER,
    LaitMeasure,
    LaitTable,
    is_lait,
    read_dictionary,
    read_lait,
)
from wherewithal.sources.nomis import COLUMNS as NOMIS_COLUMNS
from wherewithal.sources.nomis import read_nomis
from wherewithal.sources.own_table import Columns, read_own
from wherewithal.sources.statistical_neighbours import Neighbours, read_statistical_neighbours
from wherewithal.sources.symbols import LAIT as LAIT_MARKS
from wherewithal.sources.workbook import is_workbook
from wherewithal.statistics.estimates import crude_rate, proportion


class Provider(StrEnum):
    """Whose figures they are."""

    FINGERTIPS = "fingertips"
    EXPLORE_EDUCATION = "explore-education"
    LAIT = "lait"
    NOMIS = "nomis"
    OWN = "own"


@dataclass(frozen=True)
class Given:
    """One file as it was given: its name, and its content or where it is."""

    name: str
    content: bytes

    @classmethod
    def at(cls, path: Path, largest: int = LARGEST_BYTES) -> Given:
        """The file at a path. Raises BadInput where it cannot be opened or is too large."""
        return cls(path.name, bytes_of(path, path.name, largest))


@dataclass(frozen=True)
class Arrival:
    """The figures of one file, ready to be kept.

    ``frame`` has the columns of ``columns.SCHEMA``; ``measures`` says how to read indicators that the room does not
    describe itself; ``repeated`` counts rows that said the same again; ``said`` are sentences for whoever brought it;
    ``address`` is where a service was asked for it, empty for a file that a person brought.
    """

    provider: Provider
    name: str
    sha256: str
    frame: pl.DataFrame
    measures: Mapping[str, Measure] = field(default_factory=dict)
    repeated: int = 0
    said: tuple[str, ...] = ()
    address: str = ""

    @property
    def indicators(self) -> Mapping[str, str]:
        """Names by identifier, in the order of the file."""
        found = self.frame.select("indicator_id", "indicator").unique("indicator_id", maintain_order=True)
        return dict(found.iter_rows())

    @property
    def areas(self) -> Sequence[tuple[str, str, str]]:
        """Code, name and type of every area, once for each type it is listed under."""
        places = self.frame.select("area_code", "area_name", "area_type")
        return places.unique(["area_code", "area_type"], keep="last", maintain_order=True).rows()

    @property
    def periods(self) -> tuple[str, ...]:
        """Its periods in order of time."""
        return tuple(self.frame.select("period", "order").unique().sort("order", "period")["period"])


@dataclass(frozen=True)
class Brought:
    """Everything that files given together hold: figures, and who is like whom where a table says so."""

    arrivals: tuple[Arrival, ...]
    neighbours: Mapping[int, Neighbours] = field(default_factory=dict)


class ColumnsUnknown(BadInput):
    """A table of nobody known, of whose columns nobody has said yet which is which."""

    def __init__(self, given: Given, header: Sequence[str]) -> None:
        super().__init__(
            f"{given.name} is none of the files that are known by their columns.",
            [
                Problem(
                    "row 1",
                    listed([f"'{column}'" for column in header[:20]], "and"),
                    "a Fingertips export, a file of Explore Education Statistics, LAIT or Nomis",
                    "If it is a table of your own, say which column is which.",
                )
            ],
        )
        self.given = given
        self.header = tuple(header)


MappingOf = Callable[[Sequence[str]], Columns | None]
"""From the header of a table to what was said of such columns before."""


def nothing_said(_header: Sequence[str]) -> None:
    """No mapping is known."""


def read_all(
    files: Iterable[Given],
    *,
    mapping_of: MappingOf = nothing_said,
    children: Children | None = None,
    largest: int = LARGEST_BYTES,
) -> Brought:
    """Read files that were given together, each by what is in it.

    LAIT's dictionary describes its table; a file of the department's population estimates is what rates of children
    are divided by, or else ``children`` held from before. Raises BadInput for a file that is wrong, ``ColumnsUnknown``
    for a table whose columns nobody has said, and NothingThere for a file of a known kind that holds no indicator.
    """
    sorted_out = _SortedOut(mapping_of, largest)
    for given in files:
        sorted_out.take(given)
    return sorted_out.brought(children or {})


class _SortedOut:
    """Files by kind, before those that need another are put together."""

    def __init__(self, mapping_of: MappingOf, largest: int) -> None:
        self.mapping_of = mapping_of
        self.largest = largest
        self.arrivals: list[Arrival] = []
        self.data_sets: list[DataSet] = []
        self.tables: list[LaitTable] = []
        self.measures: Mapping[str, LaitMeasure] = {}
        self.neighbours: Mapping[int, Neighbours] = {}
        self.companions: list[str] = []

    def take(self, given: Given) -> None:
        if is_lait(given.content):
            self.tables.append(read_lait(given.content, name=given.name, largest=self.largest))
            return
        if is_workbook(given.content):
            # The one workbook that is published as such; other tables are saved as CSV.
            self.neighbours = read_statistical_neighbours(given.content, name=given.name)
            self.companions.append(given.name)
            return
        file = read_text(given.content, name=given.name, largest=self.largest)
        header = _header(file)
        if FINGERTIPS_COLUMNS[0] in header and FINGERTIPS_COLUMNS[4] in header:
            self.arrivals.append(_fingertips(file))
        elif is_data_set(file):
            self.data_sets.append(data_set_of(file))
        elif set(LAIT_COLUMNS) <= set(header):
            self.tables.append(read_lait(given.content, name=given.name, largest=self.largest))
        elif set(DICTIONARY_COLUMNS) <= set(header):
            self.measures = read_dictionary(given.content)
            self.companions.append(file.name)
        elif {"old_la_code", "SN_1", "SN_1P"} <= set(header):
            self.neighbours = read_statistical_neighbours(given.content, name=given.name)
            self.companions.append(file.name)
        elif set(NOMIS_COLUMNS) <= set(header):
            self.arrivals.append(_nomis(given, file, self.largest))
        else:
            self.arrivals.append(self._own(given, header))

    def _own(self, given: Given, header: Sequence[str]) -> Arrival:
        said = self.mapping_of(header)
        if said is None:
            raise ColumnsUnknown(given, header)
        return own_arrival(given, said, self.largest)

    def brought(self, children: Children) -> Brought:
        here = children_in(self.data_sets)
        arrivals = list(self.arrivals)
        for data_set in self.data_sets:
            arrivals.append(explore_education_arrival(data_set, here or children))
        for table in self.tables:
            arrivals.append(lait_arrival(replace(table, measures=self.measures or table.measures)))
        if not arrivals and not self.neighbours:
            raise NothingThere(
                f"{listed(self.companions)} describes other files and holds no figures. Give the files together.",
                ["LAIT's long table, as Parquet or CSV"],
            )
        return Brought(tuple(arrivals), self.neighbours)


def _header(file: TextFile) -> list[str]:
    return read_csv(file, required=(), kind="a table")[0]


def _arrived(
    provider: Provider,
    file: TextFile,
    rows: Iterable[IndicatorRow],
    *,
    measures: Mapping[str, Measure] | None = None,
    repeated: int = 0,
) -> Arrival:
    arrival = Arrival(
        provider,
        file.name,
        file.sha256,
        columns.frame_of(rows),
        measures or {},
        repeated,
        tuple(_encoding(file)),
    )
    return _under_current_codes(arrival)


def _encoding(file: TextFile) -> Iterable[str]:
    """A word of caution about a file whose characters had to be guessed."""
    if not file.encoding.lower().startswith("utf"):
        yield (
            f"The file is not UTF-8 and does not say what else, so it was read as {file.encoding}: look at names with "
            "accents and at pound signs."
        )


def _under_current_codes(arrival: Arrival) -> Arrival:
    """Areas under the codes that they have today, and a sentence for each change that this met."""
    codes = set(arrival.frame["area_code"].unique())
    met = [change for change in changes() if codes & set(change.old)]
    if not met:
        return arrival
    recoded = {change.old[0]: change.new[0] for change in met if change.kind == "recoded"}
    frame = arrival.frame.with_columns(pl.col("area_code").replace(recoded))
    once = columns.newest(frame)
    return replace(
        arrival,
        frame=once,
        repeated=arrival.repeated + frame.height - once.height,
        said=(*arrival.said, *_changes_in_words(met)),
    )


def _changes_in_words(met: Sequence[Change]) -> Iterable[str]:
    yield from (change.words for change in met if change.kind == "recoded")
    ended = [f"{change.name} ({change.year})" for change in met if change.kind == "reorganised"]
    if ended:
        yield f"Areas that ended: {listed(ended)}. Their figures belong to none of the areas of today alone."


# --- Fingertips and the department's files ----------------------------------------------------------------


def _fingertips(file: TextFile) -> Arrival:
    export = export_of(file)
    return _arrived(Provider.FINGERTIPS, file, export.rows, repeated=export.description.repeated)


def explore_education_arrival(data_set: DataSet, children: Children, title: str = "") -> Arrival:
    """A data set of the department's to be kept: worked out from its counts where there is a recipe, or as published.

    Raises NothingThere where a recipe needs ``children`` and they are not known.
    """
    said: list[str] = []
    measures: Mapping[str, Measure] = {}
    if people := population_rows(data_set):
        rows = people
    elif has_recipe(data_set):
        rows = indicator_rows([data_set], children)
    else:
        as_published = published(data_set, title)
        rows, measures = as_published.rows, as_published.measures
        said.append(
            "Its values are as published, without intervals, so no difference can be called better or worse."
        )
        if as_published.left_out:
            was = "was" if as_published.left_out == 1 else "were"
            said.append(
                f"{counted(as_published.left_out, 'row')} about several groups at once {was} left out."
            )
    if left_out := sum(data_set.left_out.values()):
        said.append(
            f"{counted(left_out, 'row')} at other levels ({listed(list(data_set.left_out))}) were left out."
        )
    arrival = _arrived(Provider.EXPLORE_EDUCATION, data_set.file, rows, measures=measures)
    return replace(arrival, said=(*arrival.said, *said))


# --- LAIT -------------------------------------------------------------------------------------------------

_POLARITY = {"Low": Polarity.LOW_IS_GOOD, "High": Polarity.HIGH_IS_GOOD, "-": Polarity.NO_JUDGEMENT}


def measure_of(described: LaitMeasure) -> Measure:
    """How LAIT's dictionary says to read a measure."""
    unit = described.unit
    words = ""
    if unit.startswith("%"):
        words = "%"
    elif " per " in unit:
        words = f" per {unit.split(' per ', 1)[1]}"
    return Measure(_POLARITY.get(described.polarity, Polarity.UNKNOWN), words, source="LAIT's dictionary")


def lait_arrival(table: LaitTable) -> Arrival:
    """LAIT's whole table to be kept: numbers turned into codes, measures named by its dictionary."""
    names = {code: described.title for code, described in table.measures.items()}
    codes = dict(codes_by_number())
    number = pl.col("number")
    own = pl.col("region") != "NA"
    text = dict.fromkeys(name for name, kind in columns.SCHEMA.items() if kind == pl.String)
    cells: dict[str, pl.Expr] = {name: pl.lit("") for name in text} | {
        name: pl.lit(None, dtype=pl.Float64) for name in columns.NUMBERS
    }
    cells |= {
        "row": pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        "indicator_id": pl.concat_str(
            pl.lit("lait:"), pl.col("measure").str.replace_all("/", "-", literal=True)
        ),
        "indicator": pl.col("measure").replace(names),
        "area_code": number.replace_strict(codes, default=number.cast(pl.String), return_dtype=pl.String),
        "area_name": pl.col("area"),
        "area_type": pl.when(number == ENGLAND_NUMBER)
        .then(pl.lit("England"))
        .when(own)
        .then(pl.lit("Local authority"))
        .otherwise(pl.lit("Region")),
        "sex": pl.lit("Persons"),
        "period": pl.col("period"),
        "order": pl.col("order"),
        "value": pl.col("value"),
        "note": pl.when(pl.col("value").is_null()).then(pl.lit(LAIT_MARKS["-"])).otherwise(pl.lit("")),
        "period_range": pl.concat_str(pl.col("years").cast(pl.String), pl.lit("y")),
    }
    frame = table.frame.select(cells[name].alias(name) for name in columns.FIELDS)
    said = ["LAIT publishes no intervals, so no difference from England can be called better or worse."]
    if not table.measures:
        said.append("Its dictionary was not given with it, so units and which way is good are not known.")
    if table.odd_periods:
        odd = [f"'{text}' ({counted(many, 'row')})" for text, many in list(table.odd_periods.items())[:5]]
        said.append(f"Periods that are no year stand before every year: {listed(odd)}.")
    # A slash would end an identifier in the address of its page.
    measures = {
        f"lait:{code.replace('/', '-')}": measure_of(described) for code, described in table.measures.items()
    }
    return _under_current_codes(
        Arrival(Provider.LAIT, table.name, table.sha256, frame, measures, said=tuple(said))
    )


# --- Nomis ------------------------------------------------------------------------------------------------


def _nomis(given: Given, file: TextFile, largest: int) -> Arrival:
    table = read_nomis(given.content, name=given.name, largest=largest)
    rows, measures = figures_of(table, Path(given.name).stem)
    return _arrived(Provider.NOMIS, file, rows, measures=measures)


# --- The council's own table ------------------------------------------------------------------------------


def own_arrival(given: Given, said: Columns, largest: int = LARGEST_BYTES) -> Arrival:
    """A council's own table by its mapping; areas that carry an authority's name are known by its code.

    Raises BadInput as ``read_own`` does.
    """
    file, rows = read_own(given.content, said, work_out=_worked_out(said), name=given.name, largest=largest)
    known = [
        replace(row, area_code=code_named(row.area_name) or row.area_code)
        if row.area_code == row.area_name
        else row
        for row in rows
    ]
    how = Measure(
        Polarity(said.said("polarity") or Polarity.UNKNOWN.value),
        said.said("unit") or _unit(said),
        said.multiplier if said.shape in ("percentage", "rate") else None,
        source=f"said by whoever brought in {given.name}",
        people=said.shape == "people",
        places=0 if said.shape == "people" else 1,
    )
    return _arrived(
        Provider.OWN, file, known, measures=dict.fromkeys({row.indicator_id for row in known}, how)
    )


def _unit(said: Columns) -> str:
    if said.shape == "percentage":
        return "%"
    return f" per {said.multiplier:,.0f}" if said.shape == "rate" else ""


def _worked_out(said: Columns) -> Callable[[float, float, float], tuple[float, float | None, float]]:
    def work_out(count: float, of: float, multiplier: float) -> tuple[float, float | None, float]:
        made = proportion if said.shape == "percentage" else crude_rate
        found = made(count, of, multiplier=multiplier)
        return found.value, found.low, found.high or found.value

    return work_out


def known_measures(arrival: Arrival) -> Mapping[str, Measure]:
    """How each indicator of an arrival is read: as the room describes it, or as the file does."""
    return {
        key: measure(key) if measure(key) != Measure() else arrival.measures.get(key, Measure())
        for key in arrival.indicators
    }
