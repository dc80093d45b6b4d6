import pytest
from django.urls import reverse

from amends.records.complaints.models import Contact


@pytest.fixture
def named(complaint):
    return reverse("desk:named", args=[complaint.contact.reference])


def test_it_hides_the_case_from_whom_it_is_about(seat, cast, complaint, named):
    case = reverse("desk:case", args=[complaint.contact.reference])
    assert seat("marek").get(case).status_code == 200
    seat("ana").post(named, {"named": str(cast.marek.pk)})
    assert seat("marek").get(case).status_code == 404
    assert seat("ana").get(case).status_code == 200


def test_it_takes_the_case_out_of_the_hands_of_whom_it_is_about(seat, cast, complaint, named, now):
    complaint.contact.hand_to(by=cast.ana, at=now, person=cast.ana)
    answer = seat("ana").post(named, {"named": str(cast.ana.pk)})
    assert answer["Location"] == reverse("desk:my_day")
    assert Contact.objects.get().person is None


@pytest.mark.parametrize("given", ["", "nobody", "019cafe0-0000-7000-8000-000000000000"])
def test_it_names_nobody_unknown(seat, complaint, named, given):
    seat("ana").post(named, {"named": given})
    assert not complaint.named.exists()
