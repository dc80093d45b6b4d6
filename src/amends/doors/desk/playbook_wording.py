"""The words of one playbook in a language, with the rail that they make and the way back."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_looks, show
from amends.doors.desk.playbook_forms import WordsForm
from amends.ground import clock
from amends.records.complaints.models import Complaint
from amends.records.house.books import Books
from amends.records.house.knowledge import Playbook
from amends.records.house.models import House

_LANGUAGES = {code for code, _name in settings.LANGUAGES}
_RESTORE = "restore"
# The rail as it stands on a case that has been heard.
_STATES = ("done", "current", "todo", "todo", "todo")


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest, key: str, language: str) -> HttpResponse:
    books = Books()
    if key not in books.keys or language not in _LANGUAGES:
        raise Http404
    if not is_typed(request, "house_playbook"):
        return _show(request, books, WordsForm(None, books=books, key=key, language=language))
    house, now = House.objects.current(), clock.now()
    if request.POST.get("act") == _RESTORE:
        house.word_book(key, language, {}, by=request.user, at=now)
        messages.info(request, _("The original is used again."))
        return HttpResponseRedirect(request.path)
    form = WordsForm(request.POST, books=books, key=key, language=language)
    if only_looks(request) or not form.is_valid():
        return _show(request, books, form, status=200 if only_looks(request) else 422)
    if house.word_book(key, language, form.cleaned_data, by=request.user, at=now):
        messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(request.path)


def _show(request: DeskRequest, books: Books, form: WordsForm, status: int = 200) -> HttpResponse:
    key, language = form.key, form.language
    book = form.book()
    context = {
        "form": form,
        "key": key,
        "name": books.book(key, request.LANGUAGE_CODE).title,
        "book": book,
        "rail": _rail(book),
        "next_text": book.next_texts["answer"],
        "code": language,
        "languages": settings.LANGUAGES,
        "is_own": bool(books.own_words(key, language)),
        "unread": form.is_bound and bool(form.errors),
        "effects": _effects(books, form),
        "lines": form.differences(),
    }
    return show(request, "house_playbook", "playbook", context, status=status)


def _rail(book: Playbook) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(key=step.key, name=step.name, hint=step.hint, state=state, letter="")
        for step, state in zip(book.steps, _STATES, strict=True)
    ]


def _effects(books: Books, form: WordsForm) -> list[str]:
    """Say on how many open cases the words would read otherwise."""
    if not form.changes_something():
        return []
    keys = [form.key, *([""] if form.key == books.usual else [])]
    n = Complaint.objects.filter(playbook__in=keys, contact__closed_at=None).count()
    if not n:
        return [_("No open complaint has this playbook at the moment.")]
    said = ngettext(
        "%(n)s open complaint reads so from now on.",
        "%(n)s open complaints read so from now on.", n,
    )  # fmt: skip
    return [said % {"n": n}]
