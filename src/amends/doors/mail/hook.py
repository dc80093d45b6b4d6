"""A provider hands a mail over by HTTP; it gets a 200 only for what is on the disk."""

import json
import logging
from datetime import datetime
from urllib.parse import parse_qs

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amends.doors.mail.hook_signature import NotSigned, must_be_first, note_used, proof
from amends.doors.mail.reading import receive
from amends.ground import clock
from amends.ground.rates import too_many, too_many_of
from amends.ground.sealing import CannotUnseal
from amends.records.post.models import Hook, HookUnknown, Source

log = logging.getLogger(__name__)

_GUESSES_AN_HOUR = 60
_MAILS_AN_HOUR = 20_000
_MOST_FIELDS = 200
# Where Mailgun, SendGrid and Postmark put the mail as it came.
_FIELDS = ("body-mime", "email")
_IN_JSON = "RawEmail"
_AS_IT_IS = {"message/rfc822", "application/octet-stream", "text/plain"}


class NoMail(Exception):
    """What was sent holds no mail as it came."""


_REFUSALS = (
    NotSigned, CannotUnseal, RequestDataTooBig, NoMail, MultiPartParserError, TooManyFieldsSent,
)  # fmt: skip


@csrf_exempt  # whoever calls is no browser: the token is what lets them
@require_POST
def take(request: HttpRequest, token: str) -> HttpResponse:
    try:
        hook = Hook.objects.behind(token)
    except HookUnknown as unknown:
        if too_many(request, "hook-guessed", _GUESSES_AN_HOUR):
            return _say("too many", 429)
        raise Http404 from unknown
    if too_many_of("hook", hook.id.hex, _MAILS_AN_HOUR):
        return _say("too many, try again", 429)
    at = clock.now()
    try:
        used = proof(hook, request, at)
        raw = _mail_in(request)
        must_be_first(used, raw)
    except _REFUSALS as no:
        return _refuse(hook, no, at)
    return _keep(hook, raw, used, at)


def _refuse(hook: Hook, no: Exception, at: datetime) -> HttpResponse:
    if isinstance(no, NotSigned):
        # Its provider tries again: a key that was copied wrongly loses no mail.
        log.warning("%s: %s", hook, no)
        hook.note_refusal(at)
        return _say("not signed as its provider signs", 403)
    if isinstance(no, CannotUnseal):
        log.error("%s: the key of its signatures can't be opened", hook)
        return _say("can't look at it now, try again", 503)
    if isinstance(no, RequestDataTooBig):
        return _say("the mail is too big", 413)
    # Mailgun takes this one for a no, and doesn't try again.
    return _say("no mail as it came is in it", 406)


def _keep(hook: Hook, raw: bytes, used: str, at: datetime) -> HttpResponse:
    try:
        receive(raw, source=Source.HOOK, at=at, envelope_to=[hook.mailbox.address])
        hook.note_mail(at)
        note_used(used, raw)
    except (OSError, OperationalError, InterfaceError):
        log.exception("a mail could not be kept; its provider tries again")
        return _say("can't keep it now, try again", 503)
    return _say("kept")


def _mail_in(request: HttpRequest) -> bytes:
    kind = request.content_type
    if kind in _AS_IT_IS:
        raw = request.body
    elif kind == "application/json":
        raw = _in_json(request.body)
    elif kind == "multipart/form-data":
        # Each byte as a letter, and back: whatever charset the mail has, it stays as it came.
        request.encoding = "latin-1"
        raw = _first({name: request.POST.getlist(name) for name in _FIELDS})
    elif kind == "application/x-www-form-urlencoded":
        raw = _in_form(request.body)
    else:
        raise NoMail(kind)
    if not raw.strip():
        raise NoMail("nothing")
    return raw


def _in_form(body: bytes) -> bytes:
    try:
        form = parse_qs(
            body.decode("latin-1"), encoding="latin-1", max_num_fields=_MOST_FIELDS
        )  # fmt: skip
    except ValueError as many:
        raise NoMail("too many fields") from many
    return _first(form)


def _in_json(body: bytes) -> bytes:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as nonsense:
        raise NoMail("no JSON") from nonsense
    mail = told.get(_IN_JSON) if isinstance(told, dict) else None
    return mail.encode("utf-8", "replace") if isinstance(mail, str) else b""


def _first(form: dict[str, list[str]]) -> bytes:
    found = (value for name in _FIELDS for value in form.get(name, ()))
    return next(found, "").encode("latin-1", "replace")


def _say(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
