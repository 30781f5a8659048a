"""Deduplication: which records are records of one work, with the reason for every merge.

from wherewithal.analyse.reviews.records.deduplication import deduplicate, what_is_new

found = deduplicate(records)
found.clusters[0].reasons[0].words   # "the same DOI, the same title and the same year"
found.doubtful[0].words              # "For: … Against: …", for a person to decide
found.links[0].kind                  # "versions": a preprint and what was published; RELATIONS has the words
list(found.merged(records))          # one record a work, the best of each field, with its origins

later = what_is_new(records, from_a_new_search, clusters=found.of_record)
later.arrivals[0].standing           # "held", "again", "doubtful", "linked" or "new"
"""

from wherewithal.analyse.reviews.records.deduplication.arriving import (
    STANDINGS,
    Arrival,
    Arrivals,
    what_is_new,
)
from wherewithal.analyse.reviews.records.deduplication.deduplicating import Progress, deduplicate
from wherewithal.analyse.reviews.records.deduplication.merging import Merged, merged
from wherewithal.analyse.reviews.records.deduplication.results import (
    Cluster,
    Deduplicated,
    Doubt,
    Link,
    Reason,
)
from wherewithal.analyse.reviews.records.deduplication.rules import RELATIONS, Relation
from wherewithal.analyse.reviews.records.deduplication.table import write_arrivals, write_table

__all__ = [
    "RELATIONS",
    "STANDINGS",
    "Arrival",
    "Arrivals",
    "Cluster",
    "Deduplicated",
    "Doubt",
    "Link",
    "Merged",
    "Progress",
    "Reason",
    "Relation",
    "deduplicate",
    "merged",
    "what_is_new",
    "write_arrivals",
    "write_table",
]
