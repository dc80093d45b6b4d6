"""House style: how whose form of address isn't known is greeted, with samples and an undo."""

from django.urls import reverse

from amends.ground.events.models import Event
from amends.records.house.models import House

HOUSE = reverse("desk:house")


def lines(page, language):
    shown = next(one for one in page.context["greetings"] if one["code"] == language)
    return [said for _about, _name, said in shown["lines"]]


def test_it_shows_beforehand_whom_it_greets_how(ewa, said):
    typed = {**said, "greeting_en": "first_name", "greeting_pl": "first_name", "act": "look"}
    page = ewa.post(HOUSE, typed)
    assert lines(page, "en") == [
        "Hello Olga,", "Hello Olga,", "Hello,", "Dear Olga,", "Dear Martin,"
    ]  # fmt: skip
    assert lines(page, "pl") == [
        "Dzień dobry,", "Dzień dobry, Olgo,", "Dzień dobry,", "Dzień dobry, Pani Olgo,",
        "Dzień dobry, Panie Marcinie,",
    ]  # fmt: skip
    assert lines(page, "sk")[0] == "Dobrý deň,"
    effects = [(one["old"], one["new"]) for one in page.context["effects"]]
    assert effects == [("neutral, without a name", "with the first name")] * 2
    samples = {code: sample for code, _name, sample in page.context["samples"]}
    assert samples["en"]["head"] == "Hello Olga,"
    assert samples["en"]["mail"].body.startswith("Hello Olga,")
    assert House.objects.current().greeting_en == "neutral"


def test_it_is_kept_and_undone(ewa, said):
    ewa.post(HOUSE, {**said, "greeting_en": "formal"})
    assert House.objects.current().greeting_en == "formal"
    changes = ewa.get(reverse("desk:house_changes")).content.decode()
    assert "Greeting in English" in changes
    assert "with the full name" in changes
    event = Event.objects.filter(verb="house_set").get()
    ewa.post(reverse("desk:house_change_undo", args=[event.pk]))
    assert House.objects.current().greeting_en == "neutral"


def test_a_fresh_reply_begins_with_it(ewa, said, ana, to, complaint):
    ewa.post(HOUSE, {**said, "greeting_en": "formal"})
    reply = ana.get(to("case", complaint.contact)).context["forms"]["reply"]
    assert reply.initial["text"] == "Dear Olga Nowak,\n\n"
    shown = ana.post(to("reply", complaint.contact), {"text": "Dear Olga Nowak,"})
    assert shown.status_code == 422
