"""How the customer is addressed; the next greeting follows."""

import pytest


def test_it_greets_as_the_customer_is_addressed(ana, to, complaint):
    typed = {"customer-form": "feminine", "customer-vocative": "Pani Olgo"}
    complaint.contact.language = "pl"
    complaint.contact.save(update_fields=["language"])
    assert ana.post(to("customer", complaint.contact), typed).status_code == 302
    shown = ana.get(to("case", complaint.contact))
    assert "Pani Olgo" in shown.context["forms"]["reply"].initial["text"]


@pytest.mark.parametrize(
    ("form", "vocative", "sentence"),
    [("sir", "Olgo", "sir"), ("", "Olgo", "required"), ("neutral", "v" * 121, "at most 120")],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(
    ana, to, complaint, form, vocative, sentence
):
    typed = {"customer-form": form, "customer-vocative": vocative}
    shown = ana.post(to("customer", complaint.contact), typed)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert sentence in page
    assert vocative in page
