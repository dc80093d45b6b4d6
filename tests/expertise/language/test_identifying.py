import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.language.identify import NEIGHBOURS, identify
from amends.expertise.language.words import LANGUAGES, fold

MAILS = {
    "en": "Hello, my headphones stopped working after a week and nobody answers my mails.",
    "pl": "Dzień dobry, nadal nie dostałem paczki i proszę o zwrot pieniędzy.",
    "ru": "Здравствуйте, прошло уже три недели, а деньги за телефон мне так и не вернули.",
    "sk": "Dobrý deň, stále mi neprišla zásielka a nikto sa mi neozval, prosím o vrátenie peňazí.",
}
NEIGHBOURING_MAILS = {
    "cs": "Dobrý den, stále mi nepřišla zásilka a nikdo se mi neozval, prosím o vrácení peněz.",
    "uk": "Добрий день, минуло вже три тижні, а гроші за телефон мені так і не повернули.",
    "be": "Добры дзень, прайшло ўжо тры тыдні, а грошы за тэлефон мне так і не вярнулі.",
    "bg": "Здравейте, минаха вече три седмици, а парите за телефона още не са върнати.",
    "de": "Guten Tag, mein Paket ist noch immer nicht angekommen und ich bitte um Erstattung.",
    "sl": "Dober dan, paketa še vedno nisem prejel in prosim za vračilo denarja.",
    "hr": "Dobar dan, paket još uvijek nije stigao i molim vas za povrat novca.",
    "hu": "Jó napot kívánok, a csomag még mindig nem érkezett meg, kérem vissza a pénzt.",
}


@pytest.mark.parametrize(("code", "mail"), [*MAILS.items(), *NEIGHBOURING_MAILS.items()])
def test_it_tells_our_languages_and_their_neighbours_apart(code: str, mail: str) -> None:
    assert identify(mail) == code


@pytest.mark.parametrize("code", ["pl", "sk"])
def test_it_does_not_need_diacritics(code: str) -> None:
    assert identify(fold(MAILS[code])) == code
    assert identify(MAILS[code].upper()) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "ok",
        "😀 !!!",
        "asdkjh qwe",
        "https://example.com/zamowienie/nadal-nie-dostalem?x=1",
        "jan.kowalski@sklep.example",
        "Bonjour, je n'ai toujours pas reçu mon colis et je demande un remboursement.",
        "Buongiorno, non ho ancora ricevuto il pacco e chiedo il rimborso.",
        "Σας ευχαριστώ πολύ για την απάντηση",
        "还没有收到包裹",
    ],
)
def test_it_says_nothing_rather_than_something_wrong(text: str) -> None:
    assert identify(text) is None


def test_it_is_not_led_astray_by_a_foreign_name_or_link() -> None:
    signed = f"{MAILS['en']} See https://sklep.example/zwroty\nPozdrawiam, Łukasz Wiśniewski"
    assert identify(signed) == "en"


@given(st.text())
def test_it_answers_with_a_known_code_or_nothing_to_any_text(text: str) -> None:
    assert identify(text) in {None, *LANGUAGES, *NEIGHBOURS}
