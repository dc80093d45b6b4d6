"""Whose fault it is found to be, and what shows it: a row for each time somebody says so."""

from django.db import models

from amends.records.complaints.vocabulary import Fault

from .complaint import Complaint
from .rows import Row


class FaultFinding(Row):
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="findings")
    fault = models.CharField(max_length=8, choices=Fault)
    evidence = models.CharField(max_length=500, blank=True)
    conceded = models.BooleanField(default=False, help_text="by the stance of the house, unseen")

    def __str__(self) -> str:
        return self.fault
