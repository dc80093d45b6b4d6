"""What a domain's records say, as the RFCs have it."""

import pytest

from amends.expertise.correspondence.sender_records import dkim, dmarc, dmarc_names, spf


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        ([], "missing"), (["google-site-verification=x"], "missing"), (["v=spf10 -all"], "missing"),
        (["v=spf1 mx ~all"], "good"), (["V=SPF1 mx -ALL"], "good"), (["v=spf1 -all"], "good"),
        (["v=spf1 redirect=_spf.x.example"], "good"), (["v=spf1 mx"], "weak"), (["v=spf1"], "weak"),
        (["v=spf1 mx ?all"], "weak"), (["v=spf1 +all"], "open"), (["v=spf1 mx all"], "open"),
        (["v=spf1 -all", "v=spf1 mx ~all"], "twice"), (["v=spf1 include:all.example ~all"], "good"),
    ],
)  # fmt: skip
def test_it_reads_spf(texts, word):
    assert spf("x.example", {"x.example": texts}).word == word


@pytest.mark.parametrize(
    ("record", "word"),
    [
        ("v=DMARC1; p=none; rua=mailto:a@x.example", "watched"), ("v=DMARC1;p=Reject", "good"),
        ("v=DMARC1; p = quarantine ; pct=10", "good"), ("v=DMARC1", "broken"),
        ("v=DMARC1; p=maybe", "broken"), ("p=reject; v=DMARC1", "missing"),
    ],
)  # fmt: skip
def test_it_reads_dmarc(record, word):
    assert dmarc("x.example", {"_dmarc.x.example": [record]}).word == word


def test_it_looks_for_dmarc_above_but_never_at_the_top():
    names = ["_dmarc.help.shop.x.example", "_dmarc.shop.x.example", "_dmarc.x.example"]
    assert dmarc_names("help.shop.x.example") == names
    assert dmarc_names("localhost") == ["_dmarc.localhost"]
    above = {"_dmarc.x.example": ["v=DMARC1; p=reject; sp=none"]}
    assert dmarc("help.x.example", above).word == "watched"
    assert dmarc("x.example", above).word == "good"
    assert dmarc("x.example", {"_dmarc.x.example": ["v=DMARC1; p=none"] * 2}).word == "twice"


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        ({}, "missing"), ({"b._domainkey.x.example": ["v=DKIM1; k=rsa; p=MIIB"]}, "good"),
        ({"a._domainkey.x.example": ["p=MIIB"]}, "good"),
        ({"a._domainkey.x.example": ["v=DKIM1; p="]}, "ended"),
        ({"a._domainkey.x.example": ["v=DKIM1; p="], "b._domainkey.x.example": ["p=A"]}, "good"),
        ({"c._domainkey.x.example": ["p=A"]}, "missing"), ({"a._domainkey.x.example": ["x"]}, "missing"),
    ],
)  # fmt: skip
def test_it_reads_dkim(texts, word):
    assert dkim("x.example", ["a", "b"], texts).word == word
