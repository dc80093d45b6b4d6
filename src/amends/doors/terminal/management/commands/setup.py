"""bin/amends setup: makes the house's folder and database, or brings them up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from amends.records.joining.beginning import set_up_code

_NOBODY_YET = """
Nobody can sign in yet. Start bin/run --no-demo and open
  {url}/setup/?code={code}
or say the same in a second terminal:
  bin/amends house --name "Your shop" --address help@your-shop.example --zone Europe/Warsaw
  bin/amends person you@your-shop.example "Your Name" --lead --administrator
"""


class Command(BaseCommand):
    help = "Set the house up, or bring it up to date; may be run again."
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        home = Path(settings.HOUSE_HOME)
        self.stdout.write(f"The house is in {home}")
        home.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0, database="disposable")
        call_command("collectstatic", verbosity=0, interactive=False)
        if not settings.DEMO and (code := set_up_code()):
            self.stdout.write(_NOBODY_YET.format(url=settings.HOUSE_URL.rstrip("/"), code=code))
