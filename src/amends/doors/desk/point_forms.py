"""What is typed to add a point, or to reword one."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amends.records.complaints.models import Point
from amends.records.complaints.models.point import LONGEST_POINT


class PointForm(forms.Form):
    text = forms.CharField(label=_("Point"), max_length=LONGEST_POINT)

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class RewordForm(PointForm):
    """The words of a point that stands, ready to be changed in place."""

    def __init__(self, data: QueryDict | None = None, *, point: Point) -> None:
        super().__init__(data, prefix=f"point-{point.pk}", initial={"text": point.text})
