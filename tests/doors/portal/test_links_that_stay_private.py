"""The link is a key: no other site learns it, and the page behind it can still be posted from."""

from django.test import Client

from amends.records.complaints.links import token_for


def test_it_tells_no_other_site_and_still_lets_a_browser_post(complaint):
    page = Client().get(f"/status/{token_for(complaint.contact)}/")
    # With "no-referrer" browsers send "Origin: null" with a form, and the form is refused.
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
