from datetime import timedelta

from amends.records.complaints.acknowledging import acknowledge, send_fresh_link
from amends.records.complaints.models import Contact
from amends.records.post.models import Outgoing


def test_it_says_that_it_is_automatic_repeats_the_first_lines_and_names_who_and_when(receive):
    contact = receive("The screen is dark.\n\nSince Monday.\nAnd hot.\nFourth line.").contact
    mail = Outgoing.objects.get()
    assert "automatic" in mail.body
    for line in ("> The screen is dark.", "> Since Monday.", "> And hot."):
        assert line in mail.body
    assert "Fourth line" not in mail.body
    assert "Krakofon will read it and answer you by Wednesday 25 November, 18:00" not in mail.body
    assert f"by {_said(contact)}" in mail.body
    assert contact.reference in mail.subject
    assert mail.automatic
    assert "/status/" in mail.body


def _said(contact):
    from amends.records.house.models import House

    return House.objects.get().say_when(contact.answer_due_at, "en")


def test_it_goes_to_the_customer_in_the_same_thread(receive, cast):
    receive(Message_ID="<1@customer.example>")
    mail = Outgoing.objects.get()
    assert (mail.to_address, mail.from_address) == ("olga@customer.example", "help@house.example")
    assert mail.in_reply_to == "<1@customer.example>"


def test_it_names_the_person_by_their_chosen_name(complaint, cast, now):
    cast.ana.chosen_name = "Anna K."
    cast.ana.save()
    message = acknowledge(Contact.objects.get(), at=now)
    assert "Anna K." in message.text
    assert "Ana Example" not in message.text


def test_it_stops_no_clock_and_is_no_answer(contact, now):
    due_at = contact.answer_due_at
    acknowledge(contact, at=now)
    contact.plan(at=now)
    assert (contact.answer_due_at, contact.answered) == (due_at, False)


def test_it_writes_in_the_language_of_the_contact(contact, now):
    for language, word in (("pl", "automatycznie"), ("sk", "automatické"), ("ru", "автоматически")):
        contact.language = language
        assert word in acknowledge(contact, at=now).text


def test_it_stops_after_three_a_day_however_many_mails_come(receive, now):
    for number in range(6):
        receive(f"Mail number {number} of a program", at=now + timedelta(minutes=number))
    assert Outgoing.objects.count() == 3
    receive("The next day", at=now + timedelta(days=1, hours=1))
    assert Outgoing.objects.count() == 4


def test_it_sends_five_automatic_mails_a_case_at_most(contact, now):
    sent = [send_fresh_link(contact, at=now + timedelta(days=day)) for day in range(8)]
    assert [bool(mail) for mail in sent] == [True] * 5 + [False] * 3


def test_it_writes_to_nobody_without_an_address(at_the_counter, now):
    assert acknowledge(at_the_counter.contact, at=now) is None
    assert send_fresh_link(at_the_counter.contact, at=now) is None


def test_it_sends_a_fresh_link_to_the_address_on_file(answered, now):
    message = send_fresh_link(answered.contact, at=now + timedelta(days=1))
    assert message.to_address == "olga@customer.example"
    assert message.purpose == "link"
