"""How the house treats what it is told: its notice, the line that leads there, what is read out."""

import re
from dataclasses import dataclass

from django.conf import settings

from amends.records.house import knowledge
from amends.records.house.models import House, HouseText

# A line of its own that ends no sentence.
_HEADING = re.compile(r"[^\n]*[^\n.!?:;,]")


@dataclass(frozen=True)
class Block:
    text: str
    is_heading: bool


def url(language: str) -> str:
    return f"{settings.HOUSE_URL}/privacy/{language}/"


def notice(house: House, language: str) -> list[Block]:
    """Return the notice in the language, by its headings and paragraphs."""
    text = house.write("privacy", language, address=house.address).body
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [Block(part, bool(_HEADING.fullmatch(part))) for part in parts]


def with_line(body: str, house: House, language: str) -> str:
    """Return the text of an acknowledgement with the line that leads to the notice below it.

    However the house words its acknowledgements, the line is there.
    """
    spoken = language if language in knowledge.LANGUAGES else house.language
    return f"{body}\n{house.write('privacy_line', spoken, link=url(spoken)).body}"


def aloud(house: House, first: str) -> list[tuple[str, str]]:
    """Return what is read out to who tells something, in each language of the house."""
    languages = house.languages or [house.language, *knowledge.LANGUAGES]
    spoken = sorted(dict.fromkeys(languages), key=lambda language: language != first)
    own = {
        text.language: knowledge.Text(text.subject, text.body)
        for text in HouseText.objects.filter(kind="privacy_aloud").order_by("id")
    }
    fixed = {"house": house.name, "phone": house.phone}
    written = {
        language: knowledge.write(
            "privacy_aloud", language, own.get(language), link=url(language), **fixed
        )
        for language in spoken
    }
    return [(language, text.body.strip()) for language, text in written.items()]


def unchecked(house: House) -> list[str]:
    """Return the languages of the house in which the notice is the one of the program."""
    own = set(HouseText.objects.filter(kind="privacy").values_list("language", flat=True))
    return [language for language in house.languages or knowledge.LANGUAGES if language not in own]
