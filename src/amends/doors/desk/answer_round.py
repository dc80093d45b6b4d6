"""One text for many: whom it doesn't fit comes first, then how each would read, then it goes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amends.doors.desk.answer_round_forms import RoundForm
from amends.doors.desk.asking import DeskRequest, at_the_desk, may_act
from amends.doors.desk.sentences import REFUSALS, sentence_for, sentence_named
from amends.doors.desk.together import back_to_list, selected
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.house.knowledge import LANGUAGES
from amends.records.writing.exceptions import NEVER, exceptions_among
from amends.records.writing.filling import fill, left_open, values_of
from amends.records.writing.models import Round, language_of

_SHOWN_AS_EXAMPLE = 3


@dataclass(frozen=True)
class Sample:
    """How the text reads for one of them."""

    contact: Contact
    language: str
    text: str
    gaps: list[str]


@require_POST
@at_the_desk
def begin(request: DeskRequest) -> HttpResponse:
    """Show the form, look at how it reads, or send it; each time with all that was typed."""
    if not may_act(request.user):
        raise Http404
    contacts = selected(request, request.POST)
    if not contacts:
        messages.error(request, _("Tick at least one case."))
        return back_to_list(request)
    step = request.POST.get("step", "")
    languages = {language_of(contact) for contact in contacts} & set(LANGUAGES)
    form = RoundForm(request.POST if step else None, languages=languages)
    if not step or not form.is_valid():
        return _show(request, form, contacts, status=422 if step else 200)
    chosen = _chosen(request, contacts)
    if step != "send":
        return _show(request, form, contacts, samples=_samples(request, form, chosen))
    return _send(request, form, contacts, chosen)


@require_safe
@at_the_desk
def page(request: DeskRequest, key: UUID) -> HttpResponse:
    """How far it is; only who sent it looks, as the cases may be others' than theirs."""
    sent = get_object_or_404(Round.objects.filter(by=request.user), pk=key)
    standing = sent.standing()
    seen = Contact.objects.visible_to(request.user)
    refused = sent.items.exclude(refused="").filter(contact__in=seen).select_related("contact")
    undo_until = sent.at + request.house.undo
    context = {
        "round": sent,
        "standing": standing,
        "total": sum(standing.values()),
        "done": standing["waiting"] == 0 or sent.stopped_at,
        "refused": [
            (item.contact, sentence_named(item.refused)) for item in refused.order_by("id")
        ],
        "undo_until": undo_until if undo_until > clock.now() and not sent.stopped_at else None,
        "now": clock.now(),
    }
    return render(request, "desk/round/page.html", context)


@require_POST
@at_the_desk
def undo(request: DeskRequest, key: UUID) -> HttpResponse:
    sent = get_object_or_404(Round.objects.filter(by=request.user), pk=key)
    taken = sent.take_back(by=request.user, at=clock.now())
    said = ngettext("%(count)s answer taken back.", "%(count)s answers taken back.", taken)
    messages.info(request, said % {"count": taken})
    return HttpResponseRedirect(reverse("desk:round", args=[key]))


def _chosen(request: DeskRequest, contacts: list[Contact]) -> list[Contact]:
    ticked = set(request.POST.getlist("chosen"))
    return [contact for contact in contacts if contact.reference in ticked]


def _send(
    request: DeskRequest, form: RoundForm, contacts: list[Contact], chosen: list[Contact]
) -> HttpResponse:
    try:
        sent = Round.objects.begin(
            chosen, form.texts(), by=request.user, at=clock.now(),
            promised=next(iter(form.promises()), None), check_back_at=form.check_back_at(),
        )  # fmt: skip
    except REFUSALS as refusal:
        said = _("Tick at least one case.") if not chosen else sentence_for(refusal)
        form.add_error(None, said)
        return _show(request, form, contacts, status=422)
    return HttpResponseRedirect(reverse("desk:round", args=[sent.pk]))


def _samples(request: DeskRequest, form: RoundForm, chosen: list[Contact]) -> list[Sample]:
    """Return how it reads for the first few, and for each that would have a gap."""
    texts, samples = form.texts(), []
    for contact in chosen:
        language = language_of(contact)
        if language not in texts:
            continue
        text = fill(texts[language], values_of(contact, language, by=request.user))
        samples.append(Sample(contact, language, text, left_open(text)))
    samples.sort(key=lambda sample: not sample.gaps)
    gaps = sum(1 for sample in samples if sample.gaps)
    return samples[: max(_SHOWN_AS_EXAMPLE, gaps)]


def _show(
    request: DeskRequest,
    form: RoundForm,
    contacts: list[Contact],
    *,
    samples: list[Sample] | None = None,
    status: int = 200,
) -> HttpResponse:
    apart = exceptions_among(contacts, form.languages)
    ticked = set(request.POST.getlist("chosen"))
    first_time = not request.POST.get("step")
    context: dict[str, Any] = {
        "form": form,
        "exceptions": [
            (contact, reason, reason in NEVER, contact.reference in ticked)
            for contact, reason in apart.items()
        ],
        "fitting": [
            (contact, first_time or contact.reference in ticked)
            for contact in contacts
            if contact not in apart
        ],
        "contacts": contacts,
        "samples": samples,
        "query": request.POST.get("query", ""),
        "fields": ("salutation", "name", "reference", "goal", "agent", "house", "phone"),
    }
    return render(request, "desk/round/write.html", context, status=status)
