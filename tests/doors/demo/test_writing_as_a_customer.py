"""What a customer of the demo writes arrives as it was written."""

from aiosmtpd.lmtp import LMTP

from amends.doors.demo import letters
from amends.doors.mail.listening import Listener
from amends.expertise.correspondence import read_letter


class Door:
    def __init__(self):
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.taken.append(read_letter(envelope.original_content))
        return "250 OK"


def test_a_full_stop_at_the_beginning_of_a_line_is_not_doubled(settings, now):
    door, text = Door(), "It was\n.\n.com, not .example."
    with Listener(door, lambda: LMTP(door), host="127.0.0.1", port=0) as listener:
        settings.LMTP_HOST, settings.LMTP_PORT = "127.0.0.1", listener.port
        letters.write(
            name="Olga", address="olga@mail.example", to="help@house.example", subject="Dots",
            text=text, at=now,
        )  # fmt: skip
    assert [letter.text.strip() for letter in door.taken] == [text]
