"""What complaints say no to, by name; the doors turn each into a sentence for a person."""


class Refusal(Exception):
    """A verb says no; nothing was changed."""


class AlreadyDecided(Refusal):
    """The contact has been decided to be that already, or to be something that can't change."""


class NothingToUndo(Refusal):
    """There is no verdict that could be undone, or somebody acted on it since."""


class AlreadyClosed(Refusal):
    """The contact is closed; what is closed is reopened first."""


class NotAComplaint(Refusal):
    """The verb is for complaints, and this contact is none."""


class NoAddress(Refusal):
    """The customer has no mail address that an answer could go to."""


class NothingWritten(Refusal):
    """An empty message, note or point."""


class PointRemoved(Refusal):
    """A removed point is neither answered nor reworded; it is brought back first."""


class PointStands(Refusal):
    """Only what was removed is brought back."""


class AnotherAddressOnFile(Refusal):
    """A customer with an address gets no second one by word of mouth."""


class AddressOfAnother(Refusal):
    """The address is another customer's."""


class SaidInTheFuture(Refusal):
    """A call or a letter is put on record once it was made or posted."""


class SaidBeforeItCame(Refusal):
    """Nothing answers what hasn't come yet."""


class NoWordOfTheCustomer(Refusal):
    """Only the customer's own word confirms: a message of theirs after our answer."""


class NotInPerson(Refusal):
    """Solved on the spot is for a customer at the counter or on the phone."""


class OnlyALead(Refusal):
    """Closing without the customer's word is for a lead, with a reason."""


class ReasonMissing(Refusal):
    """A lead closes with a reason in words."""


class NotAskedEnough(Refusal):
    """No answer counts only after the check-backs, accepted on different working days."""


class PastTheClock(Refusal):
    """A next action can't be later than the earliest promise or clock."""


class WouldNotSeeIt(Refusal):
    """Nobody holds what they may not see, as a closed team's case without being in the team."""


class NamedInIt(Refusal):
    """Who is named in a complaint can't hold it."""


class TooLateToTakeBack(Refusal):
    """The message has left, or is leaving, the house."""


class StaysOnRecord(Refusal):
    """The undo of a letter has run out, or somebody has acted on it or on the call since."""


class AlreadyMerged(Refusal):
    """The two are one case already, or this one follows a third."""


class NotMerged(Refusal):
    """There is nothing to take apart."""


class FollowsAnother(Refusal):
    """The contact is merged into another one, where all that is to be done is done."""


class OthersFollowIt(Refusal):
    """A head follows nobody; the other one is merged into it instead."""


class OfAnotherCustomer(Refusal):
    """Threads of two customers stay apart: each would read what the other wrote."""


class ComplaintLeads(Refusal):
    """A complaint follows only a complaint, or it would end without an outcome."""


class NotSeenByTheSame(Refusal):
    """Not the same colleagues may see both: one is of a closed team, or about somebody."""


class OnlyWhatCameIn(Refusal):
    """Only the customer's messages go to another contact; ours were sent in this one."""


class NothingWouldStay(Refusal):
    """It is all that the customer wrote there; the contacts are merged instead."""


class SenderNotConfirmed(Refusal):
    """A colleague passed it on; nothing goes out before a person has said whose it is."""


class SameCustomer(Refusal):
    """It is about this customer already."""


class AddressOfOurs(Refusal):
    """An address of the house, or of a colleague, is no customer's."""


class AlreadyConfirmed(Refusal):
    """Whose it is has been said before, or nobody passed it on."""


class NameMissing(Refusal):
    """Somebody has a name, even where nothing else of them is known."""


class AskedBefore(Refusal):
    """The customer is asked once whether we understood, and no second time."""


class AlreadyAnswered(Refusal):
    """Where the mail belongs has been said already."""


class AnsweredBefore(Refusal):
    """The customer has said already whether we understood, and says nothing new now."""


class EvidenceMissing(Refusal):
    """The house is neutral until somebody says what shows whose fault it is."""
