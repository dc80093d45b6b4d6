"""bin/amends person EMAIL NAME: takes somebody in, or gives them a new password."""

import getpass
from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from amends.records.people.models import Person, Team


class Command(BaseCommand):
    help = "Take a person into the house, or set a new password for one who is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("--lead", action="store_true", help="leads and approves")
        parser.add_argument("--quality", action="store_true", help="reads all cases")
        parser.add_argument("--administrator", action="store_true", help="sets the house up")
        parser.add_argument(
            "--without-second-factor", action="store_true", help="forgets app, passkeys and codes"
        )
        parser.add_argument("--language", default="en", choices=["en", "pl", "ru", "sk"])

    def handle(self, *_args: Any, email: str, name: str, **options: Any) -> None:
        known = Person.objects.get_queryset().filter(email=email.strip().lower()).first()
        if not known:
            self._check(email, name)
        password = self._ask()
        if known:
            known.set_password(password)
            known.save(update_fields=["password"])
            if options["without_second_factor"]:
                Authenticator.objects.filter(user=known).delete()
            self.stdout.write(f"{known.name} has a new password.")
            return
        person = Person.objects.invite(
            email=email, name=name, password=password, language=options["language"],
            leads=options["lead"], assures=options["quality"],
            administers=options["administrator"],
        )  # fmt: skip
        Team.objects.default().admit(person)
        self.stdout.write(f"{person.name} can sign in as {person.email}.")

    def _check(self, email: str, name: str) -> None:
        if not name.strip():
            raise CommandError("Nobody has this address yet: say the name too.")
        try:
            Person(email=email.strip().lower(), name=name).clean_fields({"password", "languages"})
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong

    def _ask(self) -> str:
        password = getpass.getpass("Password: ")
        try:
            validate_password(password)
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak
        return password
