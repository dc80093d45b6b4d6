"""A name server on loopback that answers from a table, or not at all."""

import socketserver
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


class Zone:
    """Serves TXT records while the block lasts: a name and its texts; None lets a question wait."""

    def __init__(self, records):
        self.records = records
        self.asked = []
        zone = self

        class Question(socketserver.BaseRequestHandler):
            def handle(self):
                packet, line = self.request
                answer = zone.answer(dns.message.from_wire(packet))
                if answer is not None:
                    line.sendto(answer.to_wire(), self.client_address)

        self.server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Question)

    def answer(self, asked):
        name = asked.question[0].name.to_text(omit_final_dot=True)
        self.asked.append(name)
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        if name not in self.records:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif self.records[name] is None:
            return None
        elif self.records[name]:
            quoted = ['"' + text.replace('"', r"\"") + '"' for text in self.records[name]]
            answer.answer.append(dns.rrset.from_text(name + ".", 60, "IN", "TXT", *quoted))
        return answer

    def resolver(self):
        ask = dns.resolver.Resolver(configure=False)
        ask.nameservers, ask.port = ["127.0.0.1"], self.server.server_address[1]
        ask.timeout = 0.3
        return ask

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_reason):
        self.server.shutdown()
        self.server.server_close()
