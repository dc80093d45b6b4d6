"""The rail as the desk shows it: a mirror of what acts have done; it gates nothing."""

from dataclasses import dataclass
from typing import Literal

from amends.records.complaints.models import Complaint
from amends.records.house.books import Books


@dataclass(frozen=True)
class RailStep:
    key: str
    name: str
    hint: str
    state: Literal["done", "current", "todo", "skipped"]
    card: object


def rail_of(complaint: Complaint, books: Books, *, language: str) -> tuple[RailStep, ...]:
    """Return the five steps of the present round; the first that isn't done is the current."""
    marks = list(complaint.marks.all())
    this_round = sum(1 for reopening in complaint.contact.reopenings.all() if reopening.not_solved)
    done = {mark.step: mark for mark in marks if mark.round == this_round}
    steps: list[RailStep] = []
    current_taken = complaint.contact.is_closed
    for step in books.book(complaint.playbook, language).steps:
        mark = done.get(step.key)
        if mark:
            state: Literal["done", "current", "todo", "skipped"] = (
                "skipped" if mark.skipped_because else "done"
            )
        elif current_taken:
            state = "todo"
        else:
            state, current_taken = "current", True
        steps.append(RailStep(step.key, step.name, step.hint, state, step.card))
    return tuple(steps)
