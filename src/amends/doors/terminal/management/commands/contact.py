"""bin/amends contact REF: one contact and all that was said on it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amends.doors.terminal.as_data import as_data
from amends.records.complaints.models import Contact


class Command(BaseCommand):
    help = "Show one contact."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="such as AM-4K7QX")
        parser.add_argument("--json", action="store_true", help="as one JSON object")

    def handle(self, *_args: Any, reference: str, **options: Any) -> None:
        wanted = Contact.objects.with_all_said().filter(reference=reference.strip().upper())
        contact = wanted.first()
        if contact is None:
            raise CommandError(f"There is no {reference}.")
        data = as_data(contact)
        if options["json"]:
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        self.stdout.write(f"{contact.reference}  {contact.kind}  {contact.subject}")
        for message in data["messages"]:
            sender = message["from"]
            self.stdout.write(f"\n{message['date']}  {sender['name']} <{sender['address']}>")
            self.stdout.write(message["reply"])
