import io
import json

import pytest
from django.core.management import call_command

from amends.doors.mail import files
from amends.doors.mail.files import mails_in
from amends.records.post.models import RawMail

ONE = b"Subject: one\n\nFirst.\n"
TWO = b"Subject: two\n\nFrom the start it was broken.\n\n>From here on too.\n"
BOX = (
    b"From a@b Wed Nov 25 09:00:00 2026\n" + ONE + b"\n"
    b"From c@d Wed Nov 25 09:01:00 2026\n" + TWO.replace(b"\n>From", b"\n>>From") + b"\n"
)


def found(*paths):
    return [(mail.source, mail.content) for mail in mails_in(paths) if not mail.trouble]


def test_it_finds_single_mails(tmp_path):
    (tmp_path / "b.eml").write_bytes(TWO)
    (tmp_path / "a.eml").write_bytes(ONE)
    assert found(tmp_path) == [("file", ONE), ("file", TWO)]
    assert found(tmp_path / "b.eml") == [("file", TWO)]


def test_it_finds_the_mails_of_an_mbox_and_unquotes_them(tmp_path):
    box = tmp_path / "archive"
    box.write_bytes(BOX)
    assert found(box) == [("mbox", ONE), ("mbox", TWO)]
    assert [mail.place for mail in mails_in([box])] == [f"{box}#1", f"{box}#2"]


def test_it_finds_the_mails_of_a_maildir_and_its_subfolders(tmp_path):
    for folder, name, content in (("new", "2", TWO), ("cur", "1:2,S", ONE), (".Old/cur", "3", ONE)):
        place = tmp_path / folder
        for part in ("cur", "new", "tmp"):
            (place.parent / part).mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    assert found(tmp_path) == [("maildir", ONE), ("maildir", TWO), ("maildir", ONE)]


def test_it_goes_on_after_a_broken_one(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    (tmp_path / "1.eml").write_bytes(b"")
    (tmp_path / "2.eml").symlink_to(tmp_path / "gone")
    (tmp_path / "3.eml").write_bytes(b"x" * 101)
    (tmp_path / "4.mbox").write_bytes(BOX.replace(b"First.", b"y" * 200))
    (tmp_path / "5.eml").write_bytes(ONE)
    troubles = [mail.trouble for mail in mails_in([tmp_path, tmp_path / "nowhere"]) if mail.trouble]
    assert len(troubles) == 5
    assert found(tmp_path) == [("mbox", TWO), ("file", ONE)]


@pytest.mark.django_db
def test_it_takes_in_files_and_may_be_run_again(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "1.eml").write_bytes(b"")
    (archive / "box").write_bytes(BOX)
    for contacts, duplicates in ((2, 0), (0, 2)):
        said, complained = io.StringIO(), io.StringIO()
        call_command("intake", str(archive), stdout=said, stderr=complained)
        told = json.loads(said.getvalue().splitlines()[-1])
        assert told.pop("seconds") >= 0
        assert told == {
            "mails": 2, "messages": contacts, "contacts": contacts, "replies": 0,
            "duplicates": duplicates, "automatic": 0, "unparsed": 0,
        }  # fmt: skip
        assert "1.eml: empty" in complained.getvalue()
    assert RawMail.objects.count() == 2


def test_it_passes_over_what_is_plainly_no_mail_and_says_so(tmp_path):
    (tmp_path / "one.eml").write_bytes(b"no header at all, but somebody called it a mail")
    (tmp_path / "two").write_bytes(b"Subject: hello\n\ntext")
    (tmp_path / "list.jsonl").write_bytes(b'{"file": "one.eml"}\n')
    found = list(mails_in([tmp_path]))
    assert [bool(one.trouble) for one in found] == [True, False, False]
    assert next(mails_in([tmp_path / "list.jsonl"])).content
