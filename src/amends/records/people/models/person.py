import uuid
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string, salted_hmac

from amends.ground.keys import uuid7

from .changing import ChangingPerson


class PersonQuerySet(models.QuerySet["Person"]):
    def at_work(self, on: date) -> "PersonQuerySet":
        """Narrow to those who are active and not away on that day."""
        away = Q(absences__from_date__lte=on, absences__until_date__gte=on)
        return self.filter(is_active=True).exclude(pk__in=Person.objects.filter(away).values("pk"))


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def at_work(self, on: date) -> PersonQuerySet:
        return self.get_queryset().at_work(on)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)

    def invite(self, *, email: str, name: str, password: str | None, **roles: object) -> "Person":
        """Take a person in; without a password nobody can sign in as them until one is set."""
        person = Person(email=email.strip().lower(), name=name, **roles)
        person.set_password(password)
        person.save()
        return person


class Person(ChangingPerson, AbstractBaseUser):
    """Somebody of the house. Roles add up: in a small house one person has them all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    chosen_name = models.CharField(max_length=80, blank=True, help_text="as customers see it")
    languages = models.JSONField(default=list)
    language = models.CharField(max_length=5, default="en", help_text="of the desk")
    handles = models.BooleanField(default=True, help_text="agent")
    leads = models.BooleanField(default=False, help_text="lead")
    assures = models.BooleanField(default=False, help_text="quality")
    administers = models.BooleanField(default=False, help_text="administrator")
    is_active = models.BooleanField(default=True)
    goes_on = models.BooleanField(default=True, help_text="to the next case after sending")
    session_mark = models.CharField(max_length=12, blank=True, help_text="a new one ends sessions")

    objects = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_one_address")]

    def __str__(self) -> str:
        return self.name

    def end_sessions(self) -> None:
        self.session_mark = get_random_string(12)
        self.save(update_fields=["session_mark"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django ends sessions when the password changes; the mark ends them without that.
        salt = "amends.people.session"
        return salted_hmac(
            salt, f"{self.password}{self.session_mark}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def sees_stories(self) -> bool:
        """The administrator sees settings, no stories; who has another role as well sees them."""
        return self.handles or self.leads or self.assures

    def prefer_going_on(self, goes_on: bool) -> None:  # noqa: FBT001 -- the one thing preferred
        """Remember whether the next case opens after sending, or this one stays."""
        if self.goes_on != goes_on:
            self.goes_on = goes_on
            self.save(update_fields=["goes_on"])

    @property
    def name_for_customers(self) -> str:
        return self.chosen_name or self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    actor_kind = "person"

    @property
    def actor_key(self) -> uuid.UUID:
        return self.id

    @property
    def actor_name(self) -> str:
        return self.name
