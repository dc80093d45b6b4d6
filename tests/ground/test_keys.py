import time

from amends.ground.keys import reference, uuid7


def test_it_is_a_uuid_of_version_7_of_this_moment():
    before = time.time_ns() // 1_000_000
    key = uuid7()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert before <= key.int >> 80 <= time.time_ns() // 1_000_000


def test_it_comes_in_the_order_in_which_it_was_made():
    keys = [uuid7() for _ in range(5000)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_it_is_a_reference_without_letters_that_are_misread():
    drawn = [reference("AM", letters=6) for _ in range(200)]
    assert all(len(each) == len("AM-") + 6 and each.startswith("AM-") for each in drawn)
    assert not set("".join(each[3:] for each in drawn)) & set("01ILOU")
    assert len(set(drawn)) > 190
