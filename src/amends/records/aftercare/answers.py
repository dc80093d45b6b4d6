"""What follows for a check-back from what happens to its complaint; site/reactions.py calls it."""

from amends.ground.events.models import PROGRAM, Event
from amends.records.aftercare.models import CheckBack


def the_customer_wrote(event: Event) -> None:
    """Call off what is planned or asked: the customer has come forward."""
    for check_back in _waiting(event):
        check_back.cancel(by=PROGRAM, at=event.at, wake=False)


def it_was_closed(event: Event) -> None:
    """Take a yes as the answer; any other end calls the check-back off."""
    for check_back in _waiting(event):
        if event.data.get("outcome") == "confirmed":
            check_back.take_answer(yes=True, at=event.at)
        else:
            check_back.cancel(by=PROGRAM, at=event.at, wake=False)


def it_was_merged(event: Event) -> None:
    """Call it off: from now on its head is what is asked about."""
    for check_back in _waiting(event):
        check_back.cancel(by=PROGRAM, at=event.at, wake=False)


def it_was_reopened(event: Event) -> None:
    for check_back in _waiting(event):
        if event.data.get("not_solved"):
            check_back.take_answer(yes=False, at=event.at)
        else:
            check_back.cancel(by=PROGRAM, at=event.at, wake=False)


def _waiting(event: Event) -> list[CheckBack]:
    waiting = CheckBack.objects.waiting().filter(complaint__contact=event.thread)
    return list(waiting.select_related("complaint__contact"))
