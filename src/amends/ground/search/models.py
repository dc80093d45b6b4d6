"""What is in the index; the words themselves are in a table of the database's own kind."""

from django.db import models


class Entry(models.Model):
    key = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(help_text="what is searched comes in the order of this, newest first")
    digest = models.BinaryField(max_length=16, help_text="of the tokens: the same need no work")

    class Meta:
        verbose_name_plural = "entries"
        indexes = (models.Index(fields=["-at", "-key"], name="search_newest_first"),)
