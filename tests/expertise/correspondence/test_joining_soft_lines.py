"""Text sent as format=flowed is read by the paragraph."""

from amends.expertise.correspondence import read_letter

FLOWED = b"Content-Type: text/plain; charset=utf-8; format=flowed%s\n\n"


def test_it_joins_soft_line_breaks_and_keeps_hard_ones() -> None:
    assert read_letter(FLOWED % b"" + b"one \ntwo\nthree").text == "one two\nthree"


def test_it_deletes_the_space_if_the_sender_says_so() -> None:
    assert read_letter(FLOWED % b"; delsp=yes" + b"aa \nbb\n").text == "aabb"


def test_it_never_joins_a_quote_with_an_answer_or_a_signature() -> None:
    letter = read_letter(
        FLOWED % b"" + b"On 3 May 2024 at 10:12, A wrote:\n> old \n> text \nnew\n-- \nJan"
    )
    assert letter.reply_without_signature == "new"
    assert letter.signature == "--\nJan"
    assert letter.quoted.endswith("> old text")
    assert "> old text" in letter.text


def test_it_leaves_other_text_as_it_is() -> None:
    assert read_letter(b"Content-Type: text/plain\n\none \ntwo").text == "one \ntwo"
