"""Who wrote the mail that somebody passes on, as the usual programs write it."""

from email.message import EmailMessage

import pytest

from amends.expertise.correspondence import forwarded, read_letter

STORY = "Dzień dobry,\n\nladowarka nie działa.\n\nJana"
GMAIL = (
    "Please look.\n\n---------- Forwarded message ---------\nFrom: Jana Kowalska "
    "<jana@customer.example>\nDate: Wed, 25 Nov 2026 at 09:00\nSubject: Broken charger\n"
    "To: Marek <marek@house.example>\n\n\nThe charger is broken."
)
GMAIL_PL = (
    "Zobaczcie.\n\n---------- Forwarded message ---------\nOd: Jana Kowalska "
    "<jana@customer.example>\nDate: śr., 25 lis 2026 o 09:00\nSubject: Zepsuta ładowarka\n"
    "To: Marek <marek@house.example>\n\n\nŁadowarka jest zepsuta."
)
THUNDERBIRD_PL = (
    "-------- Przekazana wiadomość --------\nTemat: \tZepsuta ładowarka\nData: \tWed, 25 Nov 2026 "
    "09:00:00 +0100\nNadawca: \tJana Kowalska <jana@customer.example>\nAdresat: "
    "\tmarek@house.example\n\n\nŁadowarka jest zepsuta."
)
OUTLOOK_PL = (
    "Proszę o odpowiedź.\n\nOd: Jana Kowalska <jana@customer.example>\nWysłano: środa, 25 "
    "listopada 2026 09:00\nDo: Marek <marek@house.example>\nTemat: Zepsuta ładowarka\n\n"
    "Ładowarka jest zepsuta."
)
THUNDERBIRD_RU = (
    "-------- Перенаправленное сообщение --------\nТема: \tСломалась зарядка\nДата: \tWed, 25 Nov "
    "2026 09:00:00 +0100\nОт: \tJana Kowalska <jana@customer.example>\nКому: "
    "\tmarek@house.example\n\n\nЗарядка сломалась."
)
OUTLOOK_RU = (
    "Посмотрите.\n\nОт: Jana Kowalska <jana@customer.example>\nОтправлено: 25 ноября 2026 г. "
    "9:00\nКому: Marek <marek@house.example>\nТема: Сломалась зарядка\n\nЗарядка сломалась."
)
THUNDERBIRD_SK = (
    "-------- Preposlaná správa --------\nPredmet: \tPokazená nabíjačka\nDátum: \tWed, 25 Nov 2026 "
    "09:00:00 +0100\nOd: \tJana Kowalska <jana@customer.example>\nKomu: "
    "\tmarek@house.example\n\n\nNabíjačka je pokazená."
)
APPLE = (
    "See below.\n\nBegin forwarded message:\n\n> From: Jana Kowalska <jana@customer.example>\n"
    "> Subject: Broken charger\n> Date: 25 November 2026 at 09:00:00 CET\n"
    "> To: marek@house.example\n> \n> The charger is broken."
)
OUTLOOK_DE = (
    "Bitte ansehen.\n\nVon: Jana Kowalska [mailto:jana@customer.example]\nGesendet: Mittwoch, 25. "
    "November 2026 09:00\nAn: Marek\nBetreff: Ladegerät kaputt\n\nDas Ladegerät ist kaputt."
)


def letter(text, subject="Fwd: x", attach=()):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "marek@house.example", "help@house.example", subject
    mail.set_content(text)
    for inner in attach:
        mail.add_attachment(inner)
    return read_letter(mail.as_bytes())


@pytest.mark.parametrize(
    ("text", "subject", "above", "words"),
    [
        (GMAIL, "Broken charger", "Please look.", "The charger is broken."),
        (GMAIL_PL, "Zepsuta ładowarka", "Zobaczcie.", "Ładowarka jest zepsuta."),
        (THUNDERBIRD_PL, "Zepsuta ładowarka", "", "Ładowarka jest zepsuta."),
        (OUTLOOK_PL, "Zepsuta ładowarka", "Proszę o odpowiedź.", "Ładowarka jest zepsuta."),
        (THUNDERBIRD_RU, "Сломалась зарядка", "", "Зарядка сломалась."),
        (OUTLOOK_RU, "Сломалась зарядка", "Посмотрите.", "Зарядка сломалась."),
        (THUNDERBIRD_SK, "Pokazená nabíjačka", "", "Nabíjačka je pokazená."),
        (APPLE, "Broken charger", "See below.", "The charger is broken."),
        (OUTLOOK_DE, "Ladegerät kaputt", "Bitte ansehen.", "Das Ladegerät ist kaputt."),
    ],
)
def test_it_reads_what_is_passed_on_inline(text, subject, above, words):
    found = forwarded(letter(text))
    assert (found.sender.name, found.sender.email) == ("Jana Kowalska", "jana@customer.example")
    assert (found.subject, found.above, found.text) == (subject, above, words)


@pytest.mark.parametrize("prefix", ["Fwd:", "FW: ", "PD: ", "WG: ", "Fwd: PD: "])
def test_it_knows_the_prefixes_of_outlook_which_draws_no_line(prefix):
    assert forwarded(letter(OUTLOOK_PL, subject=f"{prefix}Zepsuta ładowarka"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The charger is broken.", "Fwd: Broken charger"),
        (OUTLOOK_PL, "Re: Zepsuta ładowarka"),
        ("From: Warsaw\nTo: Berlin\n\nThe parcel is lost.", "Fwd: My parcel"),
        ("It says:\n\n---------- Forwarded message ---------\n\nand nothing else.", "Fwd: x"),
        ("", "Fwd:"),
    ],
)
def test_it_leaves_alone_what_passes_nothing_on(text, subject):
    assert forwarded(letter(text, subject=subject)) is None


def inner(sender="Jana Kowalska <jana@customer.example>"):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, "Broken", "<1@customer.example>"
    mail["Date"] = "Wed, 25 Nov 2026 09:00:00 +0100"
    mail.set_content("The charger is broken.")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    return mail


def test_it_reads_an_attached_mail_whole():
    found = forwarded(letter("Please look.", attach=[inner()]))
    assert (found.sender.email, found.subject) == ("jana@customer.example", "Broken")
    assert (found.text, found.above) == ("The charger is broken.", "Please look.")
    assert (found.message_id, found.date.hour) == ("1@customer.example", 9)
    assert [part.name for part in found.attachments] == ["bill.pdf"]


def test_it_does_not_choose_among_several():
    assert forwarded(letter("Two.", attach=[inner(), inner()])) is None


@pytest.mark.parametrize("lines", [">" * 5000, "From:" * 3000, "From: a@b.example\n" * 3000])
def test_it_reads_hostile_text_at_once(lines):
    forwarded(letter(lines))
