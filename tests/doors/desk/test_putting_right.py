"""A remedy is decided, delivered with a proof, or dropped."""

import pytest

from amends.records.recovery.models import Remedy


@pytest.fixture
def remedy(ana, to, complaint):
    typed = {"remedy-what": "A new phone", "remedy-cost": "899.99", "remedy-currency": "PLN"}
    assert ana.post(to("remedies", complaint.contact), typed).status_code == 302
    return Remedy.objects.get()


def test_it_decides_with_a_cost_that_only_the_desk_sees(remedy):
    assert (str(remedy.cost), remedy.currency, remedy.gesture) == ("899.99", "PLN", False)


def test_it_reads_a_cost_as_the_agent_s_language_writes_it(ana, seat, cast, to, complaint):
    type(cast.marek).objects.filter(pk=cast.marek.pk).update(language="pl")
    seat("marek").post(
        to("remedies", complaint.contact), {"remedy-what": "Zwrot", "remedy-cost": "12,50"}
    )
    remedy = Remedy.objects.get()
    assert (str(remedy.cost), remedy.currency) == ("12.50", "PLN")


def test_it_is_delivered_with_a_proof(ana, to, complaint, remedy, clock):
    ana.post(to("remedy", complaint.contact, remedy.pk), {"proof": "parcel 77"})
    remedy.refresh_from_db()
    assert (remedy.delivered_at, remedy.proof) == (clock(), "parcel 77")


def test_it_is_dropped(ana, to, complaint, remedy, clock):
    ana.post(to("remedy", complaint.contact, remedy.pk), {"dropped": "yes", "proof": ""})
    remedy.refresh_from_db()
    assert (remedy.dropped_at, remedy.delivered_at) == (clock(), None)


def test_it_says_that_it_is_delivered_already(ana, to, complaint, remedy):
    where = to("remedy", complaint.contact, remedy.pk)
    ana.post(where, {"proof": "parcel 77"})
    for typed in ({"proof": "parcel 78"}, {"dropped": "yes"}):
        assert "delivered already" in ana.post(where, typed, follow=True).content.decode()
    remedy.refresh_from_db()
    assert remedy.proof == "parcel 77"


def test_it_takes_a_proof_of_any_length_and_none_with_a_null(ana, to, complaint, remedy):
    where = to("remedy", complaint.contact, remedy.pk)
    assert "Null characters" in ana.post(where, {"proof": "a\0b"}, follow=True).content.decode()
    ana.post(where, {"proof": "7" * 5_000})
    remedy.refresh_from_db()
    assert remedy.proof == "7" * 300


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"what": " "}, "required"),
        ({"what": "w" * 201}, "at most 200"),
        ({"cost": "-1"}, "greater than or equal"),
        ({"cost": "1e9"}, "digits"),
        ({"cost": "1.005"}, "decimal places"),
        ({"currency": "zł"}, "zł"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(ana, to, complaint, changed, sentence):
    typed = {"what": "A new phone", "cost": "899", "currency": "PLN", **changed}
    typed = {f"remedy-{name}": value for name, value in typed.items()}
    shown = ana.post(to("remedies", complaint.contact), typed)
    assert shown.status_code == 422
    assert sentence in shown.content.decode()
    for name in ("remedy-what", "remedy-cost"):
        assert f'value="{typed[name]}"' in shown.content.decode()
    assert not Remedy.objects.exists()
