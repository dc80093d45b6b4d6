"""Saved replies are one's own or everybody's; everybody's are changed by leads."""

import pytest

from amends.ground.events.models import Event
from amends.records.writing.models import SavedReply
from amends.records.writing.refusals import NameTaken, NothingSaid, OnlyALeadShares, UnknownField

HELLO = {"en": "{salutation}\n\nIt is on its way."}


@pytest.fixture
def save(cast, now):
    def save(who, name="On its way", texts=HELLO, **more):
        return SavedReply.objects.make(
            name=name, texts=texts, by=getattr(cast, who), at=now, **more
        )

    return save


def names(person):
    return {reply.name for reply in SavedReply.objects.seen_by(person)}


def test_it_shows_ones_own_and_the_shared_ones(cast, save):
    save("ana", "Ana's")
    save("marek", "Marek's")
    save("ewa", "Everybody's", shared=True)
    assert names(cast.ana) == {"Ana's", "Everybody's"}
    assert names(cast.petra) == {"Everybody's"}


def test_it_lets_only_a_lead_share_and_change_what_is_shared(cast, save, now):
    with pytest.raises(OnlyALeadShares):
        save("ana", shared=True)
    shared = save("ewa", shared=True)
    with pytest.raises(OnlyALeadShares):
        shared.change(name="Mine now", texts=HELLO, by=cast.ana, at=now)
    with pytest.raises(OnlyALeadShares):
        shared.delete_it(by=cast.ana, at=now)
    assert SavedReply.objects.get().name == "On its way"


def test_it_lets_nobody_change_what_is_somebody_elses_own(cast, save, now):
    theirs = save("ana")
    for verb in (theirs.delete_it, theirs.bring_back):
        with pytest.raises(OnlyALeadShares):
            verb(by=cast.ewa, at=now)


def test_it_takes_back_to_the_lead_what_is_no_longer_shared(cast, save, now):
    shared = save("ewa", shared=True)
    shared.change(name=shared.name, texts=HELLO, shared=False, by=cast.ewa, at=now)
    assert names(cast.ewa) == {"On its way"}
    assert names(cast.ana) == set()


def test_it_has_one_reply_of_a_name_for_each_and_one_for_all(save):
    save("ana")
    save("marek")
    save("ewa", shared=True)
    for who, more in (("ana", {}), ("ewa", {"shared": True})):
        with pytest.raises(NameTaken):
            save(who, "ON ITS WAY", **more)
    assert SavedReply.objects.count() == 3


@pytest.mark.parametrize(("name", "texts"), [(" ", HELLO), ("Empty", {"en": " \n"}), ("None", {})])
def test_it_wants_a_name_and_a_text(save, name, texts):
    with pytest.raises(NothingSaid):
        save("ana", name, texts)


def test_it_refuses_a_field_that_no_case_knows(save):
    with pytest.raises(UnknownField):
        save("ana", texts={"en": "Dear {nmae}"})
    assert not SavedReply.objects.exists()


def test_it_comes_back_when_its_deleting_is_undone(cast, save, now):
    reply = save("ana")
    reply.delete_it(by=cast.ana, at=now)
    assert names(cast.ana) == set()
    save("ana")
    with pytest.raises(NameTaken):
        reply.bring_back(by=cast.ana, at=now)
    SavedReply.objects.exclude(pk=reply.pk).get().delete_it(by=cast.ana, at=now)
    reply.bring_back(by=cast.ana, at=now)
    assert names(cast.ana) == {"On its way"}
    assert [event.verb for event in Event.objects.about(reply.id)] == [
        "reply_saved", "saved_reply_deleted", "saved_reply_back",
    ]  # fmt: skip


def test_it_uses_the_customers_language_and_else_one_that_there_is(save):
    reply = save("ana", texts={"pl": "Idzie.", "sk": "Ide."})
    assert reply.text_in("sk") == ("sk", "Ide.")
    assert reply.text_in("ru") == ("pl", "Idzie.")


def test_it_offers_first_what_speaks_the_language(cast, save):
    save("ana", "A", {"en": "a"})
    save("ana", "Z", {"pl": "z"})
    found = SavedReply.objects.seen_by(cast.ana).best_first("pl")
    assert [reply.name for reply in found] == ["Z", "A"]


@pytest.mark.parametrize("words", ["way", "IT WAY", "parcel", "post its", "way\0"])
def test_it_is_found_by_its_name_its_tags_and_its_words(cast, save, words):
    save("ana", tags="parcel, post")
    save("ana", "Other", {"en": "No."})
    [found] = SavedReply.objects.seen_by(cast.ana).saying(words)
    assert found.name == "On its way"


@pytest.mark.parametrize("words", ["%", "_", "nothing", "way nothing"])
def test_it_is_not_found_by_other_words(cast, save, words):
    save("ana")
    assert not SavedReply.objects.seen_by(cast.ana).saying(words).exists()
