"""Who gets it: the owner of the open complaint, the mailbox's team, a language, the default team."""

from datetime import date, timedelta

import pytest

from amends.records.complaints import routing
from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import NamedInIt
from amends.records.customers.models import Customer
from amends.records.people.models import Absence, Team
from amends.records.post.models import Mailbox

TODAY = date(2026, 11, 25)


def away(person, stand_in=None, day=TODAY):
    return Absence.objects.note(person=person, from_date=day, until_date=day, stand_in=stand_in)


def test_it_goes_to_the_owner_of_the_open_complaint(complaint, receive, cast):
    Mailbox.objects.create(address="office@house.example", name="office", team=cast.office)
    contact = receive(to="office@house.example", subject="Another thing").contact
    assert (contact.person, contact.team) == (cast.ana, cast.care)


def test_it_goes_to_the_owner_of_the_complaint_rather_than_of_a_later_question(
    contact, cast, receive, now
):
    contact.decide("question", by=cast.ana, at=now)
    contact.hand_to(by=cast.ewa, at=now, person=cast.marek)
    first = receive("It burnt", subject="Fire", at=now - timedelta(days=1)).contact
    first.hand_to(by=cast.ewa, at=now, person=cast.ana)
    first.decide("complaint", by=cast.ana, at=now)
    assert receive("Well?", subject="Well").contact.person == cast.ana


def test_it_goes_to_nobody_named_when_the_complaint_is_closed(complaint, cast, receive, now):
    complaint.close_as_lead(by=cast.ewa, at=now, reason="other", why="Paid in court")
    assert receive(subject="New").contact.person is None


def test_it_goes_to_the_team_of_the_mailbox(cast, receive):
    Mailbox.objects.create(address="office@house.example", name="office", team=cast.office)
    assert receive(to="Office+x@house.example").contact.team == cast.office


def test_it_goes_to_the_team_that_speaks_the_language(cast, receive):
    slovak = Team.objects.create(name="Bratislava", languages=["sk"])
    text = "Dobrý deň, včera mi prišiel telefón a displej nefunguje, prosím o výmenu."
    assert receive(text, to="who@house.example", subject="Displej").contact.team == slovak


def test_it_goes_by_language_where_the_mailbox_is_the_default_team_s(cast, receive):
    slovak = Team.objects.create(name="Bratislava", languages=["sk"])
    text = "Dobrý deň, včera mi prišiel telefón a displej nefunguje, prosím o výmenu."
    assert receive(text, subject="Displej").contact.team == slovak


def test_it_goes_to_no_closed_team_by_language(cast, receive):
    cast.office.languages = ["sk"]
    cast.office.save()
    text = "Dobrý deň, včera mi prišiel telefón a displej nefunguje, prosím o výmenu."
    assert receive(text, to="who@house.example", subject="Displej").contact.team == cast.care


def test_it_goes_to_the_default_team_else(cast, receive):
    assert receive("12345", to="who@house.example", subject="?").contact.team == cast.care


def test_it_finds_a_default_team_even_where_nobody_made_one(cast):
    Team.objects.create(name="Customer care")
    Team.objects.filter(is_default=True).update(is_default=False)
    assert Team.objects.default().is_default
    assert Team.objects.default() == Team.objects.default()


def test_it_goes_to_the_stand_in_of_who_is_away(complaint, cast, receive):
    away(cast.ana, cast.marek)
    assert receive(subject="New").contact.person == cast.marek


def test_it_follows_a_chain_of_absences(complaint, cast, receive):
    away(cast.ana, cast.marek)
    away(cast.marek, cast.ewa)
    assert receive(subject="New").contact.person == cast.ewa


@pytest.mark.parametrize("chain", ["circle", "nobody", "left"])
def test_it_goes_to_the_queue_when_the_chain_ends_with_nobody(complaint, cast, receive, chain):
    away(cast.ana, cast.marek)
    if chain == "circle":
        away(cast.marek, cast.ana)
    elif chain == "nobody":
        away(cast.marek)
    else:
        cast.marek.is_active = False
        cast.marek.save()
    contact = receive(subject="New").contact
    assert (contact.person, contact.team) == (None, cast.care)


def test_it_prefers_the_absence_that_names_a_stand_in(cast):
    away(cast.ana)
    away(cast.ana, cast.marek)
    away(cast.ana)
    assert Absence.objects.stand_in_for(cast.ana, TODAY) == cast.marek


def test_it_moves_on_what_is_open_of_who_is_away(complaint, cast, now, verbs):
    away(cast.ana, cast.marek)
    assert routing.move_on_from_absent(TODAY, now) == 1
    contact = Contact.objects.get()
    assert contact.person == cast.marek
    assert contact.assignments.latest("id").why == "absence"
    assert verbs(contact)[-1] == "handed"
    assert routing.move_on_from_absent(TODAY, now) == 0


def test_it_moves_on_what_is_open_of_who_has_left(complaint, cast, now):
    cast.ana.is_active = False
    cast.ana.save()
    routing.move_on_from_absent(TODAY, now)
    assert Contact.objects.get().person is None


def test_it_leaves_closed_cases_where_they_are(complaint, cast, now):
    complaint.close_as_lead(by=cast.ewa, at=now, reason="other", why="Paid in court")
    away(cast.ana, cast.marek)
    assert routing.move_on_from_absent(TODAY, now) == 0


def test_it_gives_nothing_to_a_stand_in_who_is_named_in_it(complaint, cast, now):
    complaint.name_person(cast.marek, by=cast.ewa, at=now)
    away(cast.ana, cast.marek)
    routing.move_on_from_absent(TODAY, now)
    assert Contact.objects.get().person is None


def test_it_gives_nothing_of_a_closed_team_to_a_stand_in_outside(complaint, cast, now):
    complaint.contact.hand_to(by=cast.ewa, at=now, person=cast.petra, team=cast.office)
    away(cast.petra, cast.marek)
    routing.move_on_from_absent(TODAY, now)
    contact = Contact.objects.get()
    assert (contact.person, contact.team) == (None, cast.office)


def test_it_is_taken_from_who_turns_out_to_be_named(complaint, cast, now):
    complaint.name_person(cast.ana, by=cast.ewa, at=now)
    contact = Contact.objects.get()
    assert (contact.person, contact.team) == (None, cast.care)
    with pytest.raises(NamedInIt):
        contact.hand_to(by=cast.ewa, at=now, person=cast.ana)


def test_it_is_nobodys_to_hold_who_is_named_even_while_the_verdict_is_undone(complaint, cast, now):
    complaint.name_person(cast.marek, by=cast.ewa, at=now)
    complaint.contact.undo_verdict(by=cast.ewa, at=now)
    with pytest.raises(NamedInIt):
        complaint.contact.hand_to(by=cast.ewa, at=now, person=cast.marek)


def test_it_is_in_the_hands_of_who_answers_first(contact, cast, now, verbs):
    contact.hand_to(by=cast.ewa, at=now, person=None)
    contact.reply(text="We look into it.", by=cast.marek, at=now)
    assert contact.person == cast.marek
    assert contact.assignments.latest("id").person == cast.marek
    contact.reply(text="And I help.", by=cast.ana, at=now)
    assert contact.person == cast.marek


def test_it_keeps_a_row_and_an_event_of_each_handing_over(contact, cast, now, verbs):
    contact.hand_to(by=cast.ewa, at=now, person=cast.marek, why="Speaks Polish")
    row = contact.assignments.latest("id")
    assert (row.person, row.team, row.why, row.actor_name) == (
        cast.marek,
        cast.care,
        "Speaks Polish",
        "Ewa Example",
    )
    assert verbs(contact)[-1] == "handed"


def test_it_asks_for_whom_a_new_customer_is(cast, now):
    customer = Customer.objects.welcome(name="New", address="new@customer.example")
    holder = routing.holder_for(customer, mailbox=None, language="pl", at=now)
    assert (holder.team, holder.person) == (cast.care, None)
