"""Bytes that no row names go, a day after they were kept; all others stay."""

import os
import time

import pytest

from amends.ground import files
from amends.ground.events.models import Event
from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.models import Attachment
from amends.records.post.models import Outgoing, RawMail
from amends.records.retention.sweeping import STARTS, Dropped, note_dropped, sweep
from amends.records.writing.models import Draft


def sweep_all():
    return sum((sweep(start) for start in STARTS), Dropped())


def aged(digest):
    """Let the bytes have been kept two days ago."""
    then = time.time() - 2 * files.IDLE_SECONDS
    os.utime(files.path(digest), (then, then))
    return digest


def there(*digests):
    return [files.path(digest).exists() for digest in digests]


def test_it_drops_what_nothing_names_and_says_how_much(cast, now):
    digest = aged(files.keep(b"nobody's"))
    dropped = sweep_all()
    assert (dropped, there(digest)) == (Dropped(1, 8), [False])
    note_dropped(dropped, at=now)
    assert Event.objects.about(cast.house.id).get().data == {"files": 1, "size": 8}
    note_dropped(sweep_all(), at=now)
    assert Event.objects.about(cast.house.id).count() == 1


def test_it_leaves_what_was_kept_within_a_day(cast):
    digest = files.keep(b"its row comes in a moment")
    assert (sweep_all(), there(digest)) == (Dropped(), [True])


def test_it_leaves_what_any_row_names(cast, contact, now):
    told = Told(
        text="See the bill.", channel="mail", customer=cast.olga,
        uploads=[Upload("bill.pdf", "application/pdf", b"bill")],
    )  # fmt: skip
    take_in_told(told, at=now, by=cast.ana)
    raw = RawMail.objects.keep(b"raw mail", source="lmtp", at=now)
    draft_file, sent, mime, logo = (
        files.keep(content) for content in (b"draft", b"sent along", b"mime", b"logo")
    )
    kept = files.KeptFile("a.txt", "text/plain", 5, draft_file)
    Draft.objects.keep(contact, "note", {}, by=cast.ana, at=now, files=[kept])
    cast.house.say(logo_digest=logo)
    attached = [files.KeptFile("b.txt", "text/plain", 10, sent).as_data()]
    Outgoing.objects.create(
        thread=contact.pk, to_address="olga@customer.example", from_address="help@house.example",
        body="", message_id="<1@house.example>", created_at=now, not_before=now, next_try_at=now,
        attached=attached, mime_digest=mime,
    )  # fmt: skip
    named = [Attachment.objects.get().digest, raw.digest, draft_file, sent, mime, logo]
    for digest in named:
        aged(digest)
    assert sweep_all() == Dropped()
    assert all(there(*named))
    Outgoing.objects.all().delete()
    assert sweep_all().files == 2
    assert there(*named) == [True, True, True, False, False, True]


def test_it_leaves_what_is_kept_again_after_it_was_listed(cast, monkeypatch):
    digest = aged(files.keep(b"twice"))
    listed = files.idle(digest[:2])
    assert listed == [digest]
    assert files.keep(b"twice") == digest
    assert files.drop_idle(digest) is None
    assert files.read(digest) == b"twice"


def test_it_leaves_what_is_no_file_of_ours(cast):
    digest = files.keep(b"x")
    strange = files.path(digest).parent / "notes.txt"
    strange.write_text("mine")
    os.utime(strange, (0, 0))
    sweep_all()
    assert strange.exists()


@pytest.mark.parametrize("start", ["00", "ff"])
def test_it_has_nothing_to_do_where_nothing_was_kept(db, start):
    assert sweep(start) == Dropped()
