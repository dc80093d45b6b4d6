"""bin/amends rotate-secrets: gives the house a new key, and seals with it what was sealed before."""  # noqa: N999, E501

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from amends.ground import secret_key
from amends.ground.sealing import CannotUnseal
from amends.records.post.models import Grant, Hook, Pickup
from amends.site.sign_in import reseal_factors

_RUNNING = "Start Amends again: what runs now still has the key of before."
_LOST = "A secret was sealed with a key that is not at hand. Nothing was sealed anew."


class Command(BaseCommand):
    help = "Give the house a new key, and seal its secrets with it; older links still open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--forget-older", action="store_true",
            help="after that forget the keys of before: links made with them no longer open",
        )  # fmt: skip

    def handle(self, *_args: Any, forget_older: bool, **_options: Any) -> None:
        home = Path(settings.HOUSE_HOME)
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        if secret_key.read_or_make(home) == settings.SECRET_KEY:
            keys = [secret_key.renew(home), *keys]
        else:
            self.stdout.write("The key comes from AMENDS_SECRET_KEY, so it is not drawn here.")
        try:
            with transaction.atomic():
                sealed = sum(
                    reseal(keys)
                    for reseal in (
                        reseal_factors,
                        Pickup.objects.reseal,
                        Grant.objects.reseal,
                        Hook.objects.reseal,
                    )
                )
        except CannotUnseal as lost:
            raise CommandError(_LOST) from lost
        self.stdout.write(f"{sealed} secrets are sealed with the key of now. {_RUNNING}")
        if forget_older:
            secret_key.forget_older(home)
