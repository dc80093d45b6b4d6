"""bin/amends verify: goes through the chains of events and says what was changed since."""

import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from amends.ground.clock import now
from amends.ground.events.models import PROGRAM, Chain, record
from amends.ground.events.verifying import Finding, Flaw, Looked, seal_anew, verify
from amends.records.complaints.models import Contact
from amends.records.house.models import House
from amends.records.joining.models import Invitation
from amends.records.people.models import Person
from amends.records.writing.models import SavedReply

_SAY_AFTER_SECONDS = 2

_WHAT = {
    Flaw.CHANGED: "event {number} tells something else than when it was written",
    Flaw.EMPTIED: "event {number} was emptied, and no erasing is on record",
    Flaw.MISSING: "event {number} is missing",
    Flaw.OUT_OF_ORDER: "event {number} stands in another's place",
    Flaw.FORGED: "event {number} doesn't follow from the one before: its kind, moment or place was"
    " changed, or it was put in",
    Flaw.CUT: "the events from {number} on were cut off",
    Flaw.ADDED: "the events from {number} on were put in at the end",
    Flaw.UNSEALED: "the end, at event {number}, isn't sealed with the key of this house",
}
# The nouns that have a thread of events.
_ABOUT: dict[str, QuerySet[Any]] = {
    "contact": Contact.objects.all(),
    "house": House.objects.all(),
    "person": Person.objects.get_queryset(),
    "invitation": Invitation.objects.all(),
    "saved reply": SavedReply.objects.all(),
}
_UNSEALED = (
    "No chain is sealed with the key of this house. If the key was lost or replaced,"
    " `bin/amends verify --seal-anew` seals what holds with the key of today."
)


class Command(BaseCommand):
    help = "Check that no event was changed, taken out or put in; exit code 1 if one was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="a JSON line for each finding, the last for all"
        )
        parser.add_argument(
            "--seal-anew",
            action="store_true",
            help="seal the chains that hold with the key of today, after it was changed",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self._say_json = options["json"]
        if options["seal_anew"]:
            self._seal_anew()
        whole, flaws = self._look()
        if self._say_json:
            self._print_whole(whole, flaws.total())
            sys.exit(bool(flaws))
        self.stdout.write(
            f"Looked at {_counted(whole.events, 'event')} on {_counted(whole.threads, 'thread')};"
            f" {whole.erased:,} of them erased by law, on record."
        )
        if whole.threads and flaws[Flaw.UNSEALED] == whole.threads:
            self.stdout.write(_UNSEALED)
        if flaws:
            raise CommandError(f"{_counted(flaws.total(), 'thing')} wrong, named above.")
        self.stdout.write("All chains hold: nothing was changed, taken out or put in.")

    def _look(self) -> tuple[Looked, Counter[Flaw]]:
        """Say each finding as it comes: where everything is wrong, only counts are kept."""
        whole, flaws = Looked(), Counter[Flaw]()
        progress = _Progress(self)
        for looked in verify():
            whole.threads += looked.threads
            whole.events += looked.events
            whole.erased += looked.erased
            for finding in looked.findings:
                flaws[finding.flaw] += 1
                self._print(finding)
            progress.at(whole.threads)
        return whole, flaws

    def _seal_anew(self) -> None:
        threads = Chain.objects.order_by("thread").values_list("thread", flat=True).iterator()
        sealed = sum(seal_anew(thread) for thread in threads)
        house = House.objects.filter(only=True).first()
        if house and sealed:
            record("sealed_anew", thread=house.id, by=PROGRAM, at=now(), threads=sealed)
        if not self._say_json:
            self.stdout.write(f"Sealed {_counted(sealed, 'thread')} anew.")

    def _print(self, finding: Finding) -> None:
        name = _name_of(finding)
        if self._say_json:
            found = {"thread": str(finding.thread), "name": name}
            self.stdout.write(
                json.dumps({**found, "number": finding.number, "flaw": str(finding.flaw)})
            )
        else:
            self.stdout.write(f"{name}: {_WHAT[finding.flaw].format(number=finding.number)}.")

    def _print_whole(self, whole: Looked, findings: int) -> None:
        told = {"threads": whole.threads, "events": whole.events, "erased": whole.erased}
        self.stdout.write(json.dumps({**told, "findings": findings}))


class _Progress:
    """Says how far it is, to who waits at the terminal."""

    def __init__(self, command: BaseCommand) -> None:
        self._command = command
        self._of = Chain.objects.count()
        self._said = time.monotonic()

    def at(self, threads: int) -> None:
        if time.monotonic() - self._said > _SAY_AFTER_SECONDS:
            self._said = time.monotonic()
            self._command.stderr.write(f"{threads:,} of {self._of:,} threads …")


def _name_of(finding: Finding) -> str:
    """Say which thread it is in the words of its row, whatever kind of noun it belongs to."""
    for kind, rows in _ABOUT.items():
        if row := rows.filter(pk=finding.thread).first():
            return f"{kind} {row}"
    return f"thread {finding.thread}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
