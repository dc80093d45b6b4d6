"""A promise is given, kept, or moved before it is due with a reason that the customer reads."""

import pytest

from amends.records.promises.models import Promise


@pytest.fixture
def promise(ana, to, complaint):
    typed = {"promise-what": "A call back", "promise-date": "2026-11-26", "promise-time": "12:00"}
    assert ana.post(to("promises", complaint.contact), typed).status_code == 302
    return Promise.objects.get()


def moving(promise, **changed):
    typed = {"why": "The courier is late", "date": "2026-11-27", "time": "15:00", **changed}
    return {f"move-{promise.pk}-{name}": value for name, value in typed.items()}


def test_it_is_due_at_the_hour_of_the_house(promise):
    assert promise.due_at.isoformat() == "2026-11-26T11:00:00+00:00"


def test_it_lasts_to_the_end_of_a_day_without_an_hour(ana, to, complaint):
    typed = {"promise-what": "A call back", "promise-date": "2026-11-25"}
    ana.post(to("promises", complaint.contact), typed)
    assert Promise.objects.get().due_at.isoformat() == "2026-11-25T22:59:59+00:00"


def test_it_is_kept(ana, to, promise, complaint, clock):
    ana.post(to("promise", complaint.contact, promise.pk), {"kept": "yes"})
    promise.refresh_from_db()
    assert promise.kept_at == clock()


def test_it_is_moved_with_a_reason(ana, to, promise, complaint):
    ana.post(to("promise", complaint.contact, promise.pk), moving(promise))
    promise.refresh_from_db()
    assert promise.moved_to.due_at.isoformat() == "2026-11-27T14:00:00+00:00"
    assert promise.why_moved == "The courier is late"


def test_it_says_that_it_is_settled_already(ana, to, promise, complaint):
    where = to("promise", complaint.contact, promise.pk)
    ana.post(where, {"kept": "yes"})
    assert "settled already" in ana.post(where, {"kept": "yes"}, follow=True).content.decode()
    moved = ana.post(where, moving(promise))
    assert moved.status_code == 422
    assert "settled already" in moved.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"why": ""}, "required"),
        ({"date": ""}, "required"),
        ({"date": "2026-11-24"}, "later than now"),
        ({"date": "0001-01-01"}, "Check the year"),
        ({"why": "w" * 301}, "at most 300"),
    ],
)
def test_it_says_why_it_is_not_moved_and_keeps_what_was_typed(
    ana, to, promise, complaint, changed, sentence
):
    typed = moving(promise, **changed)
    shown = ana.post(to("promise", complaint.contact, promise.pk), typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert sentence in page
    for value in typed.values():
        assert f'value="{value}"' in page or not value
    promise.refresh_from_db()
    assert promise.is_open


def test_it_is_too_late_to_move_what_is_due(ana, to, promise, complaint, clock):
    clock.forward(days=2)
    typed = moving(promise, date="2026-11-30")
    shown = ana.post(to("promise", complaint.contact, promise.pk), typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "can’t be moved any more" in page
    assert "The courier is late" in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"what": ""}, "required"),
        ({"what": "w" * 201}, "at most 200"),
        ({"date": "26.11.2026 maybe"}, "valid date"),
        ({"time": "25:00"}, "valid time"),
        ({"date": "2026-11-24"}, "later than now"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(ana, to, complaint, changed, sentence):
    typed = {"what": "A call back", "date": "2026-11-26", "time": "12:00", **changed}
    typed = {f"promise-{name}": value for name, value in typed.items()}
    shown = ana.post(to("promises", complaint.contact), typed)
    assert shown.status_code == 422
    assert sentence in shown.content.decode()
    for value in typed.values():
        assert f'value="{value}"' in shown.content.decode() or not value
    assert not Promise.objects.exists()


def test_it_keeps_what_was_typed_when_the_case_was_closed_meanwhile(ana, to, complaint, clock):
    complaint.confirm(words="", at=clock())
    typed = {"promise-what": "A call back", "promise-date": "2026-11-26"}
    shown = ana.post(to("promises", complaint.contact), typed)
    assert shown.status_code == 422
    assert "This case is closed" in shown.content.decode()
    assert "A call back" in shown.content.decode()
