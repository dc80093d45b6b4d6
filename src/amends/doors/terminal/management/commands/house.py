"""bin/amends house: says who the house is, until there is a page for it."""

from argparse import ArgumentParser
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from amends.records.house.models import House
from amends.records.post.models import Mailbox

_SAID = ("name", "address", "phone", "language", "zone")


class Command(BaseCommand):
    help = "Show what the house is called and how it is reached, or change it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="as customers read it")
        parser.add_argument("--address", help="the mail address that customers write to")
        parser.add_argument("--phone", help="the number at which a person answers")
        parser.add_argument("--language", choices=["en", "pl", "ru", "sk"])
        parser.add_argument("--zone", help="the time zone, such as Europe/Warsaw")

    def handle(self, *_args: Any, **options: Any) -> None:
        said = {name: options[name] for name in _SAID if options[name] is not None}
        if "zone" in said:
            self._check_zone(said["zone"])
        self._check(said)
        house = House.objects.current()
        house.say(**said)
        if "address" in said:
            Mailbox.objects.receive_at(house.address)
        for name in _SAID:
            self.stdout.write(f"{name:10}{getattr(house, name)}")

    def _check(self, said: dict[str, str]) -> None:
        try:
            House(**said).clean_fields()
        except ValidationError as wrong:
            told = wrong.message_dict.items()
            raise CommandError(
                " ".join(f"--{name}: {' '.join(sentences)}" for name, sentences in told)
            ) from wrong

    def _check_zone(self, zone: str) -> None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise CommandError(f"There is no time zone {zone}.") from unknown
