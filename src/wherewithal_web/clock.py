"""Today, in one place, so that a test or a picture can be taken on a day of its own."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The date here and now, or the one that ``$WHEREWITHAL_TODAY`` sets."""
    return settings.WHEREWITHAL_TODAY or timezone.localdate()
