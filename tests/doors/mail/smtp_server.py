"""A server of outgoing mail on loopback that does as it is told."""


class Server:
    """A server of mail that does as it is told."""

    def __init__(self):
        self.mails, self.connections = [], 0
        self.for_sender = self.for_recipient = self.for_mail = "250 OK"
        self.before_answer = lambda: None

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        envelope.mail_from = address
        return self.for_sender

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.for_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.for_recipient

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        self.mails.append((envelope.rcpt_tos[0], envelope.original_content))
        self.before_answer()
        if self.for_mail == "hang up":
            server.transport.abort()
        return self.for_mail
