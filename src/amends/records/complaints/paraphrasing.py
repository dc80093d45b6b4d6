"""How the desk proposes to say what was understood, and what of a sent text says it."""

from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Complaint, Contact
from amends.records.house import knowledge as house_knowledge
from amends.records.house.models import House

_OPENING_WORDS = 3
_ENDS = " .…"


def proposal_for(complaint: Complaint) -> str:
    """Return what we understood in the customer's language, for a person to word better.

    What nobody has noted is left out, sentence and all.
    """
    contact = complaint.contact
    points = complaint.points.standing().in_order().values_list("text", flat=True)
    text = House.objects.current().write(
        "understood",
        _language_of(contact),
        goal=complaint.goal.strip(_ENDS),
        expected=complaint.expected.strip(_ENDS),
        got=complaint.got.strip(_ENDS),
        wish=complaint.wish_words.strip(_ENDS),
        points="".join(f"\n- {point}" for point in points),
    )
    return text.body.strip()


def understood_in(text: str, contact: Contact) -> str:
    """Return the part of a reply that says what was understood.

    It begins where a paragraph begins as the house's text does, else below the greeting.
    """
    text = "\n".join(text.splitlines()).strip()
    opening = _opening(contact)
    for paragraph in text.split("\n\n"):
        if opening and paragraph.strip().casefold().startswith(opening):
            return text[text.index(paragraph) :].strip()
    greeting = greeting_for(contact).strip()
    return text.removeprefix(greeting).strip() or text


def asking_line(contact: Contact, link: str) -> str:
    """Return the line below a reply that leads to where the customer says yes or corrects it."""
    house = House.objects.current()
    return house.write("understood_link", _language_of(contact), link=link).body.strip()


def _opening(contact: Contact) -> str:
    words = House.objects.current().worded("understood", _language_of(contact)).body
    return " ".join(words.split("{")[0].split()[:_OPENING_WORDS]).casefold()


def _language_of(contact: Contact) -> str:
    house = House.objects.current()
    language = contact.language or contact.customer.language
    return language if language in house_knowledge.LANGUAGES else house.language
