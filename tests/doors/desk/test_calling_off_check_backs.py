"""A check-back that waits can be called off; the case is back in hand."""

from amends.records.aftercare.models import CheckBack


def test_it_is_called_off(ana, to, complaint):
    typed = {"text": "Done.", "check_back_date": "2026-11-30", "check_back_time": "10:00"}
    ana.post(to("reply", complaint.contact), typed)
    assert ana.post(to("check_back", complaint.contact)).status_code == 302
    assert CheckBack.objects.get().cancelled_at
    complaint.contact.refresh_from_db()
    assert complaint.contact.state == "open"


def test_it_is_not_there_where_none_waits(ana, to, complaint):
    assert ana.post(to("check_back", complaint.contact)).status_code == 404


def test_it_plans_no_second_one_and_keeps_the_words(ana, to, complaint, clock):
    typed = {"text": "Done.", "check_back_date": "2026-11-30", "check_back_time": "10:00"}
    ana.post(to("reply", complaint.contact), typed)
    clock.forward(minutes=5)
    shown = ana.post(to("reply", complaint.contact), {**typed, "text": "And once more."})
    assert shown.status_code == 422
    assert "planned already" in shown.content.decode()
    assert "And once more." in shown.content.decode()
