"""What complaints take from expertise: the only way there."""

from amends.expertise.clocks.working_time import Calendar
from amends.expertise.coach import elements_in
from amends.expertise.correspondence import (
    Forwarded,
    Letter,
    forwarded,
    means_nobody,
    read_letter,
    read_report,
)
from amends.expertise.language.identify import identify
from amends.expertise.listening.answers import may_say_no, only_thanks
from amends.expertise.playbooks import (
    STEPS,
    NextAction,
    Situation,
    next_action,
)
from amends.expertise.priorities import steepness

__all__ = [
    "STEPS",
    "Calendar",
    "Forwarded",
    "Letter",
    "NextAction",
    "Situation",
    "elements_in",
    "forwarded",
    "identify",
    "may_say_no",
    "means_nobody",
    "next_action",
    "only_thanks",
    "read_letter",
    "read_report",
    "steepness",
]
