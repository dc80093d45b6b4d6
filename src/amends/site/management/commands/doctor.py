"""bin/amends doctor: what is missing or wrong on this installation, and what to do about it."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from amends.ground import clock
from amends.site.checkup import alarm
from amends.site.checkup.findings import Finding, Level
from amends.site.checkup.look import look

_MARKS = {Level.GOOD: "ok     ", Level.WARNING: "look   ", Level.WRONG: "WRONG  "}


class Command(BaseCommand):
    help = "Say what is missing or wrong on this installation, and what to do about it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for other programs")
        parser.add_argument(
            "--alarm", action="store_true",
            help="look only whether the work goes on, and tell AMENDS_ALARM if it doesn't",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        now = clock.now()
        found = alarm.sound(now) if options["alarm"] else list(look(now))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in found], indent=2))
        else:
            for finding in found:
                self._say(finding)
            self.stdout.write(_in_all(found))
        if any(finding.level == Level.WRONG for finding in found):
            sys.exit(1)

    def _say(self, finding: Finding) -> None:
        self.stdout.write(f"{_MARKS[finding.level]}{finding.says}")
        if finding.do:
            self.stdout.write(f"       -> {finding.do}")


def _in_all(found: list[Finding]) -> str:
    bad = sum(finding.level == Level.WRONG for finding in found)
    look_at = sum(finding.level == Level.WARNING for finding in found)
    if not bad and not look_at:
        return "\nAll is well."
    return f"\n{bad} wrong, {look_at} to look at."
