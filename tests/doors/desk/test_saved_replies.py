"""Saved replies at the desk: found in a case, kept on their own pages, brought in by CSV."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.records.writing.models import Draft, SavedReply

TEXTS = {"en": "{salutation}\n\n{reference} is on its way.\n\n{agent}", "pl": "{promise} idzie."}
LIST = "/desk/saved-replies/"
PAGES = ["saved_replies", "saved_reply_new", "saved_replies_import", "saved_replies_export"]
HEAD = "name,language,text,shared\n"


@pytest.fixture
def save(cast, now):
    def save(who, name, texts=TEXTS, **more):
        return SavedReply.objects.make(
            name=name, texts=texts, by=getattr(cast, who), at=now, **more
        )

    return save


def typed(**more):
    texts = {f"text_{code}": "" for code in ("en", "pl", "ru", "sk")}
    return {"name": "On its way", "tags": "", **texts, "text_en": "It comes.", **more}


def of_one(name, reply):
    return reverse(f"desk:{name}", args=[reply.pk])


def text(answer):
    return answer.content.decode()


def test_it_is_for_people_who_see_stories(seat, save):
    reply = save("ana", "Mine")
    for name in PAGES:
        where = reverse(f"desk:{name}")
        assert seat("ana").get(where).status_code == 200
        assert seat("jan").get(where).status_code == 404
        assert seat(None).get(where).status_code == 302
    assert seat("jan").get(of_one("saved_reply", reply)).status_code == 404


def test_it_has_nothing_of_somebody_elses_own(ana, seat, save, complaint, to):
    theirs = save("marek", "Marek's secret")
    for name in ("saved_reply", "saved_reply_delete", "saved_reply_undo"):
        assert ana.post(of_one(name, theirs), typed()).status_code == 404
    assert ana.get(of_one("saved_reply", theirs)).status_code == 404
    where = to("case_saved_replies", complaint.contact)
    for page in (LIST, reverse("desk:saved_replies_export"), where):
        assert "secret" not in text(ana.get(page)), page
    ana.post(to("saved_reply_insert", complaint.contact), {"saved": theirs.pk, "text": "Hello"})
    assert Draft.objects.get().fields["text"] == "Hello"


def test_it_fills_in_a_case_its_language_first(ana, complaint, save, to):
    save("ana", "A Polish one", {"pl": "Idzie."})
    save("ana", "Z", TEXTS)
    shown = text(ana.get(to("case_saved_replies", complaint.contact)))
    assert shown.index(">Z<") < shown.index("A Polish one")
    assert f"Hello,\n\n{complaint.contact.reference} is on its way.\n\nAna" in shown


def test_it_finds_by_what_is_typed(ana, complaint, save, to):
    save("ana", "Late parcel")
    save("ana", "Refund", {"en": "Money"})
    where = to("case_saved_replies", complaint.contact)
    found = text(ana.get(where, {"q": "refu"}))
    assert "Refund" in found
    assert "Late parcel" not in found
    assert "No saved reply has these words." in text(ana.get(where, {"q": "zzz\0%"}))


def test_it_writes_nothing_of_its_own_into_the_page(ana, complaint, save, to):
    save("ana", "<script>alert(1)</script>", {"en": '"><img src=x onerror=alert(1)>'})
    for page in (LIST, to("case_saved_replies", complaint.contact), to("case", complaint.contact)):
        shown = text(ana.get(page))
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_it_inserts_without_scripts_below_what_was_typed(ana, complaint, save, to):
    reply = save("ana", "On its way", {"en": "It is on its way."})
    where = to("saved_reply_insert", complaint.contact)
    shown = ana.post(where, {"text": "Hello,\r\n\r\nI am sorry.", "saved": reply.pk, "cost": "5"})
    form = shown.context["forms"]["reply"]
    assert form["text"].value() == "Hello,\n\nI am sorry.\n\nIt is on its way."
    assert form["cost"].value() == "5"
    assert "<noscript>" in text(shown)


def test_it_does_not_send_what_the_case_does_not_know(ana, complaint, save, to):
    save("ana", "Promise", {"en": "You get {promise} by {promise_date}."})
    shown = text(ana.get(to("case_saved_replies", complaint.contact)))
    words = "You get [promise…] by [promise_date…]."
    assert words in shown
    answer = ana.post(to("reply", complaint.contact), {"text": words})
    assert answer.status_code == 422
    assert "promise, promise_date" in text(answer)
    assert not complaint.contact.messages.filter(author__isnull=False).exists()


def test_it_keeps_changes_and_deletes_with_undo(ana, cast):
    ana.post(reverse("desk:saved_reply_new"), typed())
    reply = SavedReply.objects.get()
    assert reply.owner == cast.ana
    ana.post(of_one("saved_reply", reply), typed(name="Comes", text_sk="Ide."))
    reply.refresh_from_db()
    assert reply.name == "Comes"
    assert {text.language for text in reply.texts.all()} == {"en", "sk"}
    gone = text(ana.post(of_one("saved_reply_delete", reply), follow=True))
    assert of_one("saved_reply_undo", reply) in gone
    assert "No replies are saved yet" in gone
    assert "Comes" in text(ana.post(of_one("saved_reply_undo", reply), follow=True))


def test_it_undoes_no_deleting_of_yesterday(ana, clock, save):
    reply = save("ana", "Old")
    ana.post(of_one("saved_reply_delete", reply))
    clock.forward(days=1)
    assert ana.post(of_one("saved_reply_undo", reply)).status_code == 404


def test_it_is_shared_by_leads_only(ana, seat, save):
    ana.post(reverse("desk:saved_reply_new"), typed(shared="on"))
    assert not SavedReply.objects.get().is_shared
    seat("ewa").post(reverse("desk:saved_reply_new"), typed(shared="on"))
    shared = SavedReply.objects.get(owner=None)
    assert "a lead changes it" in text(ana.get(of_one("saved_reply", shared)))
    ana.post(of_one("saved_reply", shared), typed(name="Mine"))
    said = text(ana.post(of_one("saved_reply_delete", shared), follow=True))
    assert "What everybody uses is changed by a lead." in said
    shared.refresh_from_db()
    assert (shared.name, shared.deleted_at) == ("On its way", None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "x" * 81}, "at most 80"),
        ({"text_en": " "}, "in one language at least"),
        ({"text_pl": "Pani {nazwisko}"}, "No case knows {nazwisko}"),
        ({"text_ru": "x" * 10_001}, "at most 10000"),
        ({"name": "taken"}, "Another saved reply has this name"),
        ({"name": "a\0b"}, "Null characters"),
    ],
)
def test_it_says_what_is_wrong_and_loses_nothing(ana, save, wrong, sentence):
    save("ana", "Taken")
    shown = ana.post(reverse("desk:saved_reply_new"), typed(**wrong))
    assert shown.status_code == 422
    assert sentence in text(shown)
    for name, value in typed(**wrong).items():
        assert shown.context["form"][name].value() == value
    assert SavedReply.objects.count() == 1


def test_it_shows_how_it_looks_in_a_case_before_it_is_kept(ana):
    looked = ana.post(reverse("desk:saved_reply_new"), typed(preview="yes", text_en="Dear {name}"))
    part = ana.post(reverse("desk:saved_reply_preview"), typed(text_pl="Do {nic}, {phone}"))
    assert "Dear Jane Brown" in text(looked)
    assert "Do [nic…], +48 12 555 01 02" in text(part)
    assert not SavedReply.objects.exists()


def upload(client, content, name="replies.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(
        reverse("desk:saved_replies_import"), {"sheet": SimpleUploadedFile(name, content)}
    )


def test_it_shows_what_a_sheet_would_do_and_keeps_it_when_told(ana, save):
    save("ana", "Late", {"en": "Hello"})
    sheet = HEAD + "Late,en,Good day,\nNew,pl,Nowe {name},\nBad,xx,text,\n"
    shown = upload(ana, sheet)
    assert shown.context["counts"] == {"new": 1, "changed": 1, "same": 0, "wrong": 1}
    assert "the language is none of" in text(shown)
    assert SavedReply.objects.count() == 1
    kept = ana.post(
        reverse("desk:saved_replies_import"), {"content": shown.context["content"]}, follow=True
    )
    assert "2 replies are kept." in text(kept)
    assert {reply.name for reply in SavedReply.objects.all()} == {"Late", "New"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a CSV file"),
        (b"\xff\xfe\0", "UTF-8"),
        (b"a,b\n1,2\n", "name the columns"),
        (HEAD.encode(), "no reply in the file"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
    ],
)
def test_it_says_why_a_file_cannot_be_read(ana, content, sentence):
    shown = upload(ana, content)
    assert shown.status_code == 422
    assert sentence in text(shown)


def test_it_trusts_no_content_that_comes_back(ana, seat):
    where = reverse("desk:saved_replies_import")
    for content in ("nonsense", "\0", HEAD + "A,en,{nmae},\nB,en,x,yes\n", HEAD + "A,en"):
        assert ana.post(where, {"content": content}).status_code == 302
    assert not SavedReply.objects.exists()


def test_it_gives_out_what_it_takes_in(ana, save):
    save("ana", "Mine", {"en": "=1+1", "sk": 'Ide; „dnes“, "zajtra"'})
    save("ewa", "Ours", shared=True)
    out = ana.get(reverse("desk:saved_replies_export"))
    assert out["Content-Disposition"] == 'attachment; filename="saved-replies.csv"'
    shown = upload(ana, out.content)
    assert shown.context["counts"]["new"] == shown.context["counts"]["changed"] == 0
    assert [line.why for line, _why in shown.context["lines"] if line.state == "wrong"] == [
        "only_a_lead", "only_a_lead",
    ]  # fmt: skip


def test_it_asks_the_database_as_often_for_many_as_for_few(ana, cast, complaint, save, to):
    pages = [LIST, to("case_saved_replies", complaint.contact), to("case", complaint.contact)]

    def count():
        numbers = []
        for page in pages:
            with CaptureQueriesContext(connection) as seen:
                ana.get(page)
            numbers.append(len(seen))
        return numbers

    save("ana", "One")
    count()
    few = count()
    for number in range(12):
        save("ana", f"More {number}", {**TEXTS, "sk": json.dumps(number)})
    assert count() == few
