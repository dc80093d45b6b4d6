"""Text arrives in the right letters, whatever charset the sender claims."""

import pytest

from amends.expertise.correspondence import read_letter

POLISH = "Zażółć gęślą jaźń: reklamuję uszkodzoną przesyłkę i żądam zwrotu pieniędzy."
SLOVAK = "Ďalší balík prišiel poškodený, žiadam o vrátenie peňazí čo najskôr."
RUSSIAN = "Здравствуйте, деньги списали дважды, прошу вернуть их на карту."
UKRAINIAN = "Добрий день, гроші списали двічі, прошу повернути їх на мій рахунок."


def plain(text: str, true: str, declared: str) -> bytes:
    charset = f"; charset={declared}" if declared else ""
    return f"Content-Type: text/plain{charset}\n\n".encode() + text.encode(true)


@pytest.mark.parametrize("declared", ["", "us-ascii", "utf-8", "no-such-charset"])
@pytest.mark.parametrize(
    ("text", "true"),
    [
        (POLISH, "cp1250"), (POLISH, "iso8859-2"), (SLOVAK, "cp1250"), (SLOVAK, "iso8859-2"),
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "iso8859-5"),
        (UKRAINIAN, "cp1251"), (UKRAINIAN, "koi8-u"),
    ],
)  # fmt: skip
def test_it_finds_the_charset_by_the_letters(text: str, true: str, declared: str) -> None:
    letter = read_letter(plain(text, true, declared))
    assert letter.text == text
    assert "charset_guessed" in letter.flags


@pytest.mark.parametrize(
    ("text", "true", "declared"),
    [
        (POLISH, "cp1250", "iso-8859-1"), (POLISH, "cp1250", "iso-8859-2"), (SLOVAK, "iso8859-2", "iso-8859-1"),
        (RUSSIAN, "koi8-r", "windows-1251"), (RUSSIAN, "cp1251", "koi8-r"), (RUSSIAN, "cp1251", "iso-8859-1"),
    ],
)  # fmt: skip
def test_it_overrules_a_declaration_that_cannot_be_true(
    text: str, true: str, declared: str
) -> None:
    assert read_letter(plain(text, true, declared)).text == text


@pytest.mark.parametrize(
    ("text", "true", "declared"),
    [
        ("Etui porządne, ale nie pasuje do mojego telefonu.", "iso8859-2", ""),
        ("Etui porządne, ale nie mogę go zdjąć z telefonu.", "cp1250", "iso-8859-2"),
        ("Gorąco nie polecam tego czajnika", "iso8859-2", "windows-1250"),
        ("Musím sa vrátiť domov", "iso8859-2", "iso-8859-1"),
        ("Где мой заказ", "koi8-r", "windows-1251"),
        ("жалоба", "koi8-r", "windows-1251"),
        ("скарга", "cp1251", "koi8-u"),
        ("My name is Пётр Щукин, and the kettle that you sent me does not work", "cp1251", ""),
    ],
)
def test_a_few_telling_letters_are_enough(text: str, true: str, declared: str) -> None:
    assert read_letter(plain(text, true, declared)).text == text


@pytest.mark.parametrize(
    ("text", "true", "declared"),
    [
        ("ЖАЛОБА", "cp1251", "windows-1251"),
        ("20 °C ±2, Windows®, „tak” – nie…", "cp1250", "windows-1250"),
        ("Il a dit « non » à 10 €", "cp1252", "windows-1252"),
        (POLISH, "utf-8", "iso-8859-2"), (POLISH, "cp1250", "Windows_1250"), (RUSSIAN, "koi8-r", '"KOI8R"'),
        ("Café crème, garçon? Où est l’hôtel", "cp1252", "iso-8859-1"), ("Grüße aus Köln, schöne Straße", "cp1252", "latin1"),
        ("Él preguntó qué pasó mañana", "iso8859-15", "iso-8859-15"), ("人権の無視及", "iso2022_jp", "ISO-2022-JP"),
        ("退款申请", "gb18030", "gb2312"), (POLISH, "utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_it_believes_a_declaration_that_fits(text: str, true: str, declared: str) -> None:
    letter = read_letter(plain(text, true, declared))
    assert letter.text == text
    assert not {"charset_guessed", "charset_replaced"} & letter.flags


def test_it_says_when_bytes_had_to_be_replaced() -> None:
    letter = read_letter(plain(POLISH, "utf-8", "utf-8") + b" \xc5")
    assert letter.text == POLISH + " \ufffd"
    assert "charset_replaced" in letter.flags


@pytest.mark.parametrize(
    "name", ["idna", "punycode", "unicode_escape", "rot13", "base64", "undefined"]
)
def test_it_takes_no_codec_that_is_not_text(name: str) -> None:
    assert read_letter(plain("a\\u0041-ok", "ascii", name)).text == "a\\u0041-ok"
