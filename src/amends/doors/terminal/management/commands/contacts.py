"""bin/amends contacts: what has come in, a line each, or as JSON lines for other programs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from amends.doors.terminal.as_data import as_data
from amends.records.complaints.models import Contact

_AT_ONCE = 500


class Command(BaseCommand):
    help = "List all contacts, the oldest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *_args: Any, **options: Any) -> None:
        contacts = Contact.objects.with_all_said().order_by("received_at", "id")
        for contact in contacts.iterator(chunk_size=_AT_ONCE):
            if options["json"]:
                self.stdout.write(json.dumps(as_data(contact), ensure_ascii=False))
            else:
                self.stdout.write(
                    f"{contact.reference}  {contact.received_at:%Y-%m-%d}  {contact.kind:9}"
                    f"  {contact.customer.shown_name}: {contact.subject}"
                )
