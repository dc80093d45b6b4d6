"""Six questions: each answered or left for later; the house goes on where it stopped."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.records.house.test_showing_a_logo import png

from amends.records.house.models import House, OpenSpan
from amends.records.post.models import Mailbox


def page(number):
    return reverse("entry:question", args=[number])


ANSWERS = {
    1: {"name": "Lamplight & Daughters"},
    3: {"address": "Help@Lamplight.example"},
    4: {"first": "sk", "others": ["sk", "pl"]},
    5: {"when": "shop", "zone": "Europe/Bratislava"},
    6: {"sells": "Lamps, and what belongs to them"},
}


def test_it_keeps_each_answer(browser, house):
    for number, answer in ANSWERS.items():
        answered = browser.post(page(number), answer)
        assert (answered.status_code, answered["Location"]) == (302, page(number + 1)), number
    kept = house()
    assert (kept.name, kept.address) == ("Lamplight & Daughters", "help@lamplight.example")
    assert Mailbox.objects.get().address == "help@lamplight.example"
    assert (kept.language, kept.languages) == ("sk", ["sk", "pl"])
    assert kept.zone == "Europe/Bratislava"
    assert sorted(OpenSpan.objects.values_list("weekday", flat=True)) == [0, 1, 2, 3, 4, 5]
    assert kept.sells == "Lamps, and what belongs to them"


def test_it_goes_on_where_one_left(browser, house):
    browser.post(page(1), ANSWERS[1])
    browser.post(page(2), {"skip": "1"})
    assert browser.get(reverse("entry:setup"))["Location"] == page(3)
    browser.post(page(1), {"name": "Lamplight"})
    assert browser.get(reverse("entry:setup"))["Location"] == page(3)
    assert "Lamplight" in browser.get(page(1)).content.decode()


def test_it_can_all_be_left_for_later(browser, house):
    for number in range(1, 7):
        browser.post(page(number), {"skip": "1"})
    assert browser.get(page(7))["Location"] == reverse("entry:ready")
    assert browser.get(reverse("entry:ready")).status_code == 200
    assert browser.post(reverse("entry:finish"))["Location"] == reverse("desk:my_day")
    assert browser.get(reverse("desk:my_day")).status_code == 200
    assert browser.get(reverse("entry:setup")).status_code == 404
    assert house().name == House().name


@pytest.mark.parametrize(
    ("number", "typed", "kept"),
    [
        (1, {"name": " "}, ""), (3, {"address": "help at lamplight"}, "help at lamplight"),
        (4, {"first": "de"}, ""), (5, {"when": "own", "zone": "Europe/Nowhere"}, "Europe/Nowhere"),
        (5, {"when": "own", "zone": "Europe/Warsaw", "opens": "10:30", "closes": "09:00", "days": ["2"]}, "10:30"),
        (5, {"when": "own", "zone": "Europe/Warsaw", "opens": "10:30", "closes": "11:00"}, "10:30"),
        (5, {"when": "own", "zone": "Europe/Warsaw", "days": ["9"]}, "Europe/Warsaw"),
        (6, {"sells": ""}, ""), (6, {"sells": "x" * 3_000}, "x" * 3_000),
    ],
)  # fmt: skip
def test_it_keeps_what_was_typed_and_says_what_is_wrong(browser, number, typed, kept):
    shown = browser.post(page(number), typed)
    assert shown.status_code == 422
    assert kept in shown.content.decode()
    assert "field__error" in shown.content.decode()
    assert not OpenSpan.objects.exists()


def test_it_keeps_hours_of_one_s_own(browser):
    own = {"when": "own", "days": ["0", "6"], "opens": "07:30", "closes": "12:00"}
    browser.post(page(5), {**own, "zone": "Europe/Warsaw"})
    spans = [str(span) for span in OpenSpan.objects.order_by("weekday")]
    assert spans == ["0 07:30–12:00", "6 07:30–12:00"]


def test_it_shows_the_logo_to_customers(browser, house):
    logo = SimpleUploadedFile("logo.exe", png(40, 20), "application/x-msdownload")
    assert browser.post(page(2), {"logo": logo})["Location"] == page(3)
    where = reverse("entry:logo", args=[house().logo_digest])
    assert where in Client().get("/").content.decode()
    shown = Client().get(where)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert b"".join(shown) == png(40, 20)
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ", png() + b"\0" * 600_000]
)
def test_it_takes_nothing_else_for_a_logo(browser, house, content):
    file = SimpleUploadedFile("logo.png", content, "image/png")
    assert browser.post(page(2), {"logo": file}).status_code == 422
    assert house().logo_digest == ""


def test_it_shows_no_other_file_of_the_house(browser):
    browser.post(page(2), {"logo": SimpleUploadedFile("logo.png", png(), "image/png")})
    from amends.ground import files

    secret = files.keep(b"a letter of a customer")
    for digest in (secret, "", "0" * 64, "..", "%00"):
        assert Client().get(f"/logo/{digest}").status_code == 404


def test_it_speaks_the_house_s_languages_to_customers(browser):
    browser.post(page(4), {"first": "pl", "others": ["sk"]})
    shown = Client().get("/").content.decode()
    assert 'value="sk"' in shown
    assert 'value="ru"' not in shown


def test_it_has_no_other_question(browser):
    for number in (0, 8, 99):
        assert browser.get(page(number)).status_code == 404


def test_it_is_for_administrators_only(cast, clock):
    for where in (page(1), reverse("entry:ready"), reverse("entry:trials")):
        assert Client().get(where)["Location"].startswith(reverse("account_login"))
        for person in (cast.ana, cast.ewa, cast.beata):
            client = Client()
            client.force_login(person)
            assert client.get(where).status_code == 404
    stranger = Client()
    stranger.post(page(1), {"name": "Mine"})
    stranger.post(reverse("entry:finish"))
    assert (House.objects.current().name, House.objects.current().set_up_at) == ("Krakofon", None)


def test_it_shows_the_hours_that_are_kept(browser):
    def shown():
        form = browser.get(page(5)).context["form"]
        return [form[name].value() for name in ("when", "days", "opens")]

    assert shown() == ["office", None, "09:00"]
    browser.post(page(5), ANSWERS[5])
    assert shown() == ["shop", None, "09:00"]
    own = {"when": "own", "days": ["1", "3"], "opens": "07:30", "closes": "12:00"}
    browser.post(page(5), {**own, "zone": "Europe/Warsaw"})
    assert shown() == ["own", [1, 3], "07:30"]


def later(key):
    return reverse("entry:later", args=[key])


def test_it_asks_again_in_a_house_that_is_set_up(browser, house):
    browser.post(reverse("entry:finish"))
    assert later("logo") in browser.get(reverse("desk:house")).content.decode()
    back = browser.post(later("logo"), {"logo": SimpleUploadedFile("a.png", png(), "image/png")})
    assert back["Location"] == reverse("desk:house")
    assert house().logo_digest
    assert browser.post(later("sells"), {"sells": ""}).status_code == 422
    browser.post(later("sells"), {"sells": "Lamps"})
    browser.post(later("languages"), ANSWERS[4])
    assert (house().sells, house().languages) == ("Lamps", ["sk", "pl"])
    assert "Lamps" in browser.get(later("sells")).content.decode()
    browser.post(later("logo"), {"remove": "1"})
    assert house().logo_digest == ""


@pytest.mark.parametrize("key", ["name", "address", "hours", "nothing"])
def test_it_asks_again_only_what_has_no_other_page(browser, key):
    assert browser.get(later(key)).status_code == 404


def test_it_asks_nobody_else_again(cast, clock):
    for person in (cast.ana, cast.ewa):
        client = Client()
        client.force_login(person)
        assert client.get(later("logo")).status_code == 404
        assert client.post(later("logo"), {"remove": "1"}).status_code == 404
