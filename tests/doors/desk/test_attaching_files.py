"""Files go along with a reply, are taken back with it, and are not lost by an error."""

import email
import email.policy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.doors.desk import editor_forms
from amends.records.post.models import Outgoing
from amends.records.post.rendering import render
from amends.records.writing.models import DraftFile

WORDS = "Here is the bill. I am sorry."


def bill(name="Rachunek – żółty.pdf", content=b"%PDF-1.7", kind="text/html"):
    return SimpleUploadedFile(name, content, content_type=kind)


@pytest.fixture
def send(ana, to, complaint):
    def send(*files, **more):
        typed = {"text": WORDS, "uploads": list(files), **more}
        return ana.post(to("reply", complaint.contact), typed)

    return send


def mailed():
    mail = Outgoing.objects.get(automatic=False, state="queued")
    read = email.message_from_bytes(render(mail), policy=email.policy.default)
    return [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in read.iter_attachments()
    ]


def test_it_sends_them_and_shows_them_in_the_timeline(ana, to, complaint, send):
    assert send(bill(), bill("a.png", b"PNG")).status_code == 302
    assert mailed() == [
        ("Rachunek – żółty.pdf", "application/pdf", b"%PDF-1.7"), ("a.png", "image/png", b"PNG"),
    ]  # fmt: skip
    message = complaint.contact.messages.get(author__isnull=False)
    file = message.attachments.order_by("id").first()
    shown = ana.get(to("case", complaint.contact)).content.decode()
    assert to("attachment", complaint.contact, file.pk) in shown
    assert ana.get(to("attachment", complaint.contact, file.pk)).content == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("a\r\nBcc: x.txt", "_a"), ("con.txt", "_con.txt"),
        ("\u202egnp.exe", "gnp.exe"), ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)  # fmt: skip
def test_it_makes_names_safe(complaint, send, given, kept):
    send(bill(given))
    [(name, _kind, _content)] = mailed()
    assert name.startswith(kept)
    assert not set(name) & set("/\\\r\n\u202e")


def test_it_puts_them_back_into_the_editor_when_taken_back(ana, to, complaint, send):
    send(bill(), bill("b.pdf"))
    message = complaint.contact.messages.get(author__isnull=False)
    shown = ana.post(to("reply_undo", complaint.contact, message.pk), follow=True)
    form = shown.context["forms"]["reply"]
    assert [(file.name, ticked) for file, ticked in form.files_shown()] == [
        ("Rachunek – żółty.pdf", True), ("b.pdf", True),
    ]  # fmt: skip
    first = form.in_draft[0]
    send(kept=[str(first.pk)])
    assert [name for name, _kind, _content in mailed()] == ["Rachunek – żółty.pdf"]
    assert not DraftFile.objects.exists()


def test_it_loses_no_file_by_an_error(ana, to, complaint, send):
    shown = send(bill(), text=" ")
    assert shown.status_code == 422
    [(file, ticked)] = shown.context["forms"]["reply"].files_shown()
    assert ticked
    assert f'value="{file.pk}" checked' in shown.content.decode()
    send(kept=[str(file.pk)])
    assert [name for name, _kind, _content in mailed()] == ["Rachunek – żółty.pdf"]


def test_it_loses_no_file_where_the_verb_says_no(ana, to, complaint, send):
    shown = send(bill(), promise="Soon", promise_date="2026-11-24")
    assert shown.status_code == 422
    file = DraftFile.objects.get()
    assert file.kept().size == len(b"%PDF-1.7")
    send(kept=[str(file.pk)])
    assert mailed()[0][2] == b"%PDF-1.7"


def test_it_takes_ten_files_and_no_more(send):
    shown = send(*(bill(f"{number}.pdf") for number in range(11)))
    assert shown.status_code == 422
    assert "Up to ten files" in shown.content.decode()
    assert not Outgoing.objects.filter(automatic=False).exists()


def test_it_counts_what_stands_in_the_editor_too(monkeypatch, send):
    monkeypatch.setattr(editor_forms, "MOST_BYTES", 12)
    send(bill(), text=" ")
    kept = str(DraftFile.objects.get().pk)
    shown = send(bill("b.pdf"), kept=[kept])
    assert "together may have 15 MB" in shown.content.decode()
    assert send(bill("b.pdf"), kept=[]).status_code == 302


def test_it_sends_no_file_of_somebody_elses_draft(seat, to, cast, complaint, send, now):
    send(bill("secret.pdf"), text=" ")
    theirs = str(DraftFile.objects.get().pk)
    marek = seat("marek")
    marek.post(to("reply", complaint.contact), {"text": WORDS, "kept": [theirs, "nonsense"]})
    assert mailed() == []
