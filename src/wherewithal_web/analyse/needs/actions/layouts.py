"""A layout of tiles for areas that no map knows."""

from __future__ import annotations

from django.db import transaction

from wherewithal.analyse.needs.layout import read_hexjson
from wherewithal.plain_english import counted
from wherewithal_web.analyse.needs.models import AreaLayout
from wherewithal_web.audit.actions import record
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def set_layout(*, by: User, name: str, content: bytes, source: str) -> AreaLayout:
    """Keep the tiles of a HexJSON file; for its areas they count from now on. Raises BadInput as ``read_hexjson``."""
    require(may(by, Permission.CURATE))
    tiles = read_hexjson(content, name=name)
    kept = AreaLayout.objects.create(
        name=name[:255],
        source=source.strip(),
        tiles={code: list(at) for code, at in tiles.items()},
        set_by=by,
    )
    record(
        by=by,
        action="needs.set_layout",
        summary=f"brought in a layout of {counted(len(tiles), 'tile')}",
        details={"name": kept.name, "source": kept.source},
    )
    return kept
