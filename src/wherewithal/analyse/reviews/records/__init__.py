"""Bibliographic records: read from every format that databases export, and written back.

from wherewithal.analyse.reviews.records import RecordFile

for record in RecordFile(Path("search.ris")):
    print(record.short_citation, record.title)
"""

from wherewithal.analyse.reviews.records.conversion import Converted, convert
from wherewithal.analyse.reviews.records.formats import FORMATS, WRITABLE, Format, RecordFile, by_key
from wherewithal.analyse.reviews.records.headings import HEADINGS, Proposal, propose
from wherewithal.analyse.reviews.records.record import TYPE_WORDS, Record

__all__ = [
    "FORMATS",
    "HEADINGS",
    "TYPE_WORDS",
    "WRITABLE",
    "Converted",
    "Format",
    "Proposal",
    "Record",
    "RecordFile",
    "by_key",
    "convert",
    "propose",
]
