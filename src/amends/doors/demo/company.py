"""Krakofon, a phone-and-gadget shop in Kraków: its people, its teams and its hours."""

from datetime import date, datetime, time, timedelta

from amends.records.house.models import Holiday, House, OpenSpan
from amends.records.people.models import Absence, Person, Team
from amends.records.post.models import Mailbox

DOMAIN = "krakofon.example"

# key, name, desk language, languages, teams, roles beyond handling cases
_PEOPLE: tuple[tuple[str, str, str, list[str], list[str], list[str]], ...] = (
    ("ana", "Ana Wiśniewska", "pl", ["pl", "en"], ["care"], []),
    ("marek", "Marek Zieliński", "pl", ["pl", "en"], ["care"], []),
    ("kasia", "Kasia Nowicka", "pl", ["pl"], ["care"], []),
    ("zuzana", "Zuzana Horváthová", "sk", ["sk", "en", "pl"], ["abroad"], []),
    ("peter", "Peter Baláž", "sk", ["sk"], ["abroad"], []),
    ("oleg", "Oleg Sokolov", "ru", ["ru", "pl"], ["abroad"], []),
    ("irina", "Irina Morozova", "ru", ["ru", "en"], ["abroad"], []),
    ("daniel", "Daniel O’Connor", "en", ["en"], ["care"], []),
    ("tomasz", "Tomasz Lis", "pl", ["pl", "en"], ["repairs"], []),
    ("ewa", "Ewa Król", "pl", ["pl", "en"], ["care", "abroad", "repairs"], ["leads"]),
    ("beata", "Beata Górska", "pl", ["pl"], [], ["assures"]),
    ("jan", "Jan Kowalczyk", "pl", ["pl"], ["office", "care"], ["leads", "administers"]),
)
_TEAMS = {
    "care": ("Obsługa klienta", ["pl", "en"], {"is_default": True}),
    "repairs": ("Serwis", [], {}),
    "abroad": ("Zagranica", ["sk", "ru"], {}),
    "office": ("Biuro", [], {"closed": True}),
}
_MAILBOXES = {"pomoc": "care", "serwis": "repairs", "office": "office"}
_HOLIDAYS = (
    (1, 1, "Nowy Rok"), (1, 6, "Trzech Króli"), (5, 1, "Święto Pracy"), (5, 3, "Konstytucja"),
    (8, 15, "Wniebowzięcie"), (11, 1, "Wszystkich Świętych"), (11, 11, "Niepodległość"),
    (12, 25, "Boże Narodzenie"), (12, 26, "Boże Narodzenie"),
)  # fmt: skip


def open_company(at: datetime) -> None:
    """Make the house with its people; called once, on an empty database."""
    House.objects.create(
        name="Krakofon", address=f"pomoc@{DOMAIN}", phone="+48 12 555 01 02", language="pl",
        zone="Europe/Warsaw",
    )  # fmt: skip
    for weekday in range(6):
        closes = time(18) if weekday < 5 else time(14)  # noqa: PLR2004 -- the fifth day is Saturday
        OpenSpan.objects.create(weekday=weekday, opens=time(9), closes=closes)
    for year in (at.year - 1, at.year, at.year + 1):
        for month, day, name in _HOLIDAYS:
            Holiday.objects.create(date=date(year, month, day), name=name)
    teams = {
        key: Team.objects.create(name=name, languages=languages, **more)
        for key, (name, languages, more) in _TEAMS.items()
    }
    for key, name, language, languages, member_of, roles in _PEOPLE:
        person = Person.objects.invite(
            email=f"{key}@{DOMAIN}", name=name, password=None, language=language,
            languages=languages, **dict.fromkeys(roles, True),
        )  # fmt: skip
        for team in member_of:
            teams[team].admit(person)
    for local, team in _MAILBOXES.items():
        Mailbox.objects.create(address=f"{local}@{DOMAIN}", name=local, team=teams[team])


def send_irina_on_leave(at: datetime) -> None:
    """Irina has been away since yesterday, Oleg stands in; done after the history is there."""
    today = at.date()
    Absence.objects.create(
        person=person("irina"), from_date=today - timedelta(days=1),
        until_date=today + timedelta(days=9), stand_in=person("oleg"),
    )  # fmt: skip


def person(key: str) -> Person:
    return Person.objects.get_by_natural_key(f"{key}@{DOMAIN}")


def team(key: str) -> Team:
    return Team.objects.get(name=_TEAMS[key][0])
