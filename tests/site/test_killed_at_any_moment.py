"""Five kills at random instants, on each database; `bin/storm kills` does two hundred."""

import secrets

from storm import kills


def test_nothing_is_lost_and_nothing_doubled(tmp_path, database_url):
    seed = secrets.randbelow(10**6)
    report = kills.run(tmp_path, 5, seed=seed, database_url=database_url)
    assert not report.faults, (seed, str(report))
    assert report.kills.total() == 5
    assert report.mails > 60
    assert report.sent > 20
