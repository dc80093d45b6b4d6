import pytest
from django.db import IntegrityError, transaction

from amends.ground import files
from amends.records.people.models import Team
from amends.records.post.models import Mailbox, RawMail

pytestmark = pytest.mark.django_db


def test_it_keeps_every_byte(now):
    raw = bytes(range(256)) * 10
    mail = RawMail.objects.keep(
        raw, source="lmtp", at=now, envelope_from="nowak@example.org", envelope_to=["a@b", "c@d"]
    )
    mail.refresh_from_db()
    assert mail.content() == raw
    assert (mail.size, mail.state, mail.envelope_to) == (2560, "waiting", ["a@b", "c@d"])
    assert list(RawMail.objects.waiting()) == [mail]


def test_it_has_the_bytes_on_the_disk_before_the_row_is_written(now, monkeypatch):
    def no_room(_raw):
        raise OSError(28, "no space left")

    monkeypatch.setattr(files, "keep", no_room)
    with pytest.raises(OSError, match="no space"):
        RawMail.objects.keep(b"x", source="file", at=now)
    assert not RawMail.objects.exists()


def test_it_is_read_by_one_reader_only(now):
    mine = RawMail.objects.keep(b"x", source="file", at=now)
    yours = RawMail.objects.get()
    assert mine.take()
    assert not yours.take(unreadable="too late")
    assert RawMail.objects.get().state == "read"


def test_it_says_why_it_could_not_be_read(now):
    RawMail.objects.keep(b"x", source="file", at=now).take(unreadable="ValueError: \x00 broken")
    assert RawMail.objects.get().error == "ValueError:  broken"
    with pytest.raises(IntegrityError), transaction.atomic():
        RawMail.objects.update(error="")


def test_it_finds_the_mailbox_that_was_written_to():
    team = Team.objects.create(name="Care")
    care = Mailbox.objects.create(address=" Help@Lamps.example", name="Care", team=team)
    polish = Mailbox.objects.create(address="pomoc@lamps.example", name="PL", team=team)
    find = Mailbox.objects.for_recipients
    assert find(["friend@example.org", "<HELP+am-7k3f9@lamps.example>"]) == care
    assert find(["pomoc@lamps.example", "help@lamps.example"]) == polish
    assert find(["nobody@lamps.example"]) is None
    assert find([]) is None


def test_it_keeps_the_address_of_a_mailbox_in_lower_case():
    team = Team.objects.create(name="Care")
    Mailbox.objects.create(address="help@lamps.example", name="Care", team=team)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailbox.objects.update(address="Help@lamps.example")
