"""Six hundred bent mails and as many bent forms as a tenth; `bin/storm fuzz` does 100,000."""

from storm import fuzz


def test_no_mail_and_no_form_breaks_or_hangs_it(cast, monkeypatch):
    # Machines here are noisy: a hang is what takes ten times as long as the storm allows.
    monkeypatch.setattr(fuzz, "_LONGEST_SECONDS", 10)
    report = fuzz.run(600, fuzz.seeds_in(None), seed=7)
    assert not report.faults
    assert (report.mails, report.forms) == (600, 60)
