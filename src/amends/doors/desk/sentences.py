"""What the desk says when a verb says no: what happened, what was kept, what to do."""

from django.utils.translation import gettext_lazy as _

from amends.records.aftercare import models as aftercare
from amends.records.complaints import refusals
from amends.records.promises import models as promises
from amends.records.recovery import models as recovery

REFUSALS: tuple[type[Exception], ...] = (
    refusals.Refusal,
    promises.PromiseRefused,
    recovery.RemedyRefused,
    aftercare.CheckBackRefused,
    aftercare.SurveyRefused,
)

_SENTENCES = {
    refusals.AlreadyDecided: _("A colleague has decided this already. Nothing was changed."),
    refusals.NothingToUndo: _("Somebody has acted on it since, so the decision stands."),
    refusals.AlreadyClosed: _("This case is closed. It opens again when the customer writes."),
    refusals.NotAComplaint: _("This is not a complaint yet. Decide that it is one first."),
    refusals.NoAddress: _("We have no mail address of this customer. Your text is kept below."),
    refusals.NothingWritten: _("There is nothing written yet."),
    refusals.NoWordOfTheCustomer: _(
        "Only the customer’s own words confirm, written after our answer. Choose that message."
    ),
    refusals.NotInPerson: _("Solved on the spot is for customers on the phone or at the counter."),
    refusals.OnlyALead: _("Closing without the customer’s word is for a lead."),
    refusals.ReasonMissing: _("Say why in a sentence; it stays on record."),
    refusals.NotAskedEnough: _("The customer hasn’t been asked often enough for that."),
    refusals.PastTheClock: _(
        "That is later than the earliest promise or clock. Choose a date before it."
    ),
    refusals.WouldNotSeeIt: _(
        "This colleague isn’t in the team and wouldn’t see the case. Choose somebody of the team."
    ),
    refusals.NamedInIt: _("The complaint is about this colleague, who can’t hold it."),
    refusals.TooLateToTakeBack: _("It is on its way already. Write a second message if needed."),
    promises.NothingPromised: _("Say what you promise."),
    promises.DueInThePast: _("A promise is for later than now. Choose another date."),
    promises.AlreadySettled: _("This promise is settled already."),
    promises.TooLateToMove: _("The date has passed, so the promise can’t be moved any more."),
    recovery.NothingDecided: _("Say what puts it right."),
    recovery.AlreadyDelivered: _("This remedy is delivered already."),
    aftercare.AlreadyPlanned: _("A check-back is planned already. Your text is kept below."),
    aftercare.AskedBeforeTheAnswer: _(
        "Ask later than now: choose another date for the check-back."
    ),
    aftercare.AlreadyAnswered: _("Somebody has taken it up already."),
    aftercare.NothingAnswered: _("There is no answer in it yet."),
}


def sentence_for(refusal: Exception) -> str:
    """Return the sentence for a person; every refusal has one, a test sees to it."""
    return str(_SENTENCES[type(refusal)])


def known_refusals() -> set[type[Exception]]:
    return set(_SENTENCES)
