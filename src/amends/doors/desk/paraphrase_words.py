"""What the timeline says of the paraphrase; who did it stands beside."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "paraphrase_asked": _("Asked whether we understood"),
    "paraphrase_agreed": _("“Yes, that is it”"),
    "paraphrase_corrected": _("What we understood was corrected"),
}
ICONS = {
    "paraphrase_asked": "message-circle-question-mark",
    "paraphrase_agreed": "check",
    "paraphrase_corrected": "pencil",
}
