"""New text and history are told apart, in the customers' languages and mail programs."""

import pytest

from amends.expertise.correspondence import split_reply

NEW = "The parcel is still not here.\nWhat now?"
HISTORY = "Dear customer,\nwe have sent it."
MARKED = "\n".join(f"> {line}" for line in HISTORY.splitlines())

QUOTING_LINES = [
    "On Fri, May 3, 2024 at 10:12 AM Shop Desk <desk@shop.example> wrote:",
    "On 3 May 2024, at 10:12, Shop Desk <desk@shop.example> wrote:",
    "pt., 3 maj 2024 o 10:12 Biuro Obsługi <bok@sklep.example> napisał(a):",
    "W dniu 3.05.2024 o 10:12, Biuro Obsługi pisze:",
    "W dniu pt., 3 maj 2024 o 10:12 Biuro Obsługi Klienta Bardzo Długiego Sklepu\n<bok@sklep.example> napisał(a):",
    "Wiadomość napisana przez Biuro <bok@sklep.example> w dniu 3 maj 2024, o godz. 10:12:",
    "Dnia 3 maja 2024 10:12 Biuro <bok@sklep.example> napisał(a):",
    "пт, 3 мая 2024 г. в 10:12, Служба поддержки <help@bank.example>:",
    '03.05.2024, 10:12, "Служба поддержки" <help@bank.example>:',
    "10:12, 3 мая 2024 г., Служба поддержки <help@bank.example>:",
    "Пятница, 3 мая 2024, 10:12 +03:00 от Служба поддержки <help@bank.example>:",
    "03.05.2024 10:12, Служба поддержки пишет:",
    "3 мая 2024 г., в 10:12, Банк <help@bank.example> написал(а):",
    "pi 3. 5. 2024 o 10:12 Zákaznícky servis <servis@obchod.example> napísal(a):",
    "Dňa 3. 5. 2024 o 10:12 Zákaznícky servis napísal(a):",
    "3. 5. 2024 o 10:12, Zákaznícky servis <servis@obchod.example> napísal:",
    "pá 3. 5. 2024 v 10:12 odesílatel Servis <servis@obchod.example> napsal:",
    "Dne 3. 5. 2024 v 10:12 Servis napsal(a):",
    "пт, 3 трав. 2024 р. о 10:12 Служба <help@bank.example> пише:",
    "Am Fr., 3. Mai 2024 um 10:12 Uhr schrieb Service <service@laden.example>:",
    "Am 03.05.2024 um 10:12 schrieb Service <service@laden.example>:",
    "Le ven. 3 mai 2024 à 10:12, Service <service@magasin.example> a écrit :",
    "Op vr 3 mei 2024 om 10:12 schreef Winkel <winkel@x.example>:",
    "Em sex., 3 de mai. de 2024 às 10:12, Loja <loja@x.example> escreveu:",
]  # fmt: skip

BLOCKS = [
    ["From: Desk <desk@shop.example>", "Sent: Friday, May 3, 2024 10:12 AM", "To: Jan", "Subject: Order"],
    ["Od: Biuro <bok@sklep.example>", "Wysłano: piątek, 3 maja 2024 10:12", "Do: Jan", "Temat: Zwrot"],
    ["От: Банк <help@bank.example>", "Отправлено: 3 мая 2024 г. 10:12", "Кому: Пётр", "Тема: Жалоба"],
    ["Od: Servis <s@obchod.example>", "Odoslané: piatok 3. mája 2024", "Komu: Ján", "Predmet: Vec"],
    ["Od: Servis <s@obchod.example>", "Odesláno: pátek 3. května 2024", "Komu: Jan", "Předmět: Věc"],
    ["Від: Банк <help@bank.example>", "Надіслано: 3 травня 2024 р.", "Кому: Їжак", "Тема: Скарга"],
    ["Von: Service <s@laden.example>", "Gesendet: Freitag, 3. Mai 2024", "An: Max", "Betreff: Ware"],
    ["*From:* Desk <desk@shop.example>", "*Sent:* Friday", "*To:* Jan", "*Subject:* Order"],
    ["De : Service <s@magasin.example>", "Envoyé : vendredi 3 mai 2024", "À : Jean", "Objet : Colis"],
]  # fmt: skip

SEPARATORS = [
    "-----Original Message-----",
    "----- Wiadomość oryginalna -----",
    "-------- Исходное сообщение --------",
    "---------- Původní e-mail ----------",
    "-----Pôvodná správa-----",
    "-----Ursprüngliche Nachricht-----",
    "-------- Oryginalna wiadomość --------Od: Biuro <bok@sklep.example> Data: 03.05.2024 10:12",
]


@pytest.mark.parametrize("line", QUOTING_LINES)
def test_it_ends_new_text_at_a_quoting_line(line: str) -> None:
    split = split_reply(f"{NEW}\n\n{line}\n\n{MARKED}\n")
    assert split.reply == NEW
    assert split.quoted.startswith(line)


@pytest.mark.parametrize("line", QUOTING_LINES)
def test_it_needs_no_quote_marks_below_a_quoting_line(line: str) -> None:
    assert split_reply(f"{NEW}\n\n{line}\n\n{HISTORY}\n").reply == NEW


@pytest.mark.parametrize("block", BLOCKS)
def test_it_ends_new_text_at_a_header_block(block: list[str]) -> None:
    split = split_reply("\n".join([NEW, "", "_" * 32, *block, "", HISTORY]))
    assert split.reply == NEW
    assert split.quoted.startswith("____")


@pytest.mark.parametrize("separator", SEPARATORS)
def test_it_ends_new_text_at_a_separator(separator: str) -> None:
    assert split_reply(f"{NEW}\n\n{separator}\n{HISTORY}").reply == NEW


def test_it_reads_answers_between_quotes() -> None:
    split = split_reply(
        "On 3 May 2024 at 10:12, Desk wrote:\n> Which order?\n12345\n> Since when?\n\nMay."
    )
    assert split.reply == "12345\n\nMay."
    assert "> Since when?" in split.quoted


def test_it_reads_an_answer_below_the_quote() -> None:
    assert split_reply(f"On 3 May 2024 at 10:12, Desk wrote:\n{MARKED}\n\n{NEW}").reply == NEW


def test_it_cuts_a_quoting_line_off_the_line_it_shares() -> None:
    split = split_reply(
        f"Thanks for this. On Fri, May 3, 2024 at 10:12 AM, desk@shop.example wrote:\n{MARKED}"
    )
    assert split.reply == "Thanks for this."


def test_it_tells_the_body_of_a_mail_that_is_only_passed_on() -> None:
    split = split_reply(
        "---------- Forwarded message ----------\nFrom: a <a@x.example>\nSubject: Bill\n\nPay up."
    )
    assert split.reply == "Pay up."


def test_it_takes_a_passed_on_mail_below_new_text_for_history() -> None:
    split = split_reply(
        f"{NEW}\n\n-------- Пересылаемое сообщение --------\nОт: a@x.example\nТема: б\n\nв"
    )
    assert split.reply == NEW


@pytest.mark.parametrize(
    "text",
    [
        "On Monday 3 May 2024 at 10:30 I wrote to you about the following:\nmy parcel is lost.",
        "W dniu 3 maja 2024 o 10:30 napisałem do Państwa następującą wiadomość:\nproszę o zwrot.",
        "From: Warsaw\nTo: Berlin\nDate: 3 May 2024\nThe flight was cancelled.",
        "Numer: 5\nData: 3.05.2024\nTemat: zwrot\nOd: Jan Kowalski\n\nProszę o pomoc",
        "See here\n>>> https://shop.example <<<\nfor the picture",
        "On 3 May 2024 at 10:30 I wrote:\nmy parcel is lost.",
        "3 мая 2024 г. в 10:12 я написал:\nверните деньги.",
        "Dňa 3. 5. 2024 o 10:12 som napísal:\nvráťte peniaze.",
        "I sent it on 3.05.2024: nothing came.",
        "> Only a quote, pasted.",
    ],
)
def test_it_leaves_a_customers_own_words_alone(text: str) -> None:
    split = split_reply(text)
    assert (split.reply, split.quoted) == (text, "")


def test_it_finds_nothing_new_in_a_mail_that_only_quotes() -> None:
    assert (
        split_reply(f"> On 3 May 2024 at 10:12, Desk <d@x.example> wrote:\n>{MARKED}").reply == ""
    )
