"""bin/amends dead-jobs: what the worker gave up and why, and another round for it."""  # noqa: N999

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from amends.ground import clock
from amends.ground.jobs.models import Job


class Command(BaseCommand):
    help = "Show the jobs that were tried ten times and given up, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--try-again", action="store_true",
            help="give each another round; what killed them is mended",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        now = clock.now()
        for job in list(Job.objects.dead()):
            told = (job.error.strip().splitlines() or [job.error_class])[-1]
            self.stdout.write(f"{job.finished_at:%Y-%m-%d %H:%M}  {job.task}: {told}")
            if options["try_again"]:
                job.revive(now)
                self.stdout.write("  tried again as soon as the worker is there")
