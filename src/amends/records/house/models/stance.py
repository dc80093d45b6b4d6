"""How the house stands to a complaint before anybody knows whose fault it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stance(models.TextChoices):
    EVIDENCE = "evidence", _("by evidence")
    CONCEDE = "concede", _("concede first")
    NEUTRAL = "neutral", _("neutral until investigated")
