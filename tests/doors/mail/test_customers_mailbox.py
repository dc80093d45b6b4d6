import mailbox

import pytest

from amends.doors.mail.sender import send_due
from amends.doors.mail.sink import NotLoopback, sink


def test_it_delivers_what_we_send_to_the_customers_mailbox(post, settings, tmp_path, now):
    post(to="nowak@example.org", subject="Pani lampa już jedzie")
    with sink(tmp_path / "customers") as listener:
        settings.SMTP_HOST, settings.SMTP_PORT = listener.hostname, listener.port
        assert send_due(now) == 1
    (delivered,) = mailbox.Maildir(tmp_path / "customers", create=False)
    assert delivered["To"] == "nowak@example.org"


def test_it_is_open_to_this_machine_only(tmp_path):
    with pytest.raises(NotLoopback):
        sink(tmp_path, host="0.0.0.0")
