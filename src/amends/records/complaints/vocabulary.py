"""The words of the desk as choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    UNDECIDED = "undecided", _("undecided")
    COMPLAINT = "complaint", _("complaint")
    QUESTION = "question", _("question")
    NOTHING = "nothing", _("nothing to answer")


class Channel(models.TextChoices):
    MAIL = "mail", _("mail")
    FORM = "form", _("web form")
    PHONE = "phone", _("phone")
    COUNTER = "counter", _("counter")
    LETTER = "letter", _("letter")


class State(models.TextChoices):
    OPEN = "open", _("open")
    RESTING = "resting", _("resting")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged with another")


class Outcome(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed by the customer")
    NO_ANSWER = "no_answer", _("no answer after the check-backs")
    ON_THE_SPOT = "on_the_spot", _("solved on the spot")
    BY_LEAD = "by_lead", _("closed by a lead")


class Reason(models.TextChoices):
    """Why a lead closed it; the other outcomes speak for themselves."""

    NOT_A_COMPLAINT = "not_a_complaint", _("not a complaint")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OTHER = "other", _("other")


class Fault(models.TextChoices):
    UNKNOWN = "unknown", _("not known yet")
    OURS = "ours", _("ours")
    CUSTOMER = "customer", _("the customer’s")
    OUTSIDE = "outside", _("outside")


class Trust(models.TextChoices):
    """How the customer stands to us, as behaviour and never as a label; it stays inside."""

    UNCOOPERATIVE = "uncooperative", _("doesn’t want to work with us")
    AGAINST = "against", _("works against us")
    DISTRUSTS = "distrusts", _("doesn’t trust us")
    DOUBTS = "doubts", _("doesn’t believe that we can help")


class Direction(models.TextChoices):
    IN = "in", _("from the customer")
    OUT = "out", _("to the customer")


class Purpose(models.TextChoices):
    """What a message is for; all but a story and a reply are written by the program."""

    STORY = "story", _("story")
    REPLY = "reply", _("reply")
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
    CHECK_BACK = "check_back", _("check-back")
    LINK = "link", _("link")
    SURVEY = "survey", _("survey")


class Fix(models.TextChoices):
    NONE = "none", _("none")
    DECIDED = "decided", _("decided")
    DELIVERED = "delivered", _("delivered")
    TOLD = "told", _("told")


class CheckBackStage(models.TextChoices):
    NONE = "none", _("none")
    PLANNED = "planned", _("planned")
    ASKED = "asked", _("asked")
    ASKED_LAST = "asked_last", _("asked for the last time")


class Wish(models.TextChoices):
    """What would put it right, as listening names it."""

    REFUND = "refund", _("money back")
    REPLACEMENT = "replacement", _("the same thing anew")
    REPAIR = "repair", _("repair")
    EXCHANGE = "exchange", _("another size, colour or model")
    DISCOUNT = "discount", _("a lower price")
    CREDIT = "credit", _("credit on account")
    COMPENSATION = "compensation", _("compensation")
    CANCEL_CHARGE = "cancel-charge", _("charge taken off")
    REDELIVERY = "redelivery", _("delivery of what is missing")
    INFORMATION = "information", _("information")
    EXPLANATION = "explanation", _("an explanation")
    APOLOGY = "apology", _("an apology")
    CALLBACK = "callback", _("a call back")
    CANCELLATION = "cancellation", _("cancellation")
    CORRECTION = "correction", _("a correction")
    OTHER = "other", _("something else")
