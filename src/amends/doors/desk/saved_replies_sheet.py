"""Saved replies in from a sheet, shown before anything is kept, and out to one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.saved_replies_forms import SheetForm
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.ground import clock
from amends.ground.ui.saving import to_save
from amends.records.writing import sheet
from amends.records.writing.models import SavedReply

_UNREADABLE = {
    "large": gettext_lazy("The file is larger than 1 MB."),
    "encoding": gettext_lazy(
        "The file isn’t UTF-8 text. Save it as “CSV UTF-8” and choose it again."
    ),
    "columns": gettext_lazy(
        "The first line has to name the columns: name, language, text, shared."
    ),
    "empty": gettext_lazy("There is no reply in the file."),
    "rows": gettext_lazy("The file has more than 2,000 lines. Divide it."),
}
WHY = {
    "no_name": gettext_lazy("no name"),
    "no_text": gettext_lazy("no text"),
    "too_long": gettext_lazy("too long"),
    "language": gettext_lazy("the language is none of en, pl, ru, sk"),
    "field": gettext_lazy("a field in braces that no case knows"),
    "only_a_lead": gettext_lazy("sharing is for leads"),
    "twice": gettext_lazy("the same name and language a second time"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def take_in(request: DeskRequest) -> HttpResponse:
    """First what the sheet would do; then, with one button, it is kept."""
    if request.method != "POST":
        return _show(request, SheetForm())
    if "content" in request.POST:
        return _keep(request, request.POST["content"].encode())
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    return _preview(request, form)


@require_safe
@at_the_desk
def give_out(request: DeskRequest) -> HttpResponse:
    replies = SavedReply.objects.seen_by(request.user).prefetch_related("texts")
    # With the mark, or spreadsheets take it for another encoding.
    content = "\ufeff" + sheet.write(replies.order_by("name", "id"))
    return to_save(content.encode(), "saved-replies.csv", "text/csv; charset=utf-8")


def _preview(request: DeskRequest, form: SheetForm) -> HttpResponse:
    file = form.cleaned_data["sheet"]
    if file.size > sheet.MOST_BYTES:
        form.add_error("sheet", str(_UNREADABLE["large"]))
        return _show(request, form, status=422)
    content = file.read()
    try:
        lines = sheet.read(content, by=request.user)
    except sheet.SheetUnreadable as unreadable:
        form.add_error("sheet", str(_UNREADABLE[str(unreadable)]))
        return _show(request, form, status=422)
    counts = {
        state: sum(line.state == state for line in lines)
        for state in ("new", "changed", "same", "wrong")
    }
    context = {
        "lines": [(line, WHY.get(line.why, "")) for line in lines],
        "counts": counts,
        "to_keep": counts["new"] + counts["changed"],
        "content": content.decode("utf-8-sig"),
    }
    return render(request, "desk/saved_replies/sheet.html", context)


def _keep(request: DeskRequest, content: bytes) -> HttpResponse:
    try:
        lines = sheet.read(content, by=request.user)
        number = sheet.keep(lines, by=request.user, at=clock.now())
    except sheet.SheetUnreadable as unreadable:
        messages.error(request, str(_UNREADABLE[str(unreadable)]))
    except REFUSALS as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        kept = ngettext("%(number)s reply is kept.", "%(number)s replies are kept.", number)
        messages.info(request, kept % {"number": number})
    return HttpResponseRedirect(reverse("desk:saved_replies"))


def _show(request: DeskRequest, form: SheetForm, status: int = 200) -> HttpResponse:
    return render(request, "desk/saved_replies/import.html", {"form": form}, status=status)
