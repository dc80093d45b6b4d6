from datetime import date

from django.db import models
from django.db.models import F, Q

from amends.ground.keys import uuid7

from .person import Person


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        return self.filter(from_date__lte=day, until_date__gte=day)

    def overlapping(self, from_date: date, until_date: date) -> "AbsenceQuerySet":
        return self.filter(from_date__lte=until_date, until_date__gte=from_date)

    def note(
        self, *, person: Person, from_date: date, until_date: date, stand_in: Person | None
    ) -> "Absence":
        """Note that somebody will be away; their open cases move on when the day comes."""
        return self.create(
            person=person, from_date=from_date, until_date=until_date, stand_in=stand_in
        )

    def stand_in_for(self, person: Person, day: date) -> Person | None:
        """Follow the chain of stand-ins to one who is at work; None when it ends with nobody."""
        seen = {person.pk}
        here = person
        while absence := self._of(here, day):
            if absence.stand_in is None or absence.stand_in.pk in seen:
                return None
            here = absence.stand_in
            seen.add(here.pk)
        return here if here.is_active else None

    def _of(self, person: Person, day: date) -> "Absence | None":
        # Two absences may overlap; one that names a stand-in says more.
        away = self.on(day).filter(person=person).select_related("stand_in")
        return away.order_by(F("stand_in").asc(nulls_last=True), "id").first()


class Absence(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    from_date = models.DateField()
    until_date = models.DateField()
    stand_in = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="stands_in"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(stand_in=F("person")), name="absence_another_stands_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.from_date}–{self.until_date}"

    def end(self) -> None:
        """Somebody is back, or never went; what has moved on stays with whom it is."""
        self.delete()
