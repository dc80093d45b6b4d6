"""The way through a complaint as data: rail, cards and what is to be done next."""

from .next_action import NextAction, Situation, next_action
from .playbook import BOOKS, STEPS, Card, Playbook, Step, playbook

__all__ = [
    "BOOKS",
    "STEPS",
    "Card",
    "NextAction",
    "Playbook",
    "Situation",
    "Step",
    "next_action",
    "playbook",
]
