"""What was changed in the house, and what a change would do, as sentences."""

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from amends.doors.desk import erasing_words, keeping_words
from amends.doors.desk.hours import in_words
from amends.doors.desk.playbook_words import EVENTS_OF_BOOKS, ROWS_OF_BOOKS, beginning
from amends.ground.events.models import Event
from amends.ground.ui.templatetags.amends_time import short_day
from amends.records.complaints.replanning import Moved
from amends.records.house.models import Stance

# What it was about, what it was, what it is.
Row = tuple[str, str, str]
NAMES = {
    "name": gettext_lazy("Name, as customers read it"),
    "address": gettext_lazy("Mail address that customers write to"),
    "phone": gettext_lazy("Phone at which a person answers"),
    "language": gettext_lazy("Language of the house"),
    "zone": gettext_lazy("Time zone"),
    "answer_hours": gettext_lazy("Working hours until the first answer is due"),
    "follow_up_days": gettext_lazy("Working days until we look at a case again"),
    "undo_seconds": gettext_lazy("Seconds in which a reply can be taken back"),
    "check_backs": gettext_lazy("How often we ask whether it is solved"),
    "check_back_gap_days": gettext_lazy("Working days between two such questions"),
    "survey": gettext_lazy("Ask after the customer’s yes how well we did"),
    "link_days": gettext_lazy("Days for which a link to the status page opens"),
    "greeting_en": gettext_lazy("Greeting in English"),
    "greeting_pl": gettext_lazy("Greeting in Polish"),
    "greeting_ru": gettext_lazy("Greeting in Russian"),
    "greeting_sk": gettext_lazy("Greeting in Slovak"),
    "stance": gettext_lazy("Stance while the fault isn’t known"),
    "concede_up_to": gettext_lazy("Concede first up to"),
    "concede_currency": gettext_lazy("Currency of that limit"),
    "house_signs": gettext_lazy("Sign with the house’s name only"),
    **keeping_words.NAMES,
    "chosen_name": gettext_lazy("Name, as customers see it"),
    "languages": gettext_lazy("Languages"),
    "handles": gettext_lazy("Answers customers"),
    "leads": gettext_lazy("Leads: hands over, closes with a reason, sets how the house works"),
    "assures": gettext_lazy("Quality: reads all cases, closed teams too, and leaves notes"),
    "administers": gettext_lazy("Administers: people, mail and all settings"),
    "is_active": gettext_lazy("Works here"),
}
TEXTS = {
    "acknowledgement": gettext_lazy("Your mail has arrived"),
    "portal_received": gettext_lazy("What you told us on the page has arrived"),
    "check_back": gettext_lazy("Is it solved?"),
    "check_back_again": gettext_lazy("Is it solved? Asked once more"),
    "fresh_link": gettext_lazy("A fresh link"),
    "taken_down": gettext_lazy("What was told by phone or at the counter is noted"),
    "understood": gettext_lazy("What we understood, for the customer to confirm"),
    "understood_link": gettext_lazy("The line that asks whether we understood"),
    "survey": gettext_lazy("The survey after the customer’s yes"),
    "notices": gettext_lazy("News for colleagues"),
    "invitation": gettext_lazy("An invitation for a colleague"),
    "new_password": gettext_lazy("A link to a new password"),
    "test_mail": gettext_lazy("The test mail"),
    "privacy": gettext_lazy("The privacy notice"),
    "privacy_line": gettext_lazy("The line that leads to the privacy notice"),
    "privacy_aloud": gettext_lazy("What is read out to who tells something"),
    "signoff": gettext_lazy("How a mail ends"),
    "footer": gettext_lazy("The line below a reply"),
}

# What happened, in a timeline: without a subject, as who did it stands beside.
EVENTS = {
    "house_set": gettext_lazy("House style changed"),
    "hours_set": gettext_lazy("Hours changed"),
    "holidays_added": gettext_lazy("Holidays added"),
    "holidays_removed": gettext_lazy("Holidays removed"),
    "text_set": gettext_lazy("Text changed"),
    "let_go": gettext_lazy("Deleted as set"),
    "files_dropped": gettext_lazy("Files dropped"),
    "sealed_anew": gettext_lazy("Record sealed anew"),
    "customer_erased": gettext_lazy("Customer erased"),
    "customer_held": gettext_lazy("Customer put under a legal hold"),
    "hold_lifted": gettext_lazy("Legal hold lifted"),
    **EVENTS_OF_BOOKS,
    "person_set": gettext_lazy("Role or name changed"),
    "team_made": gettext_lazy("Team made"),
    "team_set": gettext_lazy("Team changed"),
    "mailbox_added": gettext_lazy("Mailbox added"),
    "mailbox_removed": gettext_lazy("Mailbox removed"),
    "hook_set": gettext_lazy("Address of a webhook changed"),
    "pickup_set": gettext_lazy("Picking up of mail changed"),
    "grant_prepared": gettext_lazy("Permission to open a mailbox prepared"),
    "grant_given": gettext_lazy("Permission to open a mailbox given"),
}
# How somebody is greeted whose form of address isn't known.
MANNERS = {
    "neutral": gettext_lazy("neutral, without a name"),
    "formal": gettext_lazy("with the full name"),
    "first_name": gettext_lazy("with the first name"),
}


def text_name(kind: str) -> str:
    return str(TEXTS.get(kind) or kind.replace("_", " ").capitalize())


def change(event: Event) -> dict[str, str]:
    """Say what an event changed: what it was about, what it was, what it is."""
    said = event.data
    if event.verb in _ROWS:
        return _row(*_ROWS[event.verb](said))
    return _row(event.verb.replace("_", " "), str(said.get("old", "")), str(said.get("new", "")))


def moves(moved: Moved) -> list[str]:
    """Say what would become of the answers that are due."""
    if not moved.open:
        return [_("No answer is due at the moment, so none moves.")]
    if not moved.moved:
        none = ngettext(
            "%(n)s open answer stays due as it is.",
            "%(n)s open answers stay due as they are.", moved.looked_at,
        )  # fmt: skip
        return [none % {"n": moved.looked_at}]
    said = []
    if moved.later:
        later = ngettext("%(n)s open answer is due later.", "%(n)s open answers are due later.",
                         moved.later)  # fmt: skip
        said.append(later % {"n": moved.later})
    if moved.earlier:
        earlier = ngettext(
            "%(n)s open answer is due earlier.", "%(n)s open answers are due earlier.",
            moved.earlier,
        )  # fmt: skip
        said.append(earlier % {"n": moved.earlier})
    said.append(_("At most by %(span)s.") % {"span": span(moved.most)})
    if not moved.all_looked_at:
        said.append(_("Counted on the %(n)s that are due next.") % {"n": moved.looked_at})
    return said


def span(length: timedelta) -> str:
    """Say a length of time in days, hours and minutes, without the parts that are nothing."""
    minutes = round(abs(length).total_seconds() / 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(_("%(n)s d"), days), (_("%(n)s h"), hours), (_("%(n)s min"), rest)]
    said = [words % {"n": number} for words, number in parts if number]
    return " ".join(said) or _("%(n)s min") % {"n": 0}


# Facts whose value has a name of its own.
_NAMED: dict[str, Mapping[str, Any]] = {
    "language": dict(settings.LANGUAGES),
    "stance": dict(Stance.choices),
    **{f"greeting_{code}": MANNERS for code, _name in settings.LANGUAGES},
}


def shown(what: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if what in keeping_words.NAMES:
        return keeping_words.kept_for(value)
    if what in _NAMED:
        return str(_NAMED[what].get(value, value))
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)


def weekday(number: int) -> str:
    return str(WEEKDAYS[number])


def _of_a_fact(said: dict[str, Any]) -> Row:
    what, about = said["what"], str(NAMES.get(said["what"], said["what"]))
    if "name" in said:
        about = f"{said['name']}: {about}"
    return about, shown(what, said["old"]), shown(what, said["new"])


def _of_a_text(said: dict[str, Any]) -> Row:
    about = f"{text_name(said['kind'])} · {said['language']}"
    return about, _beginning(said["old"]), _beginning(said["new"])


def _of_a_team(said: dict[str, Any]) -> Row:
    members = ngettext("%(n)s member", "%(n)s members", said["members"]) % {"n": said["members"]}
    told = [said["name"], members, *([pgettext("of a team", "closed")] if said["closed"] else [])]
    return _("Team"), "", " · ".join(told)


_ROWS: dict[str, Callable[[dict[str, Any]], Row]] = {
    "house_set": _of_a_fact,
    "person_set": _of_a_fact,
    "text_set": _of_a_text,
    **ROWS_OF_BOOKS,
    "team_set": _of_a_team,
    "team_made": _of_a_team,
    "hours_set": lambda said: (_("Hours"), _week(said["old"]), _week(said["new"])),
    "holidays_added": lambda said: (_("Holidays"), "", _days(said["days"])),
    "holidays_removed": lambda said: (_("Holidays"), _days(said["days"]), ""),
    "let_go": lambda said: (_("Deleted as set"), "", keeping_words.gone(said)),
    "files_dropped": lambda said: (_("Files dropped"), "", keeping_words.dropped(said)),
    "customer_held": lambda _said: (_("Customer put under a legal hold"), "", ""),
    "hold_lifted": lambda _said: (_("Legal hold lifted"), "", ""),
    "customer_erased": lambda said: (
        _("Customer erased"),
        "",
        ", ".join(erasing_words.counted(said)),
    ),
    "sealed_anew": lambda said: (_("Record sealed anew"), "", str(said["threads"])),
    "mailbox_added": lambda said: (_("Mailbox"), "", said["new"]),
    "mailbox_removed": lambda said: (_("Mailbox"), said["old"], ""),
    "grant_prepared": lambda said: (_("Permission to be asked for"), "", said["new"]),
    "grant_given": lambda said: (_("Permission to open a mailbox"), "", said["new"]),
    "hook_set": lambda said: (_("Webhook for mail"), said["old"], said["new"]),
    "pickup_set": lambda said: (_("Mail picked up at"), said["old"], said["new"]),
}


def _row(about: str, old: str, new: str) -> dict[str, str]:
    return {"about": about, "old": old, "new": new}


def _week(told: list[list[Any]]) -> str:
    days: dict[int, list[tuple[time, time]]] = {}
    for day, opens, closes in told:
        days.setdefault(day, []).append((time.fromisoformat(opens), time.fromisoformat(closes)))
    return ", ".join(f"{WEEKDAYS_ABBR[day]} {in_words(spans)}" for day, spans in days.items())


def _days(told: list[list[str]]) -> str:
    shown = [f"{short_day(date.fromisoformat(day))} {name}" for day, name in told[:4]]
    more = len(told) - len(shown)
    if more:
        shown.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
    return ", ".join(shown)


def _beginning(text: list[str] | None) -> str:
    if text is None:
        return _("the original")
    return beginning(" ".join(text))
