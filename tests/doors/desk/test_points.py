"""Each thing that went wrong is a point, open until an answer covers it."""

import pytest

from amends.records.complaints.intake import Told, take_in_told


def test_it_adds_a_point(ana, to, complaint):
    assert (
        ana.post(to("points", complaint.contact), {"point-text": "Billed 200"}).status_code == 302
    )
    assert complaint.points.get().text == "Billed 200"


def test_it_marks_a_point_as_answered_and_opens_it_again(ana, to, complaint, clock):
    ana.post(to("points", complaint.contact), {"point-text": "Billed 200"})
    point = complaint.points.get()
    for answered, answered_at in (("yes", clock()), ("no", None)):
        ana.post(to("point", complaint.contact, point.pk), {"answered": answered})
        point.refresh_from_db()
        assert point.answered_at == answered_at


@pytest.mark.parametrize("text", ["", "   ", "p" * 201, "a\0b"])
def test_it_says_what_is_wrong_and_keeps_what_was_typed(ana, to, complaint, text):
    shown = ana.post(to("points", complaint.contact), {"point-text": text})
    assert shown.status_code == 422
    assert shown.context["forms"]["point"].errors
    assert f'value="{text}"' in shown.content.decode() or not text.strip()
    assert complaint.points.count() == 0


@pytest.fixture
def points(complaint, cast, now):
    return [complaint.add_point(text, by=cast.ana, at=now) for text in ("Billed", "Rude", "Slow")]


def words(point, text):
    return {f"point-{point.pk}-text": text}


def test_it_rewords_a_point(ana, to, complaint, points):
    ana.post(to("point", complaint.contact, points[0].pk), words(points[0], " Billed\r\ntwice"))
    points[0].refresh_from_db()
    assert points[0].text == "Billed twice"


@pytest.mark.parametrize("text", ["", "   ", "p" * 201, "a\0b", "<script>x</script>" * 20])
def test_it_says_what_is_wrong_beside_the_point_and_keeps_what_was_typed(
    ana, to, complaint, points, text
):
    shown = ana.post(to("point", complaint.contact, points[1].pk), words(points[1], text))
    assert shown.status_code == 422
    form = shown.context["forms"]["reworded"]
    assert form.errors
    page = shown.content.decode()
    assert page.count('class="point__edit"') == 3
    assert f'id="point-fold-{points[1].pk}" open' in page
    assert f'id="point-fold-{points[0].pk}" open' not in page
    points[1].refresh_from_db()
    assert points[1].text == "Rude"


def test_it_removes_a_point_and_offers_to_undo_that(ana, to, complaint, points):
    page = ana.post(to("point_removal", complaint.contact, points[1].pk), follow=True)
    undo = to("point_undo", complaint.contact, points[1].pk)
    shown = page.content.decode()
    assert "“Rude” is removed." in shown
    assert f'action="{undo}"' in shown
    assert f"point-tick-{points[1].pk}" not in shown
    page = ana.post(undo, follow=True)
    shown = page.content.decode()
    places = [shown.index(f"point-tick-{point.pk}") for point in points]
    assert places == sorted(places)


def test_it_counts_only_what_stands(ana, to, complaint, points, cast, now):
    points[0].answer(by=cast.ana, at=now)
    points[1].remove(by=cast.ana, at=now)
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert "1 of 2 answered" in page
    assert "1 point not answered" in page


def test_it_says_so_when_a_colleague_was_faster(ana, to, complaint, points, cast, now):
    points[1].remove(by=cast.marek, at=now)
    for name in ("point", "point_removal"):
        data = {"answered": "yes"} if name == "point" else {}
        page = ana.post(to(name, complaint.contact, points[1].pk), data, follow=True)
        assert "This point was removed meanwhile." in page.content.decode()
    page = ana.post(to("point_undo", complaint.contact, points[0].pk), follow=True)
    assert "This point is on the list already." in page.content.decode()


def test_it_knows_no_point_of_another_case(ana, to, complaint, points, cast, now):
    told = Told(text="Another.", channel="mail", name="Eva", address="eva@customer.example")
    other = take_in_told(told, at=now, by=cast.ana)
    other.decide("complaint", by=cast.ana, at=now)
    for name in ("point", "point_removal", "point_undo"):
        assert ana.post(to(name, other, points[0].pk), {"answered": "yes"}).status_code == 404


def test_it_leaves_the_points_to_who_answers(seat, to, complaint, points):
    for name in ("point", "point_removal"):
        seat("beata").post(to(name, complaint.contact, points[0].pk), words(points[0], "Mine"))
    points[0].refresh_from_db()
    assert (points[0].text, points[0].removed_at) == ("Billed", None)


def test_it_says_how_many_points_the_reply_leaves_open(ana, to, complaint, points):
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert "3 points not answered" in page
    assert (
        "[&quot;&quot;, &quot;1 point not answered&quot;, &quot;2 points not answered&quot;" in page
    )


def test_it_counts_what_is_ticked_in_a_reply_that_is_shown_again(ana, to, complaint, points):
    typed = {"text": "We do.", "promise": "A call", "points": [str(points[0].pk)]}
    shown = ana.post(to("reply", complaint.contact), typed)
    assert shown.status_code == 422
    assert ">2 points not answered<" in shown.content.decode()


def test_it_never_holds_a_reply_up(ana, to, complaint, points):
    sent = ana.post(to("reply", complaint.contact), {"text": "We do, today."})
    assert sent.status_code == 302
    assert complaint.contact.messages.filter(author__isnull=False).count() == 1


def test_it_says_nothing_where_nothing_is_open(ana, to, complaint):
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert "not answered" not in page
