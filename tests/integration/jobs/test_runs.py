"""Background runs: claimed once, kept by a lease, taken over from a worker that died, finished once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from wherewithal.errors import BadInput
from wherewithal_web.audit.models import Event
from wherewithal_web.jobs import handlers
from wherewithal_web.jobs.actions import ask, bring_forward, stop
from wherewithal_web.jobs.leases import MOST_TRIES, LostLease, Stopped, claim
from wherewithal_web.jobs.models import Run, State
from wherewithal_web.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def work(monkeypatch) -> Iterator[dict]:
    """Handlers for these tests, and what they were seen to do."""
    seen: dict = {"written": []}
    monkeypatch.setattr(handlers, "_HANDLERS", {})

    @handlers.handles("count")
    def count(progress, *, upto: int):
        for number in range(upto):
            progress(number, upto, f"counting {number}")
        return lambda: seen["written"].append(upto) or {"counted": upto}

    @handlers.handles("break")
    def breaks(progress):
        raise RuntimeError("out of cheese")

    @handlers.handles("refuse")
    def refuses(progress):
        raise BadInput("The file is empty.")

    return seen


def old_lease(run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_run_is_done_and_remembers_its_result(people: SimpleNamespace, work: dict) -> None:
    run = ask(by=people.admin, kind="count", arguments={"upto": 3})
    assert Worker("one").once()
    run.refresh_from_db()
    assert (run.state, run.result, run.done, run.total, run.percent) == (State.DONE, {"counted": 3}, 2, 3, 66)
    assert run.words == "counting 2"
    assert work["written"] == [3]
    assert not Worker("one").once()


def test_the_same_work_waits_once(people: SimpleNamespace) -> None:
    first = ask(by=people.admin, kind="count", key="a", arguments={"upto": 1})
    assert ask(by=people.admin, kind="count", key="a").pk == first.pk
    assert ask(by=people.admin, kind="count", key="b", arguments={"upto": 1}).pk != first.pk
    while Worker("one").once():
        pass
    assert ask(by=people.admin, kind="count", key="a", arguments={"upto": 1}).pk != first.pk


def test_nobody_handles_an_unknown_kind(people: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="nothing handles"):
        ask(by=people.admin, kind="levitate")
    Run.objects.create(kind="levitate", asked_by=people.admin, not_before=timezone.now())
    Worker("one").once()
    assert "does not know" in Run.objects.get().error


def test_two_workers_never_hold_one_run(people: SimpleNamespace) -> None:
    ask(by=people.admin, kind="count", arguments={"upto": 1})
    assert claim("one") is not None
    assert claim("two") is None


def test_a_dead_workers_run_is_taken_over_and_its_work_thrown_away(
    people: SimpleNamespace, work: dict
) -> None:
    run = ask(by=people.admin, kind="count", arguments={"upto": 1})
    dead = claim("dead")
    assert dead is not None
    old_lease(run)
    living = claim("living")
    assert living is not None
    assert living.fence == dead.fence + 1
    for late in (dead.renew, lambda: dead.end(State.DONE)):
        with pytest.raises(LostLease):
            late()
    with pytest.raises(LostLease), dead.writing():
        work["written"].append("by the dead")
    living.end(State.DONE)
    assert work["written"] == []


def test_a_run_that_ends_every_worker_is_given_up(people: SimpleNamespace) -> None:
    run = ask(by=people.admin, kind="count", arguments={"upto": 1})
    for _ in range(MOST_TRIES):
        assert claim("unlucky") is not None
        old_lease(run)
    assert claim("next") is None
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "unlucky" in run.error


def test_a_fault_is_tried_again_later_and_then_told(people: SimpleNamespace, caplog) -> None:
    run = ask(by=people.admin, kind="break")
    for attempt in range(1, MOST_TRIES + 1):
        assert Worker("one").once()
        run.refresh_from_db()
        assert run.tries == attempt
        Run.objects.filter(pk=run.pk).update(not_before=timezone.now())
    assert run.state == State.FAILED
    assert run.error == "Tried 3 times. RuntimeError: out of cheese"
    assert not Worker("one").once()


def test_bad_input_is_told_at_once(people: SimpleNamespace) -> None:
    run = ask(by=people.admin, kind="refuse")
    Worker("one").once()
    run.refresh_from_db()
    assert (run.state, run.error, run.tries) == (State.FAILED, "The file is empty.", 1)


def test_what_fails_while_writing_leaves_nothing_half_written(people: SimpleNamespace, caplog) -> None:
    @handlers.handles("half")
    def half(progress):
        def write() -> None:
            ask(by=people.admin, kind="count", arguments={"upto": 1})
            raise RuntimeError("the disk is full")

        return write

    ask(by=people.admin, kind="half")
    Worker("one").once()
    assert list(Run.objects.values_list("kind", flat=True)) == ["half"]


def test_a_person_stops_what_waits_and_what_runs(people: SimpleNamespace) -> None:
    waiting = ask(by=people.admin, kind="count", key="w", arguments={"upto": 1})
    stop(by=people.admin, run=waiting)
    waiting.refresh_from_db()
    assert waiting.state == State.STOPPED
    running = ask(by=people.admin, kind="count", key="r", arguments={"upto": 1})
    held = claim("one")
    assert held is not None
    stop(by=people.admin, run=running)
    with pytest.raises(Stopped):
        held.renew(done=1)
    assert Event.objects.filter(action="jobs.stop").count() == 2


def test_a_run_waits_for_its_day_and_asking_again_does_not_move_it(
    people: SimpleNamespace, work: dict
) -> None:
    day = timezone.now() + timedelta(days=30)
    run = ask(by=people.admin, kind="count", key="a", arguments={"upto": 1}, not_before=day)
    assert not Worker("one").once()
    assert ask(by=people.admin, kind="count", key="a").pk == run.pk
    run.refresh_from_db()
    assert (run.not_before, run.state) == (day, State.WAITING)
    Run.objects.filter(pk=run.pk).update(not_before=timezone.now() - timedelta(seconds=1))
    assert Worker("one").once()
    assert work["written"] == [1]


def test_a_run_that_waits_for_its_day_can_be_had_now_or_stopped(people: SimpleNamespace, work: dict) -> None:
    day = timezone.now() + timedelta(days=30)
    run = ask(by=people.admin, kind="count", key="a", arguments={"upto": 1}, not_before=day)
    other = ask(by=people.admin, kind="count", key="b", arguments={"upto": 2}, not_before=day)
    stop(by=people.admin, run=other)
    assert bring_forward(by=people.admin, run=run)
    assert Event.objects.filter(action="jobs.bring_forward").count() == 1
    assert Worker("one").once()
    assert not Worker("one").once()
    assert work["written"] == [1]
    assert not bring_forward(by=people.admin, run=run)
    assert not bring_forward(by=people.admin, run=other)


def test_a_moment_to_wait_for_needs_its_time_zone(people: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="time zone"):
        ask(by=people.admin, kind="count", not_before=timezone.now().replace(tzinfo=None))
