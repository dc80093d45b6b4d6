"""Of each text in the house's tables: is it ours alone, or may a customer read it?

A field that is not in one of the sets fails the build, so whoever adds one decides.
"""

from django.apps import apps
from django.db import models

# Colleagues write it for colleagues, or it opens something.
OURS = {
    "Assignment.actor_name", "Assignment.why", "Belonging.answered_by_name", "Closing.actor_name", "Closing.why",
    "Complaint.case_cause", "Complaint.expected", "Complaint.got", "Complaint.wish_words",
    "Contact.next_text", "Contact.proposal_reason", "Customer.likes", "Draft.fields",
    "DraftFile.name", "Event.actor_name", "Event.data", "FaultFinding.actor_name",
    "FaultFinding.evidence", "Grant.access_sealed", "Grant.client_id",
    "Grant.client_secret_sealed", "Grant.refresh_sealed", "Grant.tenant", "Grant.user",
    "Hook.key_sealed", "House.sells", "Invitation.seed", "Job.error", "LegalHold.why",
    "Mailbox.name",
    "Mention.words", "Merge.actor_name", "Merge.undone_by_name", "Message.reached", "Note.text",
    "Outgoing.server_answer", "Paraphrase.actor_name", "Person.email", "Person.name",
    "Person.password", "Person.session_mark", "Pickup.done_folder", "Pickup.failed_folder",
    "Pickup.folder", "Pickup.host", "Pickup.password_sealed", "Pickup.trouble_answer", "Pickup.user", "Point.text", "RawMail.envelope_from",
    "RawMail.envelope_to", "RawMail.error", "Remedy.proof", "Reopening.actor_name",
    "Representative.relation", "RoundItem.refused", "SavedReply.name", "SavedReply.tags",
    "SavedView.name", "SavedView.query", "Split.actor_name", "Split.undone_by_name",
    "StepMark.by_name", "StepMark.skipped_because", "Team.name",
    "Verdict.actor_name", "Verdict.undone_by_name",
}  # fmt: skip
# The customer's own words, what was said or is said to them, and how the house shows itself.
THEIRS = {
    "AccountNumber.number", "Attachment.name", "Complaint.goal", "Complaint.story",
    "Contact.reference", "Contact.subject", "Customer.company", "Customer.name",
    "Customer.vocative", "EmailAddress.address", "Holiday.name", "House.address", "House.name",
    "House.phone", "HouseBook.words", "HouseText.body", "HouseText.subject", "Invitation.email",
    "Invitation.name", "Mailbox.address", "Message.from_address", "Message.from_name",
    "Message.html", "Message.quoted", "Message.signature", "Message.subject", "Message.text",
    "Message.to_address", "Message.tracking", "Outgoing.attached", "Outgoing.body",
    "Outgoing.from_address", "Outgoing.from_name", "Outgoing.reply_to", "Outgoing.subject",
    "Outgoing.to_address", "Outgoing.to_name", "Paraphrase.correction", "Paraphrase.points",
    "Paraphrase.text", "Person.chosen_name", "Phone.number", "Promise.what", "Promise.why_moved",
    "Remedy.what", "Reopening.words", "Representative.address", "Representative.name",
    "Representative.phone", "Round.promise", "Round.texts", "SavedText.text", "Survey.more",
    "Survey.words",
}  # fmt: skip
# A code, a key or a digest: no words. So is every field that has a list of choices.
CODES = {
    "Assignment.actor_kind", "Attachment.digest", "Attachment.media_type", "Choice.by_mail",
    "Choice.in_desk", "Choice.quiet_days", "Closing.actor_kind", "Complaint.playbook",
    "Contact.language", "Contact.next_key", "Customer.language", "DraftFile.digest",
    "DraftFile.media_type", "Event.actor_kind", "Event.verb", "FaultFinding.actor_kind",
    "Grant.provider", "House.concede_currency", "House.greeting_en", "House.greeting_pl", "House.greeting_ru",
    "House.greeting_sk", "House.language", "House.languages", "House.logo_digest",
    "House.logo_type", "House.prefix", "House.zone", "HouseBook.base", "HouseBook.key",
    "HouseText.kind", "HouseText.language", "Invitation.language", "Invitation.languages",
    "Look.reference", "Job.args", "Job.dedupe_key", "Job.error_class", "Job.kwargs", "Job.returned", "Job.task",
    "Mailbox.language", "Merge.actor_kind", "Message.automatic", "Message.message_id", "Notice.key",
    "Outgoing.held_why", "Outgoing.in_reply_to", "Outgoing.language", "Outgoing.message_id", "Outgoing.mime_digest",
    "Outgoing.references", "Paraphrase.actor_kind", "Person.language", "Person.languages",
    "Phone.digits", "RawMail.digest", "Recurrence.name", "Remedy.currency", "Reopening.actor_kind",
    "SavedText.language", "Split.actor_kind", "StepMark.step", "Survey.language", "Team.languages",
    "Verdict.actor_kind",
}  # fmt: skip
# Where a row of another kind may not have any.
_ONLY = {"Message.reached": models.Q(direction="out", channel__in=["phone", "counter"])}
_TEXTS = (models.CharField, models.TextField, models.JSONField)


def texts() -> dict[str, models.Field]:
    """Return each text of the house's own tables, by the name of its noun and its own."""
    return {
        f"{model.__name__}.{each.name}": each
        for model in apps.get_models()
        if model.__module__.startswith("amends.")
        for each in model._meta.local_concrete_fields
        if isinstance(each, _TEXTS) and not each.choices
    }


def mark_of(name: str) -> str:
    """Return the mark of a field that is ours; it survives a header and an encoding."""
    return "zq" + name.replace(".", "").replace("_", "").lower()


def mark_all() -> None:
    """Put its mark into every row of every field that is ours, whatever wrote the row."""
    for name, each in texts().items():
        if name in OURS:
            rows = each.model._base_manager.filter(_ONLY.get(name, models.Q()))
            _mark(each, mark_of(name), rows)


def _mark(each: models.Field, mark: str, rows: models.QuerySet) -> None:
    if isinstance(each, models.JSONField):
        for row in rows:
            value = getattr(row, each.name)
            more = {**value, "mark": mark} if isinstance(value, dict) else [*value, mark]
            rows.filter(pk=row.pk).update(**{each.name: more})
    elif each.unique:
        for number, row in enumerate(rows):
            rows.filter(pk=row.pk).update(**{each.name: f"{number}{mark}@ours.example"})
    else:
        rows.update(**{each.name: mark[: each.max_length]})


def marks_in(text: str) -> set[str]:
    """Return which fields that are ours left their mark in the text."""
    fields = texts()
    return {name for name in OURS if mark_of(name)[: fields[name].max_length] in text.lower()}
