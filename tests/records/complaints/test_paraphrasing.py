"""Did we understand? Asked once, when it is called for; the customer says yes or corrects it."""

from datetime import timedelta

import pytest

from amends.records.answering.answer import Answer, send_answer, take_back
from amends.records.answering.standing import standing_of
from amends.records.answering.understood import paraphrase_of
from amends.records.complaints import refusals
from amends.records.complaints.models import Contact, Paraphrase
from amends.records.complaints.paraphrasing import proposal_for, understood_in
from amends.records.complaints.passages import Passage, passages_of, points_in
from amends.records.complaints.taking_down import TakenDown, take_down
from amends.records.house.models import House

LANGUAGES = ("en", "pl", "ru", "sk")
TEXT = """Hello,

I am sorry for the wait.

If we understand you correctly, it is about this: “my 200 back”.

- billed 200
- nobody answers

Ana"""


@pytest.fixture
def asked(complaint, cast, now, post_office):
    answer = Answer(text=TEXT, asks_understood=True)
    message = send_answer(complaint.contact, answer, by=cast.ana, at=now + timedelta(minutes=1))
    post_office.accept(now + timedelta(minutes=2))
    return message


@pytest.fixture
def paraphrase(asked):
    return Paraphrase.objects.select_related("complaint__contact__customer").get()


@pytest.mark.parametrize(
    ("facts", "called"),
    [
        ({"severity": 3}, False),
        ({"severity": 4}, True),
        ({"cannot_describe": True}, True),
        ({"facts_contradict": True}, True),
    ],
)
def test_it_is_called_for_where_it_is_severe_or_unclear(complaint, cast, now, facts, called):
    complaint.understand(by=cast.ana, at=now, **facts)
    assert complaint.calls_for_paraphrase is called


def test_it_keeps_what_was_sent_and_what_counts_as_an_answer(asked, cast, paraphrase, verbs):
    contact = Contact.objects.get()
    assert paraphrase.text == TEXT[TEXT.index("If we") :]
    assert paraphrase.points == ["billed 200", "nobody answers"]
    assert paraphrase.sentence == "If we understand you correctly, it is about this: “my 200 back”."
    assert (paraphrase.message, paraphrase.at) == (asked, asked.at)
    assert (paraphrase.actor_name, paraphrase.right) == (cast.ana.name, None)
    assert contact.answered
    assert contact.next_key not in {"answer", "answer_again"}
    assert contact.answer_due_at is None
    assert "paraphrase_asked" in verbs(contact)


def test_it_leads_from_the_mail_to_the_question_and_to_the_status_page(asked):
    links = [word for word in asked.outgoing.body.split() if "/status/" in word]
    assert [link.endswith("/understood/") for link in links] == [True, False]
    assert "/status/" not in asked.text


def test_it_asks_once_and_sends_nothing_the_second_time(paraphrase, complaint, cast, now):
    sent = complaint.contact.messages.count()
    answer = Answer(text="Is it so?", asks_understood=True)
    with pytest.raises(refusals.AskedBefore):
        send_answer(complaint.contact, answer, by=cast.ana, at=now + timedelta(hours=1))
    assert complaint.contact.messages.count() == sent


def test_it_asks_about_complaints_only(contact, cast, now):
    contact.decide("question", by=cast.ana, at=now)
    with pytest.raises(refusals.NotAComplaint):
        send_answer(contact, Answer(text="So?", asks_understood=True), by=cast.ana, at=now)
    assert not contact.messages.filter(direction="out", author=cast.ana).exists()


def test_it_is_taken_back_with_its_reply(complaint, cast, now):
    answer = Answer(text=TEXT, asks_understood=True)
    message = send_answer(complaint.contact, answer, by=cast.ana, at=now)
    assert paraphrase_of(complaint.contact) is None
    assert not standing_of(complaint.contact, at=now).asks_understood
    back = take_back(message, by=cast.ana, at=now + timedelta(seconds=5))
    assert back.asks_understood
    assert not Paraphrase.objects.exists()
    send_answer(complaint.contact, answer, by=cast.ana, at=now + timedelta(minutes=1))
    assert Paraphrase.objects.count() == 1


def test_it_takes_a_yes_and_moves_nothing(paraphrase, now, verbs):
    before = Contact.objects.values("state", "next_key", "next_at", "answer_due_at").get()
    assert paraphrase.agree(words=" ", at=now + timedelta(hours=1))
    kept = Paraphrase.objects.get()
    assert (kept.right, kept.answered_at) == (True, now + timedelta(hours=1))
    assert Contact.objects.values("state", "next_key", "next_at", "answer_due_at").get() == before
    assert "paraphrase_agreed" in verbs(paraphrase.complaint.contact)


def test_it_takes_a_yes_with_words_as_a_yes_and_a_message(paraphrase, now):
    assert paraphrase.agree(words="And the box was open.", at=now + timedelta(hours=1))
    contact = Contact.objects.get()
    assert Paraphrase.objects.get().right
    assert contact.messages.filter(direction="in", text="And the box was open.").exists()
    assert contact.last_direction == "in"


@pytest.mark.parametrize("words", ["No, it is still broken", "It does not work"])
def test_it_takes_a_yes_whose_words_say_no_for_a_correction(paraphrase, now, words):
    assert not paraphrase.agree(words=words, at=now + timedelta(hours=1))
    kept = Paraphrase.objects.get()
    assert (kept.right, kept.correction) == (False, words)


def test_it_takes_a_correction_as_a_message_that_waits_for_an_answer(paraphrase, now, verbs):
    paraphrase.correct(words=" It was 300, not 200. ", at=now + timedelta(hours=1))
    kept, contact = Paraphrase.objects.get(), Contact.objects.get()
    assert (kept.right, kept.correction) == (False, "It was 300, not 200.")
    assert contact.next_key in {"answer", "answer_again"}
    assert contact.answer_due_at is not None
    assert verbs(contact)[-2:] == ["paraphrase_corrected", "customer_wrote"]


def test_it_wants_words_for_a_correction(paraphrase, now):
    with pytest.raises(refusals.NothingWritten):
        paraphrase.correct(words="  ", at=now)
    assert Paraphrase.objects.get().answered_at is None


def test_it_keeps_the_first_answer_and_later_words_as_a_message(paraphrase, now):
    stale = Paraphrase.objects.select_related("complaint__contact__customer").get()
    paraphrase.correct(words="It was 300.", at=now + timedelta(hours=1))
    heard = Contact.objects.get().messages.count()
    for words in ("It was 300.",):
        with pytest.raises(refusals.AnsweredBefore):
            stale.correct(words=words, at=now + timedelta(hours=2))
    with pytest.raises(refusals.AnsweredBefore):
        stale.agree(words="", at=now + timedelta(hours=2))
    assert Contact.objects.get().messages.count() == heard
    stale.correct(words="Rather 310.", at=now + timedelta(hours=3))
    assert Paraphrase.objects.get().correction == "It was 300."
    assert Contact.objects.get().messages.filter(text="Rather 310.").exists()


def test_it_opens_a_closed_case_with_a_correction(paraphrase, cast, now):
    complaint = paraphrase.complaint
    complaint.close_as_lead(by=cast.ewa, at=now + timedelta(hours=1), reason="other", why="Done.")
    paraphrase.correct(words="It was 300.", at=now + timedelta(hours=2))
    assert Contact.objects.get().state == "open"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_proposes_what_is_known_and_leaves_the_rest_out(complaint, cast, now, language):
    complaint.contact.language = language
    complaint.understand(by=cast.ana, at=now, goal="my 200 back.")
    bare = proposal_for(complaint)
    assert "my 200 back" in bare
    assert "back.”" not in bare
    assert len(passages_of(bare)) == 1
    assert bare.count(":") == 1
    complaint.understand(
        by=cast.ana, at=now, expected="free", got="a bill", wish_words="take it off"
    )
    complaint.add_point("billed 200", by=cast.ana, at=now)
    whole = proposal_for(complaint)
    assert points_in(whole) == ["billed 200"]
    for words in ("free", "a bill", "take it off"):
        assert words in whole
    greeted = f"Hello,\n\nSorry.\n\n{whole}\n"
    assert understood_in(greeted, complaint.contact) == whole


def test_it_speaks_the_house_s_language_to_who_speaks_another(complaint):
    House.objects.update(language="sk")
    complaint.contact.language = "de"
    assert proposal_for(complaint).startswith("Ak správne rozumieme")


def test_it_reads_no_fields_in_what_people_wrote(complaint, cast, now):
    complaint.understand(by=cast.ana, at=now, goal="{link} {0} {unknown}")
    assert "{link} {0} {unknown}" in proposal_for(complaint)


def test_it_begins_below_the_greeting_where_it_was_worded_anew(complaint):
    text = "Hello,\r\n\r\nSo you want 200 back.\r\n- one"
    assert understood_in(text, complaint.contact) == "So you want 200 back.\n- one"
    assert understood_in("Hello,", complaint.contact) == "Hello,"


def test_it_tells_points_from_paragraphs():
    text = "One:\n- a\n– b\n\n• c\n\nTwo\nlines\n-not a point\n\n\n"
    assert passages_of(text) == [
        Passage(words="One:"),
        Passage(points=("a", "b")),
        Passage(points=("c",)),
        Passage(words="Two\nlines\n-not a point"),
    ]
    assert passages_of(" \n\n") == []


def test_it_notes_on_the_phone_that_it_is_hard_to_describe(cast, now, contact):
    from amends.records.complaints.intake import Told

    told = Told(text="It makes a noise, like, I don't know.", channel="phone", name="Jan Nowy")
    heard = take_down(TakenDown(told, cannot_describe=True), by=cast.ana, at=now)
    assert heard.complaint.cannot_describe
    assert heard.complaint.calls_for_paraphrase


def test_it_shows_the_head_s_to_who_follows_it(paraphrase, cast, now, receive):
    other = receive("The same again.", at=now + timedelta(minutes=3), subject="Again").contact
    other.decide("complaint", by=cast.ana, at=now + timedelta(minutes=4))
    head = Contact.objects.get(pk=paraphrase.complaint.contact_id)
    other.merge_into(head, by=cast.ana, at=now + timedelta(minutes=5))
    assert paraphrase_of(other.head()) == paraphrase
