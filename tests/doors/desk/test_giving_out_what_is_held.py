"""A lead saves a copy of what is held on a customer: a page in their language, data, mails, files."""

import io
import json
import os
import re
import zipfile

import pytest
from django.urls import reverse
from tests.test_style import INLINE

from amends.ground import files
from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.models import Attachment, Note
from amends.records.customers.models import Customer
from amends.records.looking.models import Look


@pytest.fixture
def told(cast, now):
    uploads = [Upload("<b>bill</b>.pdf", "application/pdf", b"%PDF-1.7 the bill")]
    contact = take_in_told(
        Told(
            text="<script>alert(1)</script> Billed twice.", channel="form", name="Olga Nowak",
            language="pl", address="olga@customer.example", uploads=uploads,
        ),
        at=now,
    )  # fmt: skip
    Customer.objects.filter(pk=contact.customer_id).update(language="pl")
    Note.objects.write(contact, by=cast.ana, text="She is right", at=now)
    send_answer(contact, Answer(text="Przykro nam."), by=cast.ana, at=now)
    return contact


def take(client, contact, **typed):
    return client.post(reverse("desk:customer_extract", args=[contact.customer_id]), typed)


def opened(answer):
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def test_it_is_a_page_in_the_customer_s_language_with_data_and_files(ewa, told):
    answer = take(ewa, told)
    assert answer["Content-Disposition"] == 'attachment; filename="held-2026-11-25.zip"'
    saved = opened(answer)
    assert saved.testzip() is None
    page = saved.read("index.html").decode()
    assert '<html lang="pl">' in page
    assert "Dane o Państwu w firmie Krakofon" in page
    assert "Przykro nam." in page
    assert "&lt;script&gt;alert(1)" in page
    data = json.loads(saved.read("data.json"))
    assert data["about"]["customer"][0]["name"] == "Olga Nowak"
    assert data["cases"][0]["case"][0]["reference"] == told.reference
    (file,) = [name for name in saved.namelist() if name.startswith("files/")]
    assert saved.read(file) == b"%PDF-1.7 the bill"
    assert "style.css" in saved.namelist()
    assert "She is right" not in page + saved.read("data.json").decode()


def test_it_has_what_colleagues_noted_when_it_is_asked_for(ewa, told):
    saved = opened(take(ewa, told, inside="on"))
    page, data = saved.read("index.html").decode(), saved.read("data.json").decode()
    assert "She is right" in page
    assert "She is right" in data
    assert "Ana Example" not in page + data


def test_it_runs_nothing_when_it_is_opened(ewa, told):
    page = opened(take(ewa, told)).read("index.html").decode()
    assert not [what for what, pattern in INLINE.items() if re.search(pattern, page)]


def test_it_is_noted_at_once(ewa, cast, told):
    take(ewa, told)
    look = Look.objects.get(what="export")
    assert (look.person, look.customer_key, look.found) == (cast.ewa, told.customer_id, 1)


def test_it_says_what_the_disk_has_lost(ewa, told):
    files.path(told.messages.get(direction="in").attachments.get().digest).unlink()
    saved = opened(take(ewa, told))
    assert b"files/" in saved.read("missing.txt")


def test_it_is_refused_to_who_may_not_read_all_of_it(seat, cast, told, now):
    assert take(seat("ana"), told).status_code == 404
    jan = seat("jan")
    where = reverse("desk:customer_erasing", args=[told.customer_id])
    assert "data.json" not in jan.get(where).content.decode()
    assert (
        reverse("desk:customer_extract", args=[told.customer_id])
        not in jan.get(where).content.decode()
    )
    answer = jan.post(reverse("desk:customer_extract", args=[told.customer_id]), follow=True)
    assert "a lead who sees every case" in answer.content.decode()
    assert not Look.objects.filter(what="export").exists()


def test_it_holds_little_in_memory_however_much_there_is(ewa, told):
    """Pieces go out while files are read: none is as large as the file."""
    content = os.urandom(4_000_000)
    Attachment.objects.create(
        message=told.messages.get(direction="in"), name="large.bin", media_type="x",
        size=len(content), digest=files.keep(content),
    )  # fmt: skip
    pieces = list(take(ewa, told))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 600_000
