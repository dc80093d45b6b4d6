"""An invitation lets in one person, once, for a week, and can be sent again or taken back."""

import uuid
from datetime import timedelta

import pytest
from django.core import signing

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact
from amends.records.joining import inviting, refusals
from amends.records.joining.models import Invitation
from amends.records.people.models import Person
from amends.records.post.models import Outgoing


@pytest.fixture
def invite(cast, now):
    def invite(email="new@house.example", **more):
        facts = {"name": "Nina Nowak", "language": "pl", "languages": ["pl", "sk"], "leads": True}
        return inviting.invite(email=email, by=cast.jan, at=now, **{**facts, **more})

    return invite


def behind(invitation, at):
    return Invitation.objects.behind(invitation.token, at=at)


def test_it_writes_a_letter_in_their_language_that_belongs_to_no_case(cast, invite, now):
    invitation = invite()
    mail = Outgoing.objects.on(invitation.id).get()
    assert (mail.to_address, mail.language, mail.from_address) == (
        "new@house.example", "pl", "help@house.example",
    )  # fmt: skip
    # The rest of the token says when it was made, which may be a second ago.
    assert f"/invited/{invitation.token.partition(':')[0]}:" in mail.body
    assert "Jan Example" in mail.body
    assert not Contact.objects.filter(pk=mail.thread).exists()


def test_it_makes_a_person_of_the_one_invited_with_what_was_said(cast, invite, now):
    person = inviting.come_in(invite(), password="long enough 1", at=now)
    assert (person.email, person.name, person.language) == ("new@house.example", "Nina Nowak", "pl")
    assert (person.handles, person.leads, person.assures, person.administers) == (
        True, True, False, False,
    )  # fmt: skip
    assert person.languages == ["pl", "sk"]
    assert list(person.teams.all()) == [cast.care]
    assert person.check_password("long enough 1")


def test_it_takes_the_key_that_a_passkey_was_made_for(invite, now):
    key = uuid.uuid4()
    person = inviting.come_in(invite(), password=None, key=key, at=now)
    assert person.pk == key
    assert not person.has_usable_password()


def test_it_works_once(invite, now):
    invitation = invite()
    stale = behind(invitation, now)
    inviting.come_in(invitation, password="long enough 1", at=now)
    with pytest.raises(refusals.InvitationOver):
        inviting.come_in(stale, password="another one 22", at=now)
    with pytest.raises(refusals.InvitationOver):
        behind(invitation, now)
    assert Person.objects.get(email="new@house.example").check_password("long enough 1")


def test_it_stands_for_a_week(invite, now):
    invitation = invite()
    assert behind(invitation, now + timedelta(days=7, seconds=-1)) == invitation
    with pytest.raises(refusals.InvitationOver):
        behind(invitation, now + timedelta(days=7))
    with pytest.raises(refusals.InvitationOver):
        inviting.come_in(invitation, password="long enough 1", at=now + timedelta(days=7))


def test_it_leads_nowhere_when_it_was_taken_back(cast, invite, now):
    invitation = invite()
    token = invitation.token
    inviting.take_back(invitation, by=cast.jan, at=now)
    with pytest.raises(refusals.InvitationOver):
        Invitation.objects.behind(token, at=now)
    with pytest.raises(refusals.InvitationOver):
        inviting.take_back(invitation, by=cast.jan, at=now)


def test_it_is_sent_again_under_another_link(cast, invite, now):
    invitation = invite()
    old, later = invitation.token, now + timedelta(days=6)
    inviting.invite_again(invitation, by=cast.jan, at=later)
    assert Outgoing.objects.on(invitation.id).count() == 2
    with pytest.raises(refusals.InvitationOver):
        Invitation.objects.behind(old, at=later)
    assert behind(invitation, later + timedelta(days=6)) == invitation


@pytest.mark.parametrize("email", ["new@house.example", " NEW@House.example "])
def test_it_invites_an_address_once(invite, email):
    invite()
    with pytest.raises(refusals.AlreadyInvited):
        invite(email=email)


def test_it_invites_again_who_was_taken_back(cast, invite, now):
    inviting.take_back(invite(), by=cast.jan, at=now)
    assert invite().email == "new@house.example"


def test_it_invites_nobody_who_is_here(invite):
    with pytest.raises(refusals.AlreadyHere):
        invite(email="Ana@house.example")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["no address", "a@b\nBcc: c@d.example", "a b@c.example", ""])
def test_it_writes_to_no_address_that_is_none(invite, email):
    with pytest.raises(refusals.LetterNotPossible):
        invite(email=email)
    assert not Outgoing.objects.exists()


def test_it_lets_nobody_in_whose_address_came_in_another_way(invite, now):
    invitation = invite()
    Person.objects.invite(email="new@house.example", name="Nina", password=None)
    with pytest.raises(refusals.AlreadyHere):
        inviting.come_in(invitation, password="long enough 1", at=now)
    assert Invitation.objects.open().get() == invitation


@pytest.mark.parametrize("said", ["", "x", {}, {"i": "x", "s": "y"}, {"i": uuid.uuid4().hex, "s": "y"}, [1], None])  # fmt: skip
def test_it_knows_no_link_that_it_has_not_made(db, now, said):
    forged = said if isinstance(said, str) else signing.dumps(said, salt="amends.invitation")
    other = signing.dumps({"i": uuid.uuid4().hex, "s": "y"}, salt="amends.password")
    for token in (forged, other):
        with pytest.raises(refusals.InvitationOver):
            Invitation.objects.behind(token, at=now)


def test_it_leaves_on_record_what_happened(cast, invite, now):
    invitation = invite()
    inviting.come_in(invitation, password="long enough 1", at=now)
    told = [(event.verb, event.actor_name) for event in Event.objects.about(invitation.id)]
    assert told == [("invited", "Jan Example"), ("joined", "Nina Nowak")]
