"""A customer gets a copy of all that is held on them; a test knows every table and every field."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.doors.portal.whose_words import OURS

from amends.ground import files
from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.models import Attachment, Contact, Note
from amends.records.retention import extract, traces
from amends.records.retention.extract import Copy, chunks, must_be_for
from amends.records.retention.extract_parts import LEFT_OUT, OF_CASES, OF_CUSTOMERS, told


@pytest.fixture
def case(complaint, cast, now):
    complaint.understand(by=cast.ana, at=now, severity=3, got="a bill")
    complaint.add_point("Billed", by=cast.ana, at=now)
    Note.objects.write(complaint.contact, by=cast.marek, text="Ask Ana Example", at=now)
    complaint.contact.hand_to(by=cast.ana, at=now, person=cast.marek, why="She was rude")
    send_answer(complaint.contact, Answer(text="We are sorry."), by=cast.marek, at=now)
    return complaint.contact


def test_it_has_each_field_that_an_erasing_would_take_away():
    models = {model.__name__ for model, _of in (*traces.ACTED, *traces.OF_CONTACTS)}
    models |= {model.__name__ for model in traces.OF_CUSTOMERS}
    assert models - {part.model.__name__ for part in (*OF_CASES, *OF_CUSTOMERS)} <= set(LEFT_OUT)
    # Who did it and which row it hangs on are told by the shape of the copy.
    shape = {"id", "customer", "contact", "by", "lifted_by", "actor_key"}
    missing = {
        f"{table}.{name}" for table, name in traces.covered() - told()
        if name not in shape and not {table, f"{table}.{name}"} & set(LEFT_OUT)
    }  # fmt: skip
    assert missing == set()


def test_it_tells_nothing_that_is_ours_unless_it_is_asked_for():
    for part in (*OF_CASES, *OF_CUSTOMERS):
        ours = {f"{part.model.__name__}.{name}" for name in part.fields} & OURS
        assert {name for name in ours if not name.endswith(".actor_name")} == set(), part.name


def test_it_tells_cases_and_keeps_what_is_inside(case):
    about, (told_of,) = (copy := Copy(case.customer)).of_customer(), list(copy.cases())
    assert about["customer"][0]["name"] == "Olga Nowak"
    assert about["addresses"][0]["address"] == "olga@customer.example"
    assert told_of["case"][0]["reference"] == case.reference
    assert [one["text"] for one in told_of["messages"]][-1] == "We are sorry."
    said = repr((about, told_of))
    for kept in ("She was rude", "Ask Ana", "severity", "a bill", "Ana Example", "Marek Example"):
        assert kept not in said.replace("'from_name': 'Marek'", ""), kept


def test_it_tells_what_is_inside_with_colleagues_as_numbers(case, cast):
    (told_of,) = Copy(case.customer, inside=True).cases()
    (note,) = told_of["notes"]
    assert note["text"] == "Ask Ana Example"  # words stay words
    assert note["author__name"].startswith("colleague ")
    (hands,) = [one for one in told_of["hands"] if one["why"] == "She was rude"]
    assert hands["person__name"] == note["author__name"] != hands["actor_name"]
    assert told_of["complaint"][0]["severity"] == 3
    handed = next(one for one in told_of["events"] if one["verb"] == "handed")
    assert "Example" not in repr(handed)


def test_it_tells_nothing_of_others(case, receive, cast):
    other = receive("Mine is broken.", sender="Piotr <piotr@customer.example>").contact
    copy = Copy(case.customer, inside=True)
    said = repr((copy.of_customer(), list(copy.cases())))
    assert other.reference not in said
    assert "piotr" not in said.lower()


def test_it_has_the_files_and_mails_as_they_were_kept(case, receive):
    again = receive("And another thing.").contact
    assert again.customer == case.customer
    raw = again.messages.get(direction="in").raw
    Attachment.objects.create(
        message=again.messages.get(direction="in"), name="../../etc/passwd", media_type="x", size=3,
        digest=files.keep(b"abc"),
    )  # fmt: skip
    held = {one.name: b"".join(chunks(one)) for one in Copy(case.customer).files()}
    assert raw.content() in held.values()
    (name,) = [name for name in held if name.startswith("files/")]
    assert (held[name], name.count("/"), ".." in name) == (b"abc", 1, False)
    assert list(chunks(extract.Held("x", "0" * 64))) == []


def test_it_asks_as_often_for_many_cases(case):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert list(Copy(case.customer, inside=True).cases())
        return len(seen)

    few = asked()
    for _number in range(5):
        copied = Contact.objects.get(pk=case.pk)
        copied.pk, copied.reference, copied._state.adding = uuid4(), f"AM-{uuid4().hex[:5]}", True
        copied.save()
    assert asked() == few


def test_it_is_for_a_lead_who_may_read_all_of_it(case, cast, now):
    must_be_for(cast.ewa, case.customer)
    for who in (cast.ana, cast.jan, cast.beata):
        with pytest.raises(extract.NotForThisLead):
            must_be_for(who, case.customer)
    case.complaint.named.add(cast.ewa)
    with pytest.raises(extract.NotForThisLead):
        must_be_for(cast.ewa, case.customer)
    case.complaint.named.clear()
    Contact.objects.filter(pk=case.pk).update(team=cast.office)
    with pytest.raises(extract.NotForThisLead):
        must_be_for(cast.ewa, case.customer)
