"""Saved replies: the list, one of them with its texts, and what is done to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.saved_replies_forms import SavedReplyForm
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.doors.desk.strips import strips_of
from amends.ground import clock
from amends.records.writing.filling import FIELDS, example_values, fill
from amends.records.writing.models import SavedReply

_PER_PAGE = 50
_LONGEST_SEARCH = 80
_BACK_FOR = timedelta(minutes=10)


@require_safe
@at_the_desk
def page(request: DeskRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:_LONGEST_SEARCH].replace("\0", "")
    found = (
        SavedReply.objects.seen_by(request.user).saying(words)
        .best_first(get_language() or "en").prefetch_related("texts").select_related("owner")
    )  # fmt: skip
    listed = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    for reply in listed:
        reply.codes = sorted(text.language for text in reply.texts.all())  # type: ignore[attr-defined]
        reply.first_words = reply.text_in(get_language() or "en")  # type: ignore[attr-defined]
    context = {"replies": listed, "q": words, "now": clock.now()}
    return render(
        request, "desk/saved_replies/list.html", context | strips_of(request, clock.now())
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def new(request: DeskRequest) -> HttpResponse:
    if request.method != "POST":
        return _show(request, SavedReplyForm(person=request.user))
    form = SavedReplyForm(request.POST, person=request.user)
    return _kept(
        request, form, None,
        lambda at: SavedReply.objects.make(**form.said(), by=request.user, at=at),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def edit(request: DeskRequest, key: str) -> HttpResponse:
    reply = _seen(request, key)
    if request.method != "POST" or not reply.may_be_changed_by(request.user):
        return _show(request, SavedReplyForm(person=request.user, reply=reply), reply)
    form = SavedReplyForm(request.POST, person=request.user)
    return _kept(
        request, form, reply,
        lambda at: reply.change(**form.said(), by=request.user, at=at),
    )  # fmt: skip


@require_POST
@at_the_desk
def preview(request: DeskRequest) -> HttpResponse:
    """The texts as they would look in a case; for the page that asks for it while one types."""
    form = SavedReplyForm(request.POST, person=request.user)
    return render(
        request, "desk/saved_replies/preview.html", {"previews": _previews(request, form)}
    )


@require_POST
@at_the_desk
def delete(request: DeskRequest, key: str) -> HttpResponse:
    reply = _seen(request, key)
    try:
        reply.delete_it(by=request.user, at=clock.now())
    except REFUSALS as refusal:
        messages.error(request, sentence_for(refusal))
        return HttpResponseRedirect(reverse("desk:saved_reply", args=[reply.pk]))
    messages.info(request, _("“%(name)s” is deleted.") % {"name": reply.name}, f"undo-saved {key}")
    return _to_list()


@require_POST
@at_the_desk
def undo(request: DeskRequest, key: str) -> HttpResponse:
    reply = SavedReply.objects.filter(pk=key, deleted_at__isnull=False).first()
    now = clock.now()
    too_late = reply is None or (reply.deleted_at and reply.deleted_at < now - _BACK_FOR)
    if too_late or reply is None or not reply.may_be_changed_by(request.user):
        raise Http404
    try:
        reply.bring_back(by=request.user, at=now)
    except REFUSALS as refusal:
        messages.error(request, sentence_for(refusal))
    return _to_list()


def _kept(
    request: DeskRequest,
    form: SavedReplyForm,
    reply: SavedReply | None,
    verb: Callable[[datetime], Any],
) -> HttpResponse:
    if "preview" in request.POST:
        return _show(request, form, reply)
    if form.is_valid():
        try:
            verb(clock.now())
        except REFUSALS as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            messages.info(request, _("“%(name)s” is kept.") % {"name": form.said()["name"]})
            return _to_list()
    return _show(request, form, reply, status=422)


def _show(
    request: DeskRequest, form: SavedReplyForm, reply: SavedReply | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "reply": reply,
        "may_change": reply is None or reply.may_be_changed_by(request.user),
        "boxes": [(code, form[f"text_{code}"]) for code in form.texts()],
        "fields": [f"{{{name}}}" for name in FIELDS],
        "previews": _previews(request, form),
    }
    return render(request, "desk/saved_replies/edit.html", context, status=status)


def _previews(request: DeskRequest, form: SavedReplyForm) -> list[tuple[str, str]]:
    at = clock.now() + timedelta(days=1)
    return [
        (code, fill(text, example_values(code, by=request.user, at=at)))
        for code, text in form.texts().items()
        if text.strip()
    ]


def _seen(request: DeskRequest, key: str) -> SavedReply:
    seen = SavedReply.objects.seen_by(request.user).prefetch_related("texts")
    return get_object_or_404(seen, pk=key)


def _to_list() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:saved_replies"))
