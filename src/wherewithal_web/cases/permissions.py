"""May this person, on this case? And is it allowed in this state? Two questions, each answered with its reason."""

from __future__ import annotations

from wherewithal.thread.decision import TRANSITIONS, State
from wherewithal_web.cases.models import Case, CaseShare, Decision
from wherewithal_web.cases.queries import waiting_decision
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import Verdict
from wherewithal_web.people.roles import CASE_ROLES, Permission


def share_of(user: User, case: Case) -> CaseShare | None:
    """The person's place on the case, if they have one."""
    if not user.is_authenticated or not user.is_active:
        return None
    return CaseShare.objects.filter(case=case, user=user).only("role").order_by().first()


def may(user: User, permission: Permission, case: Case, share: CaseShare | None = None) -> Verdict:
    """May this person do this on this case? The roles are in ``people.roles``.

    ``share`` is their place on it where the request has read it already; another's, or of another case, counts for
    nothing.
    """
    theirs = share is not None and (share.user_id, share.case_id) == (user.pk, case.pk)
    return allows(share if theirs else share_of(user, case), permission)


def allows(share: CaseShare | None, permission: Permission) -> Verdict:
    """Whether a place on a case, as it was read a moment ago, lets its person do this."""
    if share is None:
        return Verdict(False, "This case is not shared with you.")
    if permission in share.role_now.permissions:
        return Verdict(True, f"{share.role_now.name}: {permission}")
    who = [role.name.lower() for role in CASE_ROLES.values() if permission in role.permissions]
    return Verdict(
        False,
        f"You are {share.role_now.name.lower()} on this case. To {permission} you need to be "
        f"{' or '.join(who)}: ask whoever leads the case.",
    )


# --- policies: is it allowed in this state? -------------------------------------------------------------


def can_propose(case: Case) -> Verdict:
    """A decision can be proposed while no other one waits."""
    waiting = waiting_decision(case)
    if waiting:
        return Verdict(False, f"'{waiting.option}' already waits for a second person. Take it back first.")
    return Verdict(True, "no decision is waiting")


def can_move(decision: Decision, user: User, to: State, *, unchanged: bool) -> Verdict:
    """Whether ``decision`` may move to ``to`` by this person.

    ``unchanged`` says whether the case still reads as it did when the decision was proposed: a second person
    confirms what they can see.
    """
    if to not in {transition.to for transition in TRANSITIONS[decision.state]}:
        return Verdict(False, f"This decision is {decision.state}; it cannot become {to}.")
    own = decision.proposed_by_id == user.pk
    if to is State.WITHDRAWN:
        return Verdict(
            own, "your own proposal" if own else "Only the person who proposed it can take it back."
        )
    if own:
        return Verdict(False, "You proposed this. A second person has to confirm it or send it back.")
    if to is State.CONFIRMED and not unchanged:
        return Verdict(
            False,
            "The case has changed since this was proposed. Send it back, so that it is proposed again on what "
            "the case says now.",
        )
    return Verdict(True, "a second person")
