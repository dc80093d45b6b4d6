"""What is new, how it is signed and what stays whole, as less usual programs and people write."""

import pytest

from amends.expertise.correspondence import split_reply

SAID = "Please send the invoice again. It was not in the box."
QUOTE = "> Dear customer,\n> it is in the box."

WRITER_LINES = [
    "Shop Desk wrote on 4/3/2026 4:05 PM:",
    "Служба поддержки писал 2026-04-03 16:05:",
    "Service schrieb am 03.04.2026 um 16:05:",
    "Biuro Obsługi pisze:",
    "You wrote:",
    "Вы писали 15 июля 2026 г., 8:41:02:",
    "Quoting Shop Desk <desk@shop.example>:",
    "Cytowanie Biuro <bok@sklep.example>:",
    "Bolt <bolt@bolt.example> ezt írta (időpont: 2026. ápr. 3., P, 16:05):",
    "pet, 3. tra 2026. u 16:05 Trgovina <info@trgovina.example> napisao je:",
    "În vin., 3 apr. 2026 la 16:05, Magazin <info@magazin.example> a scris:",
]

NOTICES = [
    "This e-mail and any attachments are confidential. If you are not the intended recipient, tell us.",
    "Treść tej wiadomości jest poufna i przeznaczona tylko dla adresata.",
    "Данное сообщение конфиденциально и предназначено\nтолько адресату.",
    "Táto správa je dôverná a určená len adresátovi.",
    "Zanim wydrukujesz tę wiadomość, pomyśl o środowisku.",
]

SIGNED = [
    "Susan",
    "H.",
    "Anna Zięba",
    "— Jan",
    "Mark Lowe\n+44 113 496 0123",
    "__________________\nMark Lowe\nLowe & Co",
    "S přáním hezkého dne\nEva Malá\ntel.: 777 000 000",
    "Miłego dnia\nKasia",
    "Всех благ\nСветлана",
    "Prajem pekný deň\nZuzana",
    "Kind regards\nSusan\n\n" + NOTICES[0],
]

WHOLE = [
    (
        "Hello,\n\nI got a mail signed\nKind regards\nShop Desk\n"
        "which says that the case is closed. It is not closed for me, and I wait."
    ),
    "Your colleague wrote:\n\n“we mend it”\n\nNobody did.",
    "Two things.\n\n---------------------\n\n1. The colour is wrong.\n2. The box was open.",
    "Od: Kraków\nDo: Gdańsk\nData: 3 kwietnia 2026 16:05\nPociąg nie przyjechał.",
    "Which one do you want back?\n\nYes, the blue kettle",
    "This message is the third one.\nNobody has answered so far, and I want to know why.",
    "I ask for two things.\n\nBest phone I ever had",
    "I am waiting for you.\n\nThank you",
]

TEMPLATES = [
    "##- Please type your reply above this line -##\n\nShop Desk\nDoes Tuesday suit you?",
    "--- Odpowiedz powyżej tej linii ---\n\nCzy pasuje wtorek?",
    "---- Original text ----\nDoes Tuesday suit you?",
    (
        "От: Магазин\nОтправлено: \u200eчетверг\u200e, \u200e26\u200e \u200eиюня\u200e \u200e2014\u200e г. "
        "\u200e15\u200e:\u200e05\nКому: Анна\n\nПодойдёт вторник?"
    ),
    "________________\n> Od: Servis <servis@obchod.example>\n> Dátum: 03.04.2026 16:05\n>\n> Hodí sa?",
]


@pytest.mark.parametrize("line", WRITER_LINES)
def test_it_knows_a_line_that_names_the_writer(line: str) -> None:
    split = split_reply(f"{SAID}\n\n{line}\n{QUOTE}\n")
    assert split.reply == SAID
    assert line in split.quoted


@pytest.mark.parametrize("line", ["My sister wrote:", "On Monday you wrote:", "Ваш мастер сказал:"])
def test_it_keeps_what_the_customer_says_of_others(line: str) -> None:
    assert line in split_reply(f"{SAID}\n\n{line}\n{QUOTE}\n\nThat is not true.").reply


@pytest.mark.parametrize("history", TEMPLATES)
def test_it_ends_where_a_program_says_so(history: str) -> None:
    split = split_reply(f"{SAID}\n\n{history}\n")
    assert (split.reply, split.quoted) == (SAID, history)


@pytest.mark.parametrize("signature", [*SIGNED, *NOTICES])
def test_it_takes_off_names_and_notices(signature: str) -> None:
    split = split_reply(f"{SAID}\n\n{signature}\n")
    assert (split.reply_without_signature, split.signature) == (SAID, signature)


@pytest.mark.parametrize("text", WHOLE)
def test_it_leaves_whole_what_only_looks_so(text: str) -> None:
    assert split_reply(text).reply_without_signature == text


@pytest.mark.parametrize(
    ("mark", "part"),
    [
        ('<div data-signature-widget="container">Пётр</div>', "signature"),
        ('<div id="composer_signature">Пётр</div>', "signature"),
        ('<div name="quote">old</div>', "quoted"),
        ('<div data-marker="__QUOTED_TEXT__">old</div>', "quoted"),
    ],
)
def test_it_reads_the_marks_of_more_programs(mark: str, part: str) -> None:
    split = split_reply(f"<p>{SAID}</p>{mark}", "html")
    assert split.reply_without_signature == SAID
    assert getattr(split, part)
