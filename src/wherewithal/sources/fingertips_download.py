"""One indicator of Fingertips as its export, downloaded (ropensci/fingertipsR, R/utils.R for the addresses)."""

from __future__ import annotations

from wherewithal.sources.catalogue import FINGERTIPS
from wherewithal.sources.client import Client
from wherewithal.sources.content import Unreadable, refuse_empty, refuse_web_page
from wherewithal.sources.files import read_text
from wherewithal.sources.fingertips import Export, export_of

SERVICE = FINGERTIPS
ENGLAND_AS_PARENT = 15
"""The area type of England, which every other has as a parent."""


def download(
    indicator: int, area_type: int, *, client: Client, parent_area_type: int = ENGLAND_AS_PARENT
) -> tuple[bytes, Export]:
    """The export of one indicator for one type of area, as it came and as it is read. Area types change with
    boundaries (the service lists them at ``/area_types``), so neither has a usual value. Raises SourceFailed, and
    BadInput as ``read_export`` does.
    """
    data, _ = client.get(
        SERVICE,
        "/all_data/csv/by_indicator_id",
        [
            ("indicator_ids", str(indicator)),
            ("child_area_type_id", str(area_type)),
            ("parent_area_type_id", str(parent_area_type)),
            ("include_sortable_time_periods", "yes"),
        ],
        read=_csv_in,
        accept="text/csv",
    )
    return data, export_of(read_text(data, name=f"fingertips-{indicator}-{area_type}.csv"))


def _csv_in(body: bytes) -> bytes:
    refuse_empty(body)
    refuse_web_page(body)
    if not body.lstrip(b"\xef\xbb\xbf").startswith(b"Indicator ID"):
        raise Unreadable("other form", "a file that does not begin with 'Indicator ID'")
    return body
