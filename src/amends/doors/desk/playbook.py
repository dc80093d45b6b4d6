"""The playbook as it is: the rail, each step with its advice and card, and the words for next."""

from types import SimpleNamespace

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import show
from amends.records.complaints.knowledge import playbook

_LANGUAGES = [code for code, _name in settings.LANGUAGES]


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    wanted = request.GET.get("language", "")
    reading = get_language() or ""
    language = next((code for code in (wanted, reading) if code in _LANGUAGES), _LANGUAGES[0])
    book = playbook(language)
    # The rail as it stands on a case that has been heard.
    states = ("done", "current", "todo", "todo", "todo")
    rail = [
        SimpleNamespace(key=step.key, name=step.name, hint=step.hint, state=state, letter="")
        for step, state in zip(book.steps, states, strict=True)
    ]
    context = {
        "book": book,
        "rail": rail,
        "next_text": book.next_texts["answer"],
        "next_texts": list(book.next_texts.values()),
        "code": language,
        "languages": settings.LANGUAGES,
    }
    return show(request, "house_playbook", "playbook", context)
