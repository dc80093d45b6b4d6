"""Who comes in by an invitation or sets a password is noted beside who signed in."""

from django.http import HttpRequest

from amends.ground import clock
from amends.ground.rates import asker
from amends.records.looking.models import Glance, Look, What
from amends.records.people.models import Person


def note_password(request: HttpRequest, person: Person) -> None:
    Look.objects.note(Glance(What.PASSWORD, clock.now(), person.pk, asker(request)))


def note_sign_in(request: HttpRequest, person: Person) -> None:
    Look.objects.note(Glance(What.SIGN_IN, clock.now(), person.pk, asker(request)))
