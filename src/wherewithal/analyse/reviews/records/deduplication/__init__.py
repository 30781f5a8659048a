"""Deduplication: which records are records of one work, with the reason for every merge.

from wherewithal.analyse.reviews.records.deduplication import deduplicate

found = deduplicate(records)
found.clusters[0].reasons[0].words   # "the same DOI, the same title and the same year"
found.doubtful[0].words              # "For: … Against: …", for a person to decide
list(found.merged(records))          # one record a work, the best of each field, with its origins
"""

from wherewithal.analyse.reviews.records.deduplication.deduplicating import (
    Cluster,
    Deduplicated,
    Doubt,
    Link,
    Progress,
    Reason,
    deduplicate,
)
from wherewithal.analyse.reviews.records.deduplication.merging import Merged, merged
from wherewithal.analyse.reviews.records.deduplication.table import write_table

__all__ = [
    "Cluster",
    "Deduplicated",
    "Doubt",
    "Link",
    "Merged",
    "Progress",
    "Reason",
    "deduplicate",
    "merged",
    "write_table",
]
