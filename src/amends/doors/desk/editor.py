"""The editor of a case: a fresh reply and note, or what the person has typed and not sent."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from amends.doors.desk.after_sending import NEXT, STAY
from amends.doors.desk.editor_forms import EditorForm
from amends.doors.desk.forms import NoteForm, typed_as
from amends.doors.desk.telling import open_points
from amends.records.answering.answer import Answer
from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Contact
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.writing.models import Draft, DraftFile, SavedReply

# What a draft of a reply holds, and how much of each: as much as its form takes.
FIELDS = {
    "text": 50_000, "promise": 200, "promise_date": 20, "promise_time": 20, "remedy": 200,
    "cost": 20, "currency": 5, "check_back_date": 20, "check_back_time": 20, "gesture": 5,
    "delivered": 5, "paraphrase": 5,
}  # fmt: skip
LISTS = ("points", "kept")
_MOST_LISTED = 50
_MOST_NAMES = 500
_LONGEST_NOTE = 20_000
_LONGEST_KEY = 40


def reply_form(
    contact: Contact,
    person: Person,
    data: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
    *,
    draft: Draft | None = None,
    proposed: dict[str, str] | None = None,
    house: House | None = None,
) -> EditorForm:
    """Return the reply's form: what was posted, else the person's draft, else a greeting."""
    greeting = greeting_for(contact, house)
    initial: dict[str, Any] = {"text": greeting, "then": NEXT if person.goes_on else STAY}
    if proposed:
        initial |= {f"check_back_{part}": value for part, value in proposed.items()}
    if draft:
        initial |= {"kept": [str(file.pk) for file in files_of(draft)], **draft.fields}
    return EditorForm(
        data,
        files,
        points=open_points(contact),
        greeting=greeting,
        in_draft=files_of(draft),
        initial=initial,
    )


def note_form(draft: Draft | None) -> NoteForm:
    return NoteForm(prefix="note", initial=draft.fields if draft else {})


def drafts_of(contact: Contact, person: Person) -> dict[str, Draft]:
    """Return the person's drafts on this contact, by what they are of; one query and one more."""
    mine = Draft.objects.of(person).filter(contact=contact).prefetch_related("files")
    return {draft.what: draft for draft in mine.order_by("id")}


def files_of(draft: Draft | None) -> list[DraftFile]:
    return sorted(draft.files.all(), key=lambda file: file.pk) if draft else []


def typed_reply(data: QueryDict) -> dict[str, Any]:
    """Return what the reply's form has in it, as it was typed, right or wrong."""
    typed: dict[str, Any] = {
        name: _plain(data.get(name, ""))[:longest] for name, longest in FIELDS.items()
    }
    for name in LISTS:
        typed[name] = [_plain(key)[:_LONGEST_KEY] for key in data.getlist(name)[:_MOST_LISTED]]
    return typed


def typed_note(data: QueryDict) -> dict[str, Any]:
    return {"text": _plain(data.get("note-text", ""))[:_LONGEST_NOTE]}


def retyped(answer: Answer) -> dict[str, Any]:
    """Return what would have to be typed to make this answer, as a draft keeps it."""
    typed = {name: value for name, value in typed_as(answer).items() if value is not None}
    shown = {"promise_time": "%H:%M", "check_back_time": "%H:%M"}
    return {
        name: value.strftime(shown.get(name, "%Y-%m-%d")) if hasattr(value, "strftime")
        else value if isinstance(value, bool | list) else str(value)
        for name, value in typed.items()
    }  # fmt: skip


def says_something(typed: dict[str, Any], greeting: str) -> bool:
    """Tell whether there is more in it than what the editor puts there itself."""
    text = str(typed.get("text", "")).replace("\r\n", "\n").strip()
    if text and text != greeting.strip():
        return True
    asked = ("promise", "promise_date", "remedy", "cost")
    return any(typed.get(name) for name in asked)


def check_back_proposed(request: HttpRequest, at: datetime) -> dict[str, str]:
    """Return when a check-back asks if nobody says otherwise, for the form's two fields."""
    house: House = getattr(request, "house", None) or House.objects.current()
    asks_at = timezone.localtime(house.asks_at(at))
    return {"date": asks_at.strftime("%Y-%m-%d"), "time": asks_at.strftime("%H:%M")}


def saved_names(person: Person) -> list[tuple[str, str]]:
    """Return key and name of all that the person may use; one query."""
    seen = SavedReply.objects.seen_by(person).order_by("name", "id")
    return [(str(key), name) for key, name in seen.values_list("id", "name")[:_MOST_NAMES]]


def _plain(text: str) -> str:
    return text.replace("\0", "")
