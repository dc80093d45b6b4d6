"""While the database or the disk takes nothing, a page says so, and no word that was typed is lost."""

import re
from html import unescape

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils.translation import gettext, override
from tests.site.test_walking_as_everybody import OF_THE_DESK, filled, keys_there_are

from amends.doors.portal import telling
from amends.records.complaints.models import Contact, Note

STORY = "The lamp broke.\nIt was <new> & expensive."
FILLED = {"text": STORY, "name": "Olga Nowak", "address": "olga@customer.example"}


@pytest.fixture
def browser(cast):
    return Client(raise_request_exception=False)


@pytest.fixture
def full(monkeypatch):
    """A disk on which nothing more can be written."""

    def fails(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(telling, "take_in_told", fails)


def sent_again(page):
    """Return where the page's form leads, and what it holds."""
    held = re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    return {name: unescape(value) for name, value in held} | {"csrfmiddlewaretoken": token[1]}


def test_it_says_so_and_still_has_every_word(browser, full, monkeypatch):
    answer = browser.post("/", FILLED)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "no-store" in answer["Cache-Control"]
    assert "The lamp broke.\nIt was &lt;new&gt; &amp; expensive.</textarea>" in page
    monkeypatch.undo()
    again = Client(enforce_csrf_checks=True)
    again.cookies = browser.cookies
    assert again.post("/", sent_again(page)).status_code == 302
    assert Contact.objects.get().messages.get(direction="in").text == STORY


def test_it_says_so_only_of_what_was_not_kept(browser, monkeypatch):
    """Whoever hears that nothing was kept tells it again: then nothing may be there twice."""

    def locked(*_args, **_kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(SessionStore, "save", locked)
        answer = browser.post("/", FILLED)
    assert answer.status_code == 503
    assert not Contact.objects.exists()


@pytest.mark.parametrize("language", ["en", "pl", "ru", "sk"])
def test_it_says_so_in_the_language_of_the_browser(browser, full, language):
    browser.cookies["django_language"] = language
    page = browser.post("/", FILLED).content.decode()
    with override(language):
        assert gettext("This doesn’t work right now.") in page


def test_it_asks_for_files_anew(browser, full, tmp_path):
    (tmp_path / "lamp.jpg").write_bytes(b"\xff\xd8\xff")
    with (tmp_path / "lamp.jpg").open("rb") as picture:
        page = browser.post("/", FILLED | {"uploads": picture}).content.decode()
    assert "lamp.jpg" in page
    assert "choose the files again" in page
    assert "Send it again" not in page


def test_it_sends_nothing_on_for_another_site(cast, full):
    page = Client(raise_request_exception=False, enforce_csrf_checks=True)
    assert STORY[:10] not in page.post("/", FILLED).content.decode()


@pytest.mark.parametrize("name", ["password", "old_password", "code"])
def test_it_shows_nothing_of_a_form_with_a_secret(browser, full, name):
    answer = browser.post("/", FILLED | {name: "s3cret and long"})
    assert answer.status_code == 503
    assert "s3cret" not in answer.content.decode()


def test_it_leaves_a_trace_of_a_line_only(browser, full, caplog):
    browser.post("/", FILLED)
    (said,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "No space left" in said.getMessage()
    assert said.exc_info is None


@pytest.fixture
def read_only(contact, cast):
    """Let nothing be written any more, as on a disk that is read-only; Ewa has come in before."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.ewa)
    client.get("/desk/")
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only=1" if is_sqlite else "SET TRANSACTION READ ONLY")
        yield client
        if is_sqlite:
            # Past Django, which asks nothing any more after a question that failed.
            connection.connection.execute("PRAGMA query_only=0")
        transaction.set_rollback(True)


def test_it_shows_every_page_of_the_desk_while_nothing_can_be_written(read_only, contact):
    seen = 0
    pages = {path for name, path in OF_THE_DESK if "<uuid:key>" not in path and name != "case_rows"}
    for path in sorted(pages):
        (where,) = filled(path, contact, keys_there_are()[-1:])
        status = read_only.get(where).status_code
        assert status < 500, where
        seen += status == 200
    assert seen > 30


def test_it_gives_no_sheet_out_whose_taking_can_not_be_noted(read_only):
    assert read_only.get("/desk/figures/cases.csv").status_code == 503


def test_it_keeps_what_a_colleague_typed(read_only, contact):
    typed = {"note-text": "Called twice, nobody answers."}
    answer = read_only.post(f"/desk/cases/{contact.reference}/note", typed)
    assert answer.status_code == 503
    assert "Called twice, nobody answers." in answer.content.decode()
    assert not Note.objects.exists()


def test_a_fault_of_ours_is_one_still(browser, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise FileNotFoundError(2, "gone")

    monkeypatch.setattr(telling, "take_in_told", breaks)
    answer = browser.post("/", FILLED)
    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()
