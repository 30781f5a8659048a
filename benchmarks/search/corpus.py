"""The records, programmes and questions of the benchmark: real ones from the shared data, spliced, fixed seed."""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

RECORDS, PROGRAMMES, KNOWN = 170_000, 5_000, 300
SEED = 42
FACETS = ("kind", "outcome", "age", "need", "setting", "workforce", "cost", "register", "band", "uk")
"""Ten, as the library's search has. A record has a kind and some of the others, drawn by the seed."""
_VALUES = {"outcome": 12, "age": 7, "need": 4, "setting": 8, "workforce": 9, "cost": 5, "register": 38, "band": 6,
           "uk": 3}  # fmt: skip
_ORDINARY = frozenset(
    """
    a an and are as at be been but by can do does for from had has have how in into is it its not of on
    or our than  that the their them these they this those to was we were what when which who why will
    with without via versus vs  between among during after before within using use based study studies
    trial trials review systematic  meta-analysis analysis randomized randomised controlled effect
    effects effectiveness efficacy
    """.split()  # noqa: SIM905
)
"""Words that a title may have whatever it is about: no question is asked with them."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True)
class Record:
    key: str
    title: str
    text: str = ""
    names: tuple[str, ...] = ()
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Topic:
    """A topic query of a review, with the keys of the records that the review included."""

    review: str
    kind: str
    query: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class KnownItem:
    query: str
    key: str


@dataclass(frozen=True)
class Corpus:
    records: list[Record]
    real: int
    topics: list[Topic]
    known: list[KnownItem]
    mistyped: list[KnownItem]
    programmes: list[KnownItem]


def corpus(shared: Path) -> Corpus:
    """Everything, the same on every call."""
    csv.field_size_limit(1 << 28)
    chance = random.Random(SEED)
    real, labelled = _real(shared)
    programmes = list(_programmes(shared, chance))
    records = [*real, *_spliced(real, RECORDS - len(real), chance), *programmes]
    known = _known_items(real, chance)
    return Corpus(
        [_with_facets(record, chance) for record in records],
        len(real),
        _topics(real, labelled),
        known,
        [KnownItem(_mistyped(item.query, chance), item.key) for item in known],
        _programme_items(programmes, chance),
    )


def _real(shared: Path) -> tuple[list[Record], dict[str, set[str]]]:
    """Every record that has a title, and the keys of those that each review included."""
    records: list[Record] = []
    included: dict[str, set[str]] = {}
    for folder in ("screening", "dedupe"):
        for path in sorted((shared / folder).glob("*.csv")):
            if path.name == "INDEX.csv":
                continue
            with path.open(encoding="utf-8", newline="") as file:
                for number, row in enumerate(csv.DictReader(file)):
                    if not (row.get("title") or "").strip():
                        continue
                    key = f"{path.stem}:{number:05}"
                    records.append(Record(key, row["title"].strip(), (row.get("abstract") or "").strip()))
                    if row.get("label_included") == "1":
                        included.setdefault(path.stem, set()).add(key)
    return records, included


def _spliced(real: Sequence[Record], count: int, chance: random.Random) -> Iterator[Record]:
    """Records whose title joins the halves of two real titles, and whose abstract mixes sentences of three records."""
    sentences = [re.split(r"(?<=[.?!])\s+", record.text) for record in real if record.text]
    for number in range(count):
        first, second = chance.choice(real).title.split(), chance.choice(real).title.split()
        title = " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])
        text = ""
        if chance.random() < 0.7:  # as many as of the real records have an abstract
            of = [chance.choice(sentences) for _ in range(3)]
            text = " ".join(chance.choice(of[turn % 3]) for turn in range(sum(map(len, of)) // 3 + 1))
        yield Record(f"spliced:{number:06}", title, text)


_VERSIONS = (
    *(
        "",
        "Preschool",
        "School Age",
        "Teen",
        "Group",
        "Standard",
        "Online",
        "Universal",
        "Selective",
        "Junior",
        "Plus",
    ),
    *("Brief", "Home", "Classroom", "Parent", "Toddler", "Early Years", "Level 2", "Level 3", "Level 4"),
)


def _programmes(shared: Path, chance: random.Random) -> Iterator[Record]:
    """Programmes made from the real rows: their facts, with names varied by version and by a word of another name."""
    with (shared / "programmes" / "programmes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = sorted(
        {word for row in rows for word in row["programme"].split() if len(word) > 3 and word.isalpha()}
    )
    for number in range(PROGRAMMES):
        row = rows[number % len(rows)]
        name, family = row["programme"], row["programme"]
        if number >= len(rows):
            name = " ".join(filter(None, (chance.choice(words), family, chance.choice(_VERSIONS))))
        told = (row[column] for column in ("outcome_domains", "targeting", "delivery", "age_range", "note"))
        yield Record(f"programme:{number:04}", name, ". ".join(filter(None, told)), (family,))


def _with_facets(record: Record, chance: random.Random) -> Record:
    facets = {"kind": ("programme" if record.key.startswith("programme") else "study",)}
    for facet, values in _VALUES.items():
        held = {f"{facet}-{int(values * chance.random() ** 2)}" for _ in range(chance.choice((0, 1, 1, 2)))}
        facets[facet] = tuple(sorted(held))
    return Record(record.key, record.title, record.text, record.names, facets)


# --- Questions ---------------------------------------------------------------------------------------------------


def telling_words(title: str) -> list[str]:
    """A title's words that are not ordinary ones, each once."""
    return list(
        dict.fromkeys(
            word for word in _WORD.findall(title.lower()) if word not in _ORDINARY and len(word) > 2
        )
    )


def _known_items(real: Sequence[Record], chance: random.Random) -> list[KnownItem]:
    """Four random words of a real title that no other real record has, in random order."""
    titles = Counter(record.title.lower() for record in real)
    fit = [each for each in real if titles[each.title.lower()] == 1 and len(telling_words(each.title)) >= 6]
    chosen = chance.sample(fit, KNOWN)
    return [KnownItem(" ".join(chance.sample(telling_words(each.title), 4)), each.key) for each in chosen]


def _programme_items(programmes: Sequence[Record], chance: random.Random) -> list[KnownItem]:
    """The whole name of a programme, for those whose name is theirs alone."""
    names = Counter(each.title.lower() for each in programmes)
    fit = [each for each in programmes if names[each.title.lower()] == 1]
    return [KnownItem(each.title, each.key) for each in chance.sample(fit, KNOWN)]


def _mistyped(query: str, chance: random.Random) -> str:
    """The query with one letter of one of its longer words dropped, doubled, changed or swapped: never the first."""
    words = query.split()
    place = chance.choice([number for number, word in enumerate(words) if len(word) >= 5] or [0])
    word, spot = words[place], chance.randrange(1, max(2, len(words[place]) - 1))
    wrong = chance.choice("abcdefghijklmnopqrstuvwxyz")
    words[place] = chance.choice(
        (
            word[:spot] + word[spot + 1 :],
            word[:spot] + word[spot] + word[spot:],
            word[:spot] + wrong + word[spot + 1 :],
            word[:spot] + word[spot + 1 : spot + 2] + word[spot] + word[spot + 2 :],
        )
    )
    return " ".join(words)


def _topics(real: Sequence[Record], included: dict[str, set[str]]) -> list[Topic]:
    """Two kinds of topic query: each review's published topic, and the words most common in its included titles.

    The second kind holds, for each review, the three, four, five, six and eight words that most titles of its
    included records have: one query for each number.
    """
    title = {record.key: record.title for record in real}
    told = tomllib.loads(Path(__file__).with_name("topics.toml").read_text(encoding="utf-8"))
    topics = []
    for review, keys in sorted(included.items()):
        held = Counter(word for key in sorted(keys) for word in telling_words(title[key]))
        common = [word for word, _ in sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))]
        if review in told:
            topics += [
                Topic(review, "published", query, frozenset(keys)) for query in told[review]["queries"]
            ]
        topics += [
            Topic(review, "words", " ".join(common[:count]), frozenset(keys)) for count in (3, 4, 5, 6, 8)
        ]
    return topics
