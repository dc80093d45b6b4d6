"""Reports in free words and absences without a header, as less usual hosts and programs write."""

import pytest

from amends.expertise.correspondence import Automatic, read_letter, read_report

HOST = "MAILER-DAEMON@host.example"


def letter(subject, text="x", sender=HOST, more=""):
    return read_letter(f"From: {sender}\nSubject: {subject}\n{more}\n{text}\n".encode())


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("failure notice", "Wiadomość nie została dostarczona: skrzynka jest przepełniona."),
        ("Zwrot poczty: nie znaleziono użytkownika", "x"),
        ("Mail failure.", "Ваше сообщение не может быть доставлено одному из получателей."),
        ("Report", "Почтовый ящик получателя переполнен: ящик переполнен."),
        ("Vrátená pošta: používateľ neexistuje", "x"),
        ("Report", "Schránka príjemcu je plná, správa bola vrátená odosielateľovi."),
        ("[Postmaster] Email Delivery Failure", "x"),
        ("**Message you sent blocked by our filter**", "x"),
        ("Report", "Your mailbox quota exceeded"),
        ("Report", "Delivery to the following recipients was aborted after 5 hours."),
    ],
)
def test_it_hears_that_a_mail_failed(subject, text):
    found = read_report(letter(subject, text))
    assert found is not None
    assert found.failed


@pytest.mark.parametrize(
    "text",
    [
        "Wiadomość nie została jeszcze dostarczona. Serwer będzie ponawiał próby.",
        "Письмо не доставлено: временная ошибка. Сервер повторит попытку.",
        "Správu sa zatiaľ nepodarilo doručiť. Server sa o to bude pokúšať ďalej.",
        "There was a temporary problem. It was not delivered, and we will retry for two days.",
    ],
)
def test_it_hears_that_a_mail_is_only_late(text):
    found = read_report(letter("Report", text))
    assert found is not None
    assert not found.failed


def test_it_believes_an_action_that_is_spelt_its_own_way():
    text = "--b\nContent-Type: message/delivery-status\n\nAction: failure\nStatus: 553 too big\n--b--\n"
    more = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n"
    found = read_report(letter("Failed mail", text, more=more))
    assert found is not None
    assert found.failed


def test_it_takes_a_refusal_in_the_form_of_a_receipt_for_a_report():
    more = "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n"
    found = letter("Automatically rejected mail", "--b\n\nQuota exceeded\n--b--\n", more=more)
    assert found.automatic is Automatic.BOUNCE


@pytest.mark.parametrize(
    "sender",
    ["MDaemon@x.example", "Mail.Delivery.System@x.example", "systemadministrator@x.example"],
)
def test_it_knows_more_names_of_hosts(sender):
    assert letter("Delivery error", sender=sender).automatic is Automatic.BOUNCE


@pytest.mark.parametrize(
    "subject",
    [
        "Autoresponder: Reklamacja",
        "Auto: Re: Kettle",
        "Jestem na urlopie: Re: Reklamacja",
        "Я в отпуске",
        "Som na dovolenke: Reklamácia",
        "Я у відпустці: Скарга",
    ],
)
def test_it_knows_an_absence_by_its_subject(subject):
    assert letter(subject, sender="jan@x.example").automatic is Automatic.AUTO_SUBMITTED


@pytest.mark.parametrize(
    "subject",
    [
        "Auto: hamulce nie działają",
        "В отпуске украли вещи",
        "Delivery error",
        "Zwrot poczty zepsuł mi dzień",
        "[urgent] Could not deliver my parcel",
    ],
)
def test_it_takes_no_person_for_a_machine(subject):
    assert letter(subject, "550 5.1.1 x", sender="jan@x.example").automatic is None
