"""Taking words or files of one message out for good: what it means first, then the deed."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.looked import looked
from amends.doors.desk.sentences import sentence_for
from amends.ground import clock
from amends.records.complaints.models import Attachment, Message
from amends.records.looking.models import What
from amends.records.retention.erasing import ErasingRefused
from amends.records.retention.redacting import redact


class RedactionForm(forms.Form):
    words = forms.BooleanField(label=gettext_lazy("The words of the message"), required=False)
    chosen = forms.ModelMultipleChoiceField(
        queryset=Attachment.objects.none(), widget=forms.CheckboxSelectMultiple, required=False,
        label=gettext_lazy("Files"),
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("Why it must not be kept"), max_length=300,
        help_text=gettext_lazy("It stays on record, so don’t say here what you take out."),
    )  # fmt: skip

    def __init__(self, data: object = None, *, message: Message) -> None:
        super().__init__(data, initial={"words": True})  # type: ignore[arg-type]
        of_message = message.attachments.order_by("name", "id")
        self.fields["chosen"].queryset = of_message  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def page(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    if not request.user.leads:
        raise Http404
    message = get_object_or_404(
        contact.messages.select_related("raw", "outgoing", "author"), pk=key
    )
    looked(request, What.CASE, contact=contact)
    form = RedactionForm(request.POST if request.method == "POST" else None, message=message)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            redact(
                message, words=said["words"], files=list(said["chosen"]), why=said["why"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except ErasingRefused as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            messages.info(request, _("Redacted. What was there is gone for good."))
            return HttpResponseRedirect(reverse("desk:case", args=[contact.reference]))
    who = message.author.name if message.author else message.from_name
    context = {
        "who": who or contact.customer.shown_name,
        "contact": contact,
        "message": message,
        "form": form,
    }
    return render(
        request, "desk/redaction/page.html", context, status=422 if form.is_bound else 200
    )
