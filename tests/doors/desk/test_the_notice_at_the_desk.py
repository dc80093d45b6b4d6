"""The desk reads out what becomes of a story, and words the house's notice."""

from django.urls import reverse


def test_who_takes_a_story_down_can_read_out_what_becomes_of_it(seat):
    page = seat("ana").get(reverse("desk:hear")).content.decode()
    assert "/privacy/en/" in page
    assert "I am writing down what you tell me" in page


def test_the_house_is_told_that_the_notice_is_not_its_own_yet(seat, cast, now):
    where = reverse("desk:house_text", args=["privacy", "en"])
    jan = seat("jan")
    assert "nobody has checked" in jan.get(where).content.decode()
    shown = jan.post(where, {"body": "{house} is responsible.", "act": "look"})
    assert "Krakofon is responsible." in shown.content.decode()
    jan.post(where, {"body": "{house} is responsible."})
    assert "nobody has checked" not in jan.get(where).content.decode()
