"""The log of the program keeps no key that an address has in it."""

import logging

import pytest
from django.conf import settings
from django.test import Client
from tests.site.test_walking_as_everybody import addresses

from amends.records.complaints.links import token_for
from amends.site.logging_without_keys import WithoutKeys, without_keys

KEYED = [path for _room, _name, path in addresses() if "<str:token>" in path]
KEY = "01a2134ffa867ac7b0bd491b81010228:1xWEsM:U9dkYf1zEb7MxIg6vS3tA3faHAqo8uykAwe9ujVykoo"


@pytest.mark.parametrize("path", KEYED)
def test_it_leaves_the_key_of_every_address_out(path):
    told = without_keys(f"Not Found: {path.replace('<str:token>', KEY)}")
    assert KEY not in told
    assert "(key)" in told


@pytest.mark.parametrize(
    "text", ["Not Found: /desk/cases/AM-7K3F9/", "/status", "a status/x of it"]
)
def test_it_leaves_all_else_as_it_is(text):
    assert without_keys(text) == text


def test_it_is_asked_by_all_that_is_written(complaint, capsys):
    handler = logging.StreamHandler()
    handler.addFilter(WithoutKeys())
    log = logging.getLogger("django.request")
    log.addHandler(handler)
    token = token_for(complaint.contact)
    try:
        assert Client().post(f"/status/{token}/").status_code == 405
    finally:
        log.removeHandler(handler)
    assert "/status/(key)/" in capsys.readouterr().err
    handlers = settings.LOGGING["handlers"].values()
    assert all("keys" in one["filters"] for one in handlers)
    assert settings.LOGGING["root"]["handlers"] == list(settings.LOGGING["handlers"])
