"""`contacts` and `contact`: what was said as other programs read it, from the bytes that came."""

import hashlib
import io
import json
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command

from amends.doors.mail.reading import read_raw_mail, receive
from amends.ground import files
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact

BODY = """Lampa dotarła pęknięta.

--
Jan Kowalski

On Mon, 2 Nov 2026 at 10:00, Sklep <help@house.example> wrote:
> Dziękujemy za zamówienie."""
PICTURE = b"\xff\xd8\xff" + b"\x00" * 40


@pytest.fixture
def mailed(cast, now):
    mail = EmailMessage()
    mail["From"], mail["To"] = "Jan Kowalski <Jan@klient.example>", "help@house.example"
    mail["Subject"], mail["Message-ID"] = "Pęknięta lampa", "<lampa@klient.example>"
    mail["Date"] = "Mon, 02 Nov 2026 11:30:00 +0100"
    mail.set_content(BODY)
    mail.add_attachment(PICTURE, maintype="image", subtype="jpeg", filename="lampa.jpg")
    raw = receive(mail.as_bytes(), source="file", at=now)
    read_raw_mail.call(str(raw.pk))
    return Contact.objects.get()


def said(*command, **options):
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_a_contact_holds_what_was_said(mailed):
    shown = json.loads(said("contact", mailed.reference.lower(), json=True))
    first = shown["messages"][0]
    assert shown["reference"] == mailed.reference
    assert (shown["kind"], shown["language"]) == ("undecided", "pl")
    assert shown["customer"] == {"name": "Jan Kowalski", "addresses": ["jan@klient.example"]}
    assert shown["story"] == "Lampa dotarła pęknięta."
    assert first["message_id"] == "lampa@klient.example"
    assert first["from"] == {"name": "Jan Kowalski", "address": "jan@klient.example"}
    assert first["date"] == "2026-11-02T11:30:00+01:00"
    assert first["text"].split() == BODY.split()
    assert first["reply"].split() == BODY.split()[:6]
    assert first["reply_without_signature"] == "Lampa dotarła pęknięta."
    assert "> Dziękujemy za zamówienie." in first["quoted"]
    assert first["attachments"] == [
        {
            "name": "lampa.jpg",
            "type": "image/jpeg",
            "size": len(PICTURE),
            "sha256": hashlib.sha256(PICTURE).hexdigest(),
        }
    ]


def test_what_is_written_down_stands_in_where_the_bytes_are_gone(mailed):
    files.path(mailed.messages.get(direction="in").raw.digest).unlink()
    first = json.loads(said("contact", mailed.reference, json=True))["messages"][0]
    assert first["reply_without_signature"] == "Lampa dotarła pęknięta."
    assert first["reply"].split() == BODY.split()[:6]
    assert "> Dziękujemy" in first["quoted"]


def test_contacts_stand_a_line_each_the_oldest_first(mailed, now):
    told = Told(text="Nothing works.\nNothing.", channel="form", name="Ann", address="a@a.example")
    second = take_in_told(told, at=now)
    rows = [json.loads(line) for line in said("contacts", json=True).splitlines()]
    assert [row["reference"] for row in rows] == [mailed.reference, second.reference]
    assert (rows[1]["kind"], rows[1]["story"]) == ("complaint", "Nothing works.\nNothing.")
    assert rows[1]["messages"][0]["text"] == "Nothing works.\nNothing."
    assert "Jan Kowalski: Pęknięta lampa" in said("contacts").splitlines()[0]


def test_as_many_queries_for_many(mailed, now, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(4):
            said("contacts", json=True)

    queries()
    for number in range(5):
        take_in_told(Told(text="No.", channel="form", address=f"{number}@a.example"), at=now)
    queries()


def test_one_that_is_not_there_is_said_so(cast):
    with pytest.raises(CommandError, match="AM-22222"):
        said("contact", "AM-22222")
