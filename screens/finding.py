"""Where in the house there is one of each: a complaint with all that a case can have, its link."""

import django

django.setup()

from django.db.models import Count  # noqa: E402

from amends.ground import clock  # noqa: E402
from amends.records.aftercare.models import Survey  # noqa: E402
from amends.records.aftercare.survey_links import survey_token  # noqa: E402
from amends.records.answering.answer import Answer, send_answer  # noqa: E402
from amends.records.complaints.links import token_for  # noqa: E402
from amends.records.complaints.models import Contact  # noqa: E402
from amends.records.complaints.paraphrasing import proposal_for  # noqa: E402
from amends.records.complaints.vocabulary import Channel, Direction, Kind, State  # noqa: E402


def find() -> dict[str, str]:
    """Return the addresses' parts by name: references, keys, or a whole address."""
    told = Contact.objects.filter(kind=Kind.COMPLAINT).annotate(
        said=Count("messages", distinct=True),
        promised=Count("complaint__promises", distinct=True),
        points=Count("complaint__points", distinct=True),
    )
    complaint = told.filter(state=State.OPEN).order_by("-promised", "-points", "-said", "id")[0]
    waits = told.filter(state=State.OPEN, next_key="answer", language="pl")
    answer = complaint.messages.filter(direction=Direction.OUT, author__isnull=False)
    return {
        "complaint": complaint.reference,
        "to_answer": waits.order_by("id")[0].reference,
        "answer": str(answer.order_by("at", "id")[0].pk),
        "status": f"/status/{token_for(complaint)}/",
        "survey": f"/survey/{survey_token(_asked().pk)}/",
        **_understood(),
    }


def _understood() -> dict[str, str]:
    """Ask a customer whether we understood; the mail is taken as their server would."""
    mailed = Contact.objects.filter(kind=Kind.COMPLAINT, state=State.OPEN, channel=Channel.MAIL)
    held = mailed.filter(next_key="answer", person__isnull=False).select_related("person")
    contact = held.order_by("-id")[0]
    if contact.person is None:
        raise LookupError("nobody holds it")
    answer = Answer(text=proposal_for(contact.complaint), asks_understood=True)
    mail = send_answer(contact, answer, by=contact.person, at=clock.now()).outgoing
    if mail and (token := mail.claim(mail.not_before)):
        mail.accept(token, mail.not_before, "250 ok")
    where = f"/status/{token_for(contact)}/understood/"
    return {"understood": where, "paraphrased": contact.reference}


def _asked() -> Survey:
    """Let somebody confirm, and ask at the moment planned, as the worker would."""
    answered = Contact.objects.filter(kind=Kind.COMPLAINT, answered=True, said_no=False)
    waiting = answered.exclude(state=State.CLOSED).filter(double_deviation=False)
    for contact in waiting.select_related("complaint").order_by("-language", "id"):
        contact.complaint.confirm(words="", at=clock.now())
        survey = Survey.objects.waiting().with_contact().get(complaint=contact.complaint)
        survey.ask(at=survey.due_at)
        if survey.asked_at:
            return survey
    raise LookupError("nobody can be asked")
