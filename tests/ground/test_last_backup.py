from datetime import UTC, datetime

from amends.ground.last_backup import LastBackup, last_backup, note


def test_nothing_is_noted_before_the_first():
    assert last_backup() is None


def test_it_tells_what_was_noted_last(tmp_path):
    made = LastBackup(datetime(2026, 11, 25, 9, 0, tzinfo=UTC), tmp_path / "house.tar", 12)
    note(LastBackup(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tmp_path / "old.tar", 11))
    note(made)
    assert last_backup() == made


def test_half_a_note_is_none(tmp_path):
    (tmp_path / "last-back-up").write_text("{")
    assert last_backup() is None
