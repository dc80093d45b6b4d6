"""How mail from the house's address looks to receivers: SPF, DKIM and DMARC, looked up now."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import show
from amends.doors.desk.sender_words import Said, said
from amends.expertise.correspondence import sender_records as records
from amends.ground import zone
from amends.ground.loopback import is_loopback
from amends.records.house.models import House
from amends.records.post.addresses import BadAddress, checked


class SelectorForm(forms.Form):
    selector = forms.CharField(
        label=gettext_lazy("Name of the DKIM key (selector)"), max_length=63, required=False,
        validators=[RegexValidator(r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\Z")],
        help_text=gettext_lazy("It stands as s= in the DKIM-Signature of a mail of yours."),
    )  # fmt: skip


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    house = House.objects.current()
    form = SelectorForm(request.GET if "selector" in request.GET else None)
    typed = form.cleaned_data["selector"] if form.is_bound and form.is_valid() else ""
    context = {"form": form, "house": house, **looked_up(house.address, typed)}
    return show(request, "house_mail", "sender", context)


def looked_up(address: str, selector: str = "") -> dict[str, Any]:
    """Ask the zone of the address; `silent` where nobody answers, `domain` empty where none is."""
    try:
        domain = checked(address).rpartition("@")[2].lower()
    except BadAddress:
        return {"domain": ""}
    selectors = [selector] if selector else list(records.USUAL_SELECTORS)
    names = [domain, *records.dmarc_names(domain), *records.dkim_names(domain, selectors)]
    try:
        texts = zone.texts(names, zone.resolver())
    except zone.Silent:
        return {"domain": domain, "silent": True}
    return {"domain": domain, "lines": _lines(address, domain, selectors, texts)}


def _lines(
    address: str, domain: str, selectors: list[str], texts: dict[str, list[str]]
) -> list[Said]:
    sends = "" if is_loopback(settings.SMTP_HOST) else f" a:{settings.SMTP_HOST}"
    return [
        said("SPF", records.spf(domain, texts), value=f"v=spf1 mx{sends} ~all"),
        said("DKIM", records.dkim(domain, selectors, texts)),
        said(
            "DMARC", records.dmarc(domain, texts),
            value=f"v=DMARC1; p=none; rua=mailto:{address}",
        ),
    ]  # fmt: skip
