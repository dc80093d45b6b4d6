"""The playbooks: which there are, the usual one, and those that the house adds or retires."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_who_sets, show
from amends.doors.desk.playbook_forms import NewForm, UsualForm
from amends.ground import clock
from amends.records.house.books import Books
from amends.records.house.models import House, NoSuchBook, UsualStays

_BACK = "back"


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    books = Books()
    if not is_typed(request, "house_playbook"):
        return _show(request, books)
    usual = UsualForm(request.POST, books=books, language=request.LANGUAGE_CODE)
    if not usual.is_valid():
        return _show(request, books, usual=usual)
    key = usual.cleaned_data["usual"]
    if House.objects.current().make_usual(key, by=request.user, at=clock.now()):
        messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(request.path)


@require_POST
@at_the_house
def new(request: DeskRequest) -> HttpResponse:
    only_who_sets(request, "house_playbook")
    books, language = Books(), request.LANGUAGE_CODE
    form = NewForm(request.POST, books=books, language=language)
    if not form.is_valid():
        return _show(request, books, new=form)
    said, house = form.cleaned_data, House.objects.current()
    book = house.add_book(
        said["title"], language=language, like=said["like"], by=request.user, at=clock.now()
    )
    messages.info(request, _("Added. Now change what differs."))
    return HttpResponseRedirect(reverse("desk:house_book", args=[book.key, language]))


@require_POST
@at_the_house
def retirement(request: DeskRequest, key: str) -> HttpResponse:
    only_who_sets(request, "house_playbook")
    house, now = House.objects.current(), clock.now()
    again = request.POST.get("act") == _BACK
    verb = house.take_up_book if again else house.retire_book
    try:
        verb(key, by=request.user, at=now)
    except NoSuchBook:
        raise Http404 from None
    except UsualStays:
        messages.error(request, _("The usual playbook stays. Make another the usual one first."))
    return HttpResponseRedirect(reverse("desk:house_playbook"))


def _show(request: DeskRequest, books: Books, **bound: Form) -> HttpResponse:
    language = request.LANGUAGE_CODE
    rows = [_row(books, key, language) for key in books.keys]
    context = {
        "rows": sorted(rows, key=lambda row: bool(row["is_retired"])),
        "usual": UsualForm(None, books=books, language=language),
        "new": NewForm(None, books=books, language=language),
        **bound,
    }
    status = 422 if bound else 200
    return show(request, "house_playbook", "playbooks", context, status=status)


def _row(books: Books, key: str, language: str) -> dict[str, Any]:
    return {
        "key": key,
        "name": books.book(key, language).title,
        "is_usual": key == books.usual,
        "is_retired": books.is_retired(key),
        "languages": [
            (code, name, bool(books.own_words(key, code))) for code, name in settings.LANGUAGES
        ],
    }  # fmt: skip
