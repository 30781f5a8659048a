"""Pages of the documentation that are written from the code, so that the two cannot differ.

    python3 run.py python -m wherewithal_web.reference

writes them into ``docs/reference``; a test fails while one of them is out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wherewithal.thread.decision import TRANSITIONS, State
from wherewithal.thread.sections import SECTIONS
from wherewithal.thread.stages import NEEDS
from wherewithal_web.people import roles

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
NOTE = "\n---\nWritten from the code by `python3 run.py python -m wherewithal_web.reference`.\n"


def decision_states() -> str:
    """The life of a decision as a diagram and a table."""
    lines = [
        "# The states of a decision",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> PROPOSED: propose",
    ]
    lines += [
        f"    {state.name} --> {move.to.name}: {move.verb}" for state in State for move in TRANSITIONS[state]
    ]
    lines += [f"    {state.name} --> [*]" for state in State if not TRANSITIONS[state]]
    lines += ["```", "", "| from | may be | by | becomes |", "|---|---|---|---|"]
    lines += [
        f"| {state} | {_done(move.verb)} | {move.by} | {move.to} |"
        for state in State
        for move in TRANSITIONS[state]
    ]
    return "\n".join([*lines, ""])


def _done(verb: str) -> str:
    return {"confirm": "confirmed", "send back": "sent back", "take back": "taken back"}[verb]


def stages_and_sections() -> str:
    """What each stage asks for, and the parts of a paper."""
    lines = [
        "# What a case is asked for",
        "",
        "Nothing here is a gate: what is missing is said, never enforced.",
    ]
    for stage, needs in NEEDS.items():
        lines += ["", f"## {stage}", ""]
        lines += [f"- {need.ask}" for need in needs]
    lines += [
        "",
        "## The parts of a case and its paper",
        "",
        "| part | asks | Five Case Model |",
        "|---|---|---|",
    ]
    lines += [f"| {part.title} | {part.prompt} | {part.five_case} |" for part in SECTIONS]
    return "\n".join([*lines, ""])


PAGES: dict[str, Callable[[], str]] = {
    "roles.md": roles.reference_page,
    "decision-states.md": decision_states,
    "stages.md": stages_and_sections,
}


def written(name: str) -> str:
    """One page as it should stand in the documentation."""
    return PAGES[name]() + NOTE


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        (FOLDER / page).write_text(written(page))
