"""How every other action writes down what it did, inside its own transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wherewithal_web.audit.models import Event
from wherewithal_web.people.models import User


def record(
    *, by: User, action: str, summary: str, case: str = "", details: dict[str, Any] | None = None
) -> Event:
    """Write one event. Raises RuntimeError outside a transaction: a change and its record stand or fall together."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event is written inside the transaction of the change it records")
    return Event.objects.create(
        actor_id=by.pk,
        actor_name=by.name,
        action=action,
        summary=summary[:1000],
        case=case,
        details=details or {},
    )
