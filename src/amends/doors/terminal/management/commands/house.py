"""bin/amends house: says who the house is, as its page does."""

from argparse import ArgumentParser
from typing import Any

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
