"""A case in full, for whoever takes it elsewhere."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, QuerySet

from wherewithal_web.audit.queries import history_of
from wherewithal_web.cases import queries
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.past import told
from wherewithal_web.people.models import User


def whole_case(case: Case) -> dict[str, Any]:
    """Everything a case holds in plain JSON types: sentences with every wording, findings, decisions, history."""
    return {
        "format": "wherewithal case, version 1",
        "case": {
            "slug": case.slug,
            "title": case.title,
            "question": case.question,
            "organisation": case.organisation.name,
            "partners": [partner.name for partner in case.partners.all()],
            "area": {"name": case.area_name, "code": case.area_code},
            "started_in": case.started_in,
            "decision_body": case.decision_body,
            "decision_due": case.decision_due,
        },
        "sentences": [
            {
                "key": sentence.key,
                "section": sentence.section,
                "wordings": [
                    {
                        "text": wording.text,
                        "rests_on": wording.cites,
                        "judgement_by": wording.judgement_by,
                        "removed": wording.removed,
                        "by": wording.written_by.name,
                        "at": wording.written_at,
                    }
                    for wording in sentence.wordings.select_related("written_by")
                ],
                "answers": [
                    {
                        "change": a.change_words,
                        "answer": a.answer,
                        "reason": a.reason,
                        "by": a.answered_by.name,
                        "at": a.answered_at,
                    }
                    for a in sentence.answers.select_related("answered_by")
                ],
            }
            for sentence in case.sentences.all()
        ],
        "findings": [
            {"id": pk, "fingerprint": row.fingerprint, **row.body}
            for pk, row in queries.stored_findings_of(case).items()
        ],
        "decisions": [
            {
                "option": decision.option,
                "reason": decision.reason,
                "decided_on": decision.decided_on,
                "review_on": decision.review_on,
                "state": decision.state,
                "proposed_by": decision.proposed_by.name,
                "steps": [
                    {"to": step.to_state, "by": step.made_by.name, "words": step.words, "at": step.made_at}
                    for step in decision.steps.select_related("made_by")
                ],
                "snapshot": decision.snapshot_body,
                "snapshot_fingerprint": decision.snapshot_fingerprint,
            }
            for decision in case.decisions.select_related("proposed_by")
        ],
        "rooms": {room.room: stored for room in rooms() if (stored := room.export(case))},
        "history": [
            {"at": event.at, "who": event.actor_name, "what": event.summary, "details": event.details}
            for event in told(case, history_of(case.slug).order_by("pk"))
        ],
    }


def plain_rows(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Stored rows as plain values, people by name: for a room's ``export``."""
    fields = [field for field in rows.model._meta.concrete_fields if field.name != "case"]
    people = [field.name for field in fields if isinstance(field, ForeignKey) and field.related_model is User]
    return [
        {
            field.name: getattr(row, field.name).name
            if field.name in people
            else field.value_from_object(row)
            for field in fields
        }
        for row in rows.select_related(*people)
    ]
