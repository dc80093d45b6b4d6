"""What is typed is saved on the server as it is typed: for its writer, and for nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amends.records.writing.models import Draft, DraftFile

WORDS = "Dear Olga, I am sorry."


@pytest.fixture
def type_in(to, complaint, clock):
    def type_in(client, **fields):
        since = fields.pop("since", clock().isoformat())
        typed = {"text": WORDS, "since": since, **fields}
        return client.post(to("draft", complaint.contact), typed)

    return type_in


def page_of(client, to, complaint):
    return client.get(to("case", complaint.contact))


def test_it_is_there_when_the_case_opens_again(ana, to, complaint, type_in):
    point = complaint.points.create(text="200", position=1)
    fields = {
        "promise": "200 back", "promise_date": "2026-11-27", "promise_time": "12:00",
        "remedy": "Paid back", "cost": "200", "currency": "EUR", "delivered": "on",
        "check_back_date": "2026-11-30", "check_back_time": "11:00", "points": [str(point.pk)],
    }  # fmt: skip
    assert type_in(ana, **fields).status_code == 204
    shown = page_of(ana, to, complaint)
    form = shown.context["forms"]["reply"]
    for name, value in {"text": WORDS, **fields}.items():
        assert form[name].value() == value, name
    assert f">{WORDS}</textarea>" in shown.content.decode()
    assert "Your draft, " in shown.content.decode()


def test_it_is_nobody_elses(ana, seat, to, complaint, type_in):
    type_in(ana, text="Between me and me")
    type_in(ana, what="note", **{"note-text": "Inside of me"})
    for who in ("marek", "ewa", "beata"):
        client = seat(who)
        assert " of me" not in page_of(client, to, complaint).content.decode()
        assert "me and me" not in page_of(client, to, complaint).content.decode()
        assert "Drafts not sent" not in client.get(reverse("desk:my_day")).content.decode()
        client.post(to("draft_discard", complaint.contact), {"what": "reply"})
    assert Draft.objects.count() == 2


def test_it_keeps_nothing_of_a_bare_greeting(ana, to, complaint, type_in):
    greeting = page_of(ana, to, complaint).context["forms"]["reply"]["text"].value()
    type_in(ana, text=greeting.replace("\n", "\r\n"))
    assert not Draft.objects.exists()


def test_it_is_thrown_away_when_told(ana, to, complaint, type_in):
    type_in(ana)
    ana.post(to("draft_discard", complaint.contact), {"what": "reply"})
    assert not Draft.objects.exists()
    assert WORDS not in page_of(ana, to, complaint).content.decode()


def test_it_goes_when_a_note_is_kept_or_emptied(ana, to, complaint, type_in, clock):
    type_in(ana, what="note", **{"note-text": "Look"})
    assert ">Look</textarea>" in page_of(ana, to, complaint).content.decode()
    type_in(ana, what="note", **{"note-text": "  "})
    assert not Draft.objects.exists()
    type_in(ana, what="note", **{"note-text": "Look"})
    clock.forward(seconds=5)
    ana.post(to("note", complaint.contact), {"note-text": "Look"})
    assert not Draft.objects.exists()


def test_it_does_not_come_back_by_a_late_save(ana, to, complaint, type_in, clock):
    made_at = clock().isoformat()
    clock.forward(seconds=9)
    ana.post(to("reply", complaint.contact), {"text": WORDS})
    type_in(ana, since=made_at)
    assert not Draft.objects.exists()


def test_it_keeps_what_could_not_be_sent(ana, to, complaint):
    ana.post(to("reply", complaint.contact), {"text": WORDS, "cost": "5"})
    assert Draft.objects.get().fields["cost"] == "5"


def test_it_says_on_my_day_what_is_not_sent(ana, complaint, type_in):
    assert "Drafts not sent" not in ana.get(reverse("desk:my_day")).content.decode()
    type_in(ana)
    shown = ana.get(reverse("desk:my_day")).content.decode()
    assert "Drafts not sent: 1" in shown


def test_it_shows_no_draft_of_a_case_that_one_no_longer_sees(ana, cast, complaint, type_in, now):
    type_in(ana)
    complaint.contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    shown = ana.get(reverse("desk:my_day")).content.decode()
    assert complaint.contact.reference not in shown


@pytest.mark.parametrize(
    "hostile",
    [
        {"text": "\0" * 9 + WORDS}, {"text": WORDS, "since": "nonsense"}, {"text": WORDS + "x" * 99_000},
        {"points": ["\0", "x" * 9_000] * 99, "kept": ["../etc"]}, {"since": "2026-99-99T99:99"},
        {"cost": "NaN" * 99, "currency": "🙂" * 99}, {"what": "else"}, {"since": "+" * 999},
    ],
)  # fmt: skip
def test_it_takes_anything_and_shows_it_again(ana, to, complaint, type_in, hostile):
    assert type_in(ana, **hostile).status_code == 204
    assert page_of(ana, to, complaint).status_code == 200
    assert len(str(Draft.objects.get().fields)) < 60_000


def test_it_keeps_files_as_they_are_chosen(ana, to, complaint, type_in):
    def bill(name):
        return SimpleUploadedFile(name, b"%PDF")

    listed = type_in(ana, text="", uploads=[bill("one.pdf"), bill("../../two.pdf")])
    assert listed.status_code == 200
    assert "two.pdf" in listed.content.decode()
    one, two = DraftFile.objects.order_by("id")
    assert (one.name, two.name) == ("one.pdf", "two.pdf")
    # The first is unticked: it stands there and doesn't go along.
    type_in(ana, kept=[str(two.pk)])
    form = page_of(ana, to, complaint).context["forms"]["reply"]
    assert [(file.name, ticked) for file, ticked in form.files_shown()] == [
        ("one.pdf", False), ("two.pdf", True),
    ]  # fmt: skip
    too_many = type_in(ana, uploads=[bill(f"{n}.pdf") for n in range(9)])
    assert "Up to ten files" in too_many.content.decode()
    assert DraftFile.objects.count() == 2
