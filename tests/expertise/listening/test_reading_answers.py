import pytest

from amends.expertise.listening.answers import may_say_no, only_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks a lot!",
        "Dziękuję bardzo, Ano",
        "Спасибо большое",
        "Ďakujem pekne",
        "Thank you, Ana.\n",
    ],
)
def test_it_knows_mere_thanks(text):
    assert only_thanks(text)
    assert not may_say_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, but the second one is still missing",
        "Dziękuję, kiedy przyjdzie druga paczka?",
        "Спасибо. Теперь про вторую накладную: она опять не та, что я просил.",
        "polovica je ok, druha nie",
        "",
    ],
)
def test_it_lets_a_person_read_thanks_that_come_with_more(text):
    assert not only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yes, except that the charger never came.",
        "Tak, ale faktura jest dalej zła",
        "Да, но деньги не пришли",
        "Áno, lenže druhý balík nedorazil",
        "yes ofc. the left one works, the right doesn't",
    ],
)
def test_it_hears_a_no_in_a_yes(text):
    assert may_say_no(text)


@pytest.mark.parametrize("text", ["", "   ", "All done, lovely.", "Wszystko działa.", "Решено."])
def test_it_takes_a_plain_yes_for_one(text):
    assert not may_say_no(text)
