"""Setting how the house works: each change is kept with who, when, what was and what is."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from amends.ground.events.models import Actor, Event, record
from amends.records.house import knowledge, wording

from .calendar import Holiday, OpenSpan
from .text import HouseText

if TYPE_CHECKING:
    from .house import House

_OF_BOOKS = frozenset(
    {"playbook_worded", "playbook_usual", "playbook_retired", "playbook_taken_up"}
)
Spans = Iterable[tuple[int, time, time]]


class SettingRefused(Exception):
    """A change of the settings that can't be."""


class NothingOpen(SettingRefused):
    """A house that is never open could promise no answer."""


class ChangedSince(SettingRefused):
    """What was set has been set again since, so there is nothing to undo."""


class Setting:
    """A trait of House."""

    def set(self, *, by: Actor, at: datetime, **facts: str | int | bool) -> list[str]:
        """Set what is given and return the names of what differs from before."""
        house = cast("House", self)
        with transaction.atomic():
            before = {name: getattr(house, name) for name in facts}
            house.say(**facts)
            changed = [name for name in facts if getattr(house, name) != before[name]]
            for name in changed:
                told = {"what": name, "old": before[name], "new": getattr(house, name)}
                record("house_set", thread=house.id, by=by, at=at, **told)
        return changed

    def work_at(self, spans: Spans, *, by: Actor, at: datetime) -> bool:
        """Work at these hours from now on; NothingOpen, or BadSpan if they overlap."""
        house = cast("House", self)
        wanted = sorted(spans)
        house._has_a_row()
        if not wanted:
            raise NothingOpen
        knowledge.calendar(house.zone, wanted, ())
        with transaction.atomic():
            old = house.hours()
            if old == wanted:
                return False
            OpenSpan.objects.get_queryset().delete()
            for weekday, opens, closes in wanted:
                OpenSpan.objects.create(weekday=weekday, opens=opens, closes=closes)
            record(
                "hours_set", thread=house.id, by=by, at=at, old=_told(old), new=_told(wanted)
            )  # fmt: skip
        return True

    def hours(self) -> list[tuple[int, time, time]]:
        return sorted(OpenSpan.objects.values_list("weekday", "opens", "closes"))

    def close_on(self, days: dict[date, str], *, by: Actor, at: datetime) -> list[date]:
        """Don't work on these days; those that are known already stay as they are."""
        house = cast("House", self)
        house._has_a_row()
        with transaction.atomic():
            known = set(Holiday.objects.values_list("date", flat=True))
            fresh = {day: name.strip()[:80] for day, name in days.items() if day not in known}
            for day, name in fresh.items():
                Holiday.objects.create(date=day, name=name)
            if fresh:
                told = [[day.isoformat(), name] for day, name in sorted(fresh.items())]
                record("holidays_added", thread=house.id, by=by, at=at, days=told)
        return sorted(fresh)

    def work_on(self, days: Iterable[date], *, by: Actor, at: datetime) -> int:
        """Work on these days again, as on any other."""
        house = cast("House", self)
        with transaction.atomic():
            gone = Holiday.objects.filter(date__in=list(days)).order_by("date")
            told = [[holiday.date.isoformat(), holiday.name] for holiday in gone]
            if told:
                gone.delete()
                record("holidays_removed", thread=house.id, by=by, at=at, days=told)
        return len(told)

    def word(
        self, kind: str, language: str, *, subject: str, body: str, by: Actor, at: datetime
    ) -> None:
        """Word a text in the house's own way; TextRefused where the program couldn't fill it."""
        subject = " ".join(subject.split())[: wording.LONGEST_SUBJECT]
        body = body.replace("\r\n", "\n").strip()[: wording.LONGEST_BODY]
        wording.check(kind, language, subject=subject, body=body)
        self._keep(kind, language, knowledge.Text(subject, body), by=by, at=at)

    def restore(self, kind: str, language: str, *, by: Actor, at: datetime) -> None:
        """Say again what the program says."""
        self._keep(kind, language, None, by=by, at=at)

    def undo_change(self, event: Event, *, by: Actor, at: datetime) -> None:
        """Set what was before, on record as a change of its own; ChangedSince if it isn't so."""
        house, said = cast("House", self), event.data
        with transaction.atomic():
            if event.thread != house.id or not house.still_so(event):
                raise ChangedSince
            if event.verb == "house_set":
                house.set(by=by, at=at, **{said["what"]: said["old"]})
            elif event.verb == "hours_set":
                house.work_at(_read(said["old"]), by=by, at=at)
            elif event.verb == "holidays_added":
                house.work_on(_days(said), by=by, at=at)
            elif event.verb == "holidays_removed":
                house.close_on(_days(said), by=by, at=at)
            elif event.verb in _OF_BOOKS:
                house.undo_book_change(event, by=by, at=at)
            else:
                old = knowledge.Text(*said["old"]) if said["old"] else None
                house._keep(said["kind"], said["language"], old, by=by, at=at)

    def still_so(self, event: Event) -> bool:
        """Tell whether what the event set is set still, and what was before can be set again."""
        house, said = cast("House", self), event.data
        if event.verb == "house_set":
            return bool(getattr(house, said["what"], None) == said["new"])
        if event.verb == "hours_set":
            return bool(said["old"]) and _told(house.hours()) == said["new"]
        if event.verb in {"holidays_added", "holidays_removed"}:
            there = Holiday.objects.filter(date__in=_days(said)).count()
            return bool(there == (len(said["days"]) if event.verb == "holidays_added" else 0))
        if event.verb == "text_set":
            now = HouseText.objects.wording(said["kind"], said["language"])
            return bool((list(_pair(now)) if now else None) == said["new"])
        return event.verb in _OF_BOOKS and house.book_still_so(event)

    def _has_a_row(self) -> None:
        """Give a house that nobody has set up yet its row, as its key is what changes name."""
        house = cast("House", self)
        if house._state.adding:
            house.save()

    def _keep(
        self, kind: str, language: str, text: "knowledge.Text | None", *, by: Actor, at: datetime
    ) -> None:
        house = cast("House", self)
        house._has_a_row()
        with transaction.atomic():
            old = HouseText.objects.wording(kind, language)
            if text == knowledge.original(kind, language):
                text = None
            if text == old:
                return
            mine = HouseText.objects.filter(kind=kind, language=language)
            if text is None:
                mine.delete()
            else:
                values: dict[str, Any] = {"subject": text.subject, "body": text.body}
                values["changed_at"] = at
                HouseText.objects.update_or_create(kind=kind, language=language, defaults=values)
            record(
                "text_set", thread=house.id, by=by, at=at, kind=kind, language=language,
                old=_pair(old) if old else None, new=_pair(text) if text else None,
            )  # fmt: skip


def _pair(text: "knowledge.Text") -> tuple[str, str]:
    return text.subject, text.body


def _told(spans: Spans) -> list[list[int | str]]:
    return [[weekday, str(opens), str(closes)] for weekday, opens, closes in spans]


def _read(told: list[list[Any]]) -> list[tuple[int, time, time]]:
    return [(day, time.fromisoformat(opens), time.fromisoformat(shut)) for day, opens, shut in told]


def _days(said: dict[str, Any]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in said["days"]}
