"""Making every entry anew: after a release that searches other things, and when somebody asks for it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wherewithal.analyse.library import registers
from wherewithal_web.analyse.library.models import PracticeExample, StoredEdition, StoredRating, Study
from wherewithal_web.analyse.library.searching.refresh import refresh_search
from wherewithal_web.analyse.library.searching.release import made_by_this_release, mark_as_made


@transaction.atomic
def refresh_everything() -> None:
    """Make the entry of everything that is held anew; those that come out as they were are left alone."""
    held = StoredEdition.objects.values_list("register", flat=True).distinct()
    rating = [key for key in held if registers()[key].rates]
    slugs = StoredRating.objects.filter(edition__register__in=rating).values_list("slug", flat=True)
    refresh_search(
        programmes=set(slugs),
        lists=[key for key in held if not registers()[key].rates],
        studies=Study.objects.values_list("pk", flat=True),
        examples=PracticeExample.objects.values_list("pk", flat=True),
    )
    mark_as_made()


def renew_after_migrating(**_signal: Any) -> None:
    """Bring the entries up to date where another release made them, or one that made none."""
    held = (StoredEdition, Study, PracticeExample)
    if any(model.objects.exists() for model in held) and not made_by_this_release():
        refresh_everything()
