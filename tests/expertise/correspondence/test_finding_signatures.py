"""A signature is told from what is said."""

import pytest

from amends.expertise.correspondence import split_reply

SAID = "The parcel is still not here."


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nJan\n+48 600 000 000",
        "Kind regards,\nJan Kowalski",
        "Z poważaniem,\nJan Żółć\nul. Długa 5",
        "С уважением,\nПётр Щукин",
        "S pozdravom\nĽuboš Kŕč",
        "S pozdravem\nJiří Řehoř",
        "З повагою,\nЇжакевич Ганна",
        "Mit freundlichen Grüßen\nMax",
        "Pozdrawiam serdecznie, Ewa",
        "Thanks,\nJan",
        "Sent from my iPhone",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone",
        "Odoslané z iPhonu",
        "Z poważaniem\nJan\n\nWysłane z telefonu",
    ],
)
def test_it_takes_off_the_signature(signature: str) -> None:
    split = split_reply(f"{SAID}\n\n{signature}\n\nOn 3 May 2024 at 10:12, Desk wrote:\n> old\n")
    assert split.reply_without_signature == SAID
    assert split.signature == signature.replace("-- ", "--")
    assert split.reply == f"{SAID}\n\n{signature}".replace("-- ", "--")


def test_it_gives_a_postscript_back_to_the_letter() -> None:
    split = split_reply(f"{SAID}\n\nPozdrawiam\nJan\n\nPS. Proszę dzwonić po 17.")
    assert split.reply_without_signature == f"{SAID}\n\nPS. Proszę dzwonić po 17."


@pytest.mark.parametrize("text", ["Thank you.", "Pozdrawiam\nJan", "Dziękuję", "--\nJan"])
def test_it_never_takes_all_there_is(text: str) -> None:
    assert split_reply(text).reply_without_signature == text


def test_it_does_not_take_thanks_in_the_middle() -> None:
    text = "Thank you\n" + "\n".join(f"This is what happened, part {n}." for n in range(8))
    assert split_reply(text).signature == ""
