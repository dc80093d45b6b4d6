"""What the desk says when a verb says no: what happened, what was kept, what to do."""

from django.utils.translation import gettext_lazy as _

from amends.doors.desk import erasing_words
from amends.records.aftercare import models as aftercare
from amends.records.answering.meanwhile import SaidMeanwhile
from amends.records.complaints import refusals
from amends.records.joining import refusals as joining
from amends.records.notices import models as notices
from amends.records.promises import models as promises
from amends.records.recovery import models as recovery
from amends.records.retention import erasing
from amends.records.retention import models as retention
from amends.records.writing import refusals as writing

REFUSALS: tuple[type[Exception], ...] = (
    refusals.Refusal,
    promises.PromiseRefused,
    recovery.RemedyRefused,
    aftercare.CheckBackRefused,
    writing.WritingRefused,
    notices.ChoiceRefused,
    joining.JoiningRefused,
    aftercare.SurveyRefused,
    erasing.ErasingRefused,
    retention.HoldRefused,
)

_SENTENCES = {
    **erasing_words.SENTENCES,
    refusals.AlreadyDecided: _("A colleague has decided this already. Nothing was changed."),
    refusals.NothingToUndo: _("Somebody has acted on it since, so the decision stands."),
    refusals.AlreadyClosed: _("This case is closed. It opens again when the customer writes."),
    refusals.NotAComplaint: _("This is not a complaint yet. Decide that it is one first."),
    refusals.NoAddress: _("We have no mail address of this customer. Your text is kept below."),
    refusals.EvidenceMissing: _(
        "The house stays neutral until investigated. Say what shows whose fault it is."
    ),
    refusals.NothingWritten: _("There is nothing written yet."),
    refusals.PointRemoved: _("This point was removed meanwhile. Nothing was changed."),
    refusals.PointStands: _("This point is on the list already."),
    refusals.NoWordOfTheCustomer: _(
        "Only the customer’s own words confirm, written after our answer. Choose that message."
    ),
    refusals.SaidInTheFuture: _("That is still to come. Note it once it was said or posted."),
    refusals.SaidBeforeItCame: _("That is before this case came in. Check day and hour."),
    refusals.AnotherAddressOnFile: _(
        "This customer has another mail address on file. Leave that field as it was."
    ),
    refusals.AddressOfAnother: _(
        "This mail address belongs to another customer. Check it, or find that customer above."
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
    SaidMeanwhile: _(
        "Somebody wrote while you were writing. Your text is kept; send again if it still fits."
    ),
    notices.QuietAllDay: _("Quiet hours need a beginning and another hour as their end."),
    refusals.AlreadyMerged: _("This case is merged already. Take it apart first."),
    refusals.NotMerged: _("This case isn’t merged any more. Nothing was changed."),
    refusals.FollowsAnother: _("This case follows another one. Do it there, it counts for both."),
    refusals.OthersFollowIt: _("Other cases follow this one. Merge the other case into this one."),
    refusals.OfAnotherCustomer: _(
        "These are cases of different customers, so they stay apart: each would read the other’s."
    ),
    refusals.ComplaintLeads: _("A complaint leads. Merge the other case into it."),
    refusals.NotSeenByTheSame: _("Not the same colleagues may see both cases, so they stay apart."),
    refusals.OnlyWhatCameIn: _("Choose messages of the customer. Ours stay where they were sent."),
    refusals.NothingWouldStay: _(
        "That is all that the customer wrote here. Merge the cases instead."
    ),
    refusals.SenderNotConfirmed: _(
        "Say first who the customer is. Until then nothing goes out; your text is kept below."
    ),
    refusals.AlreadyConfirmed: _("A colleague has said already who the customer is."),
    refusals.SameCustomer: _("The case is about this customer already."),
    refusals.AddressOfOurs: _("This is an address of ours. Give that of the customer."),
    refusals.NameMissing: _("Say the name."),
    refusals.TooLateToTakeBack: _("It is on its way already. Write a second message if needed."),
    refusals.StaysOnRecord: _(
        "It stays on record: somebody has acted on it since, or the undo of the letter has run out."
    ),
    refusals.AskedBefore: _(
        "The customer was asked already whether we understood. Untick it and send the rest."
    ),
    refusals.AlreadyAnswered: _("Somebody has said already where this belongs."),
    refusals.AnsweredBefore: _("The customer has answered that already."),
    promises.NothingPromised: _("Say what you promise."),
    promises.DueInThePast: _("A promise is for later than now. Choose another date."),
    promises.AlreadySettled: _("This promise is settled already."),
    promises.TooLateToMove: _("The date has passed, so the promise can’t be moved any more."),
    recovery.NothingDecided: _("Say what puts it right."),
    recovery.AlreadyDelivered: _("This remedy is delivered already."),
    writing.NameTaken: _("Another saved reply has this name. Choose another name."),
    writing.NothingSaid: _("A saved reply needs a name and a text in one language at least."),
    writing.UnknownField: _("A text has a field in braces that no case knows."),
    writing.NoTextInLanguage: _("There is no text in this customer’s language."),
    writing.UnfilledField: _("The case doesn’t know what a field of the text asks for."),
    writing.OutOfSight: _("You don’t see this case any more."),
    writing.OnlyALeadShares: _("What everybody uses is changed by a lead."),
    aftercare.AlreadyPlanned: _("A check-back is planned already. Your text is kept below."),
    joining.AlreadyHere: _("Somebody of the house has this address already."),
    joining.AlreadyInvited: _("An invitation to this address is open. Send it again below."),
    joining.InvitationOver: _("This invitation is over: it was used or taken back."),
    joining.LetterNotPossible: _("No letter can be sent to this address."),
    joining.LinkOver: _("This link is over. Ask for another."),
    joining.HouseIsTaken: _("This house has its first administrator already."),
    aftercare.AskedBeforeTheAnswer: _(
        "Ask later than now: choose another date for the check-back."
    ),
    aftercare.AlreadyAnswered: _("Somebody has taken it up already."),
    aftercare.NothingAnswered: _("There is no answer in it yet."),
}


def sentence_for(refusal: Exception) -> str:
    """Return the sentence for a person; every refusal has one, a test sees to it."""
    return str(_SENTENCES[type(refusal)])


def sentence_named(name: str) -> str:
    """Return the sentence of a refusal that was kept by its name."""
    named = {refusal.__name__: sentence for refusal, sentence in _SENTENCES.items()}
    return str(named.get(name, name))


def known_refusals() -> set[type[Exception]]:
    return set(_SENTENCES)
