"""CSL JSON, the format of citation processors, Zotero and Crossref's content negotiation.

Field names as in the schema of the Citation Style Language 1.0.2
(https://github.com/citation-style-language/schema). Fields of other formats travel in its ``custom`` object.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TextIO

from wherewithal.analyse.reviews.records.json_items import objects
from wherewithal.analyse.reviews.records.reading import Lines, Reading
from wherewithal.analyse.reviews.records.record import ARTICLE, Record
from wherewithal.sources.json_values import text_of
from wherewithal.sources.markup import without_markup
from wherewithal.sources.words import doi_in, one_line, paragraphs, year_in

_FIELDS: Mapping[str, str] = {
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "issn": "ISSN",
    "isbn": "ISBN",
    "url": "URL",
    "language": "language",
    "database": "source",
}
_ALIASES = {"journal-article": ARTICLE, "proceedings-article": "paper-conference"}
"""Crossref answers with its own names for some types."""


def read(lines: Lines, reading: Reading) -> Iterator[Record]:
    """The records of a CSL JSON file. Problems (text that is not JSON) go to ``reading``."""
    for item in objects(lines, reading):
        yield _record_of(item)


def _record_of(item: Mapping[str, Any]) -> Record:
    values: dict[str, Any] = {name: _text(item.get(key)) for name, key in _FIELDS.items()}
    raw_type = _text(item.get("type"))
    kind = _ALIASES.get(raw_type, raw_type) or "document"
    abstract = without_markup(item["abstract"]) if isinstance(item.get("abstract"), str) else ""
    authors = tuple(filter(None, (_name_of(author) for author in _list(item.get("author")))))
    year = _year(item.get("issued"))
    keywords = tuple(dict.fromkeys(filter(None, map(one_line, _text(item.get("keyword")).split(";")))))
    notes = tuple(filter(None, map(paragraphs, str(item.get("note") or "").split("\n\n"))))
    values["doi"] = doi_in(values["doi"])
    values["pages"] = values["pages"].replace("–", "-")
    custom = item.get("custom")
    carried = custom.get("extra") if isinstance(custom, dict) else None
    understood = Record(
        type=kind, authors=authors, year=year, abstract=abstract, keywords=keywords, notes=notes
    )
    record = replace(understood, **values)
    written = {**_plain(record), "id": record.key}
    extra = [
        (f"csl:{key}", text_of(value))
        for key, value in item.items()
        if value not in ("", None, [], {}) and written.get(key) != value and not (key == "custom" and carried)
    ]
    if isinstance(carried, list):
        extra += [
            (str(pair[0]), str(pair[1])) for pair in carried if isinstance(pair, list) and len(pair) == 2
        ]
    return replace(record, extra=tuple(extra))


def _text(value: object) -> str:
    """Crossref gives titles as lists of one; numbers may be numbers."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return (
        one_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _name_of(author: object) -> str:
    if not isinstance(author, dict):
        return ""
    if literal := _text(author.get("literal")) or _text(author.get("name")):
        return literal
    particle = _text(author.get("non-dropping-particle")) or _text(author.get("dropping-particle"))
    family = f"{particle} {_text(author.get('family'))}".strip()
    given = _text(author.get("given"))
    suffix = _text(author.get("suffix"))
    return ", ".join(part for part in (family, given, suffix) if part)


def _year(issued: object) -> int | None:
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return year_in(str(parts[0][0]))
    return year_in(f"{issued.get('raw', '')} {issued.get('literal', '')}")


def write(records: Iterable[Record], out: TextIO) -> int:
    """Write ``records`` as a list in CSL JSON, one a line, and give their number."""
    count = 0
    out.write("[")
    for count, record in enumerate(records, start=1):
        plain = _plain(record)
        others = []
        for name, text in record.extra:
            if name.startswith("csl:"):
                plain[name.removeprefix("csl:")] = _value(text)
            else:
                others.append([name, text])
        if others:
            plain["custom"] = {"extra": others}
        plain.setdefault("id", record.key)
        out.write(",\n" if count > 1 else "\n")
        out.write(json.dumps(plain, ensure_ascii=False))
    out.write("\n]\n")
    return count


def _value(text: str) -> Any:
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text
    return text


def _plain(record: Record) -> dict[str, Any]:
    plain: dict[str, Any] = {"type": record.type}
    for name, key in _FIELDS.items():
        if value := getattr(record, name):
            plain[key] = value
    if record.authors:
        plain["author"] = [_name_parts(author) for author in record.authors]
    if record.year:
        plain["issued"] = {"date-parts": [[record.year]]}
    if record.abstract:
        plain["abstract"] = record.abstract
    if record.keywords:
        plain["keyword"] = "; ".join(record.keywords)
    if record.notes:
        plain["note"] = "\n\n".join(record.notes)
    return plain


def _name_parts(author: str) -> dict[str, str]:
    parts = [part.strip() for part in author.split(",", 2)]
    if len(parts) == 1:
        return {"literal": author}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))
