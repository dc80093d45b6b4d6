"""By keyboard: a saved reply is found and filled, words and files outlive the page, and are sent."""

import pytest
from tests.journeys.at_the_desk import decide, open_case

pytestmark = pytest.mark.browser

SAVE = (
    "import django; django.setup()\n"
    "from django.utils import timezone\n"
    "from amends.records.people.models import Person\n"
    "from amends.records.writing.models import SavedReply\n"
    "ana = Person.objects.get(email='ana@house.example')\n"
    "for name, texts in {'Late parcel': {'en': '{salutation}\\n\\n{reference} comes tomorrow.'},\n"
    "                    'Lost parcel': {'en': '{promise} comes.'}}.items():\n"
    "    SavedReply.objects.make(name=name, texts=texts, by=ana, at=timezone.now())\n"
)


def test_it_takes_a_saved_reply_and_keeps_what_is_typed(house, opens, axe_finds_nothing):
    house.does(SAVE)
    house.mail("Zara Lund zara@customer.example", "The parcel", "My parcel has not come yet.")
    house.waits_for_letter("zara@customer.example")
    desk = opens("ana")
    open_case(desk, "The parcel")
    decide(desk, "c")

    # `;` opens the list; letters find, arrows walk, Esc leaves, Enter takes.
    keys = desk.keyboard
    keys.press("r")
    keys.press(";")
    box = desk.get_by_role("combobox", name="Saved replies")
    desk.get_by_role("option", name="Late parcel").wait_for()
    axe_finds_nothing(desk)
    keys.press("Escape")
    assert not box.is_visible()
    keys.press(";")
    keys.type("parcel")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    desk.locator("[role=option][aria-selected=true]", has_text="Late parcel").wait_for()
    keys.press("Enter")
    reference = desk.url.rstrip("/").rpartition("/")[2]
    assert desk.input_value("#reply-text") == f"Hello,\n\n{reference} comes tomorrow."
    keys.type(" I am sorry.")

    # The words are on the server a moment later, the file with them.
    desk.set_input_files("#reply-uploads", "README.md")
    desk.get_by_text("Draft kept").wait_for()
    desk.locator(".attached__file", has_text="README.md").wait_for()
    keys.press("Escape")
    desk.goto("/desk/")
    desk.get_by_text("Drafts not sent").click()
    desk.get_by_text(f"Reply, {reference}").wait_for()
    # Of the page that has scrolled, a bar lies over whatever is at its edge.
    axe_finds_nothing(desk, within="details[open]")
    desk.goto(f"/desk/cases/{reference}/")
    desk.get_by_text("Your draft, ").wait_for()
    assert "I am sorry." in desk.input_value("#reply-text")
    axe_finds_nothing(desk)
    keys.press("r")
    keys.press("Control+Enter")
    desk.get_by_text("Sent to").wait_for()
    letter = house.waits_for_letter("zara@customer.example", 2)
    assert "comes tomorrow. I am sorry." in letter.text
    assert [file.name for file in letter.attachments] == ["README.md"]
    desk.goto("/desk/")
    assert desk.get_by_text(f"Reply, {reference}").count() == 0


def test_it_works_without_scripts(house, opens, axe_finds_nothing):
    house.mail("Leon Park leon@customer.example", "A cup", "The cup is broken.")
    house.waits_for_letter("leon@customer.example")
    desk = opens("ewa", java_script_enabled=False)
    desk.get_by_role("link", name="A cup").first.click()
    desk.get_by_role("button", name="Complaint").first.click()
    desk.get_by_role("link", name="Put right and tell").click()
    assert desk.input_value("#id_check_back_time") == "10:00"
    desk.fill("#reply-text", "I send you a new cup.")
    desk.fill("#id_remedy", "A new cup")
    desk.select_option("select[name=then]", "stay")
    desk.get_by_role("button", name="Send").click()
    desk.get_by_text("Sent to").wait_for()
    assert "new cup" in house.waits_for_letter("leon@customer.example", 2).text


def test_it_has_pages_for_saved_replies_that_axe_finds_nothing_on(opens, axe_finds_nothing):
    desk = opens("ewa")
    for page in ("", "new", "import", "?q=nothing+like+that"):
        desk.goto(f"/desk/saved-replies/{page}")
        axe_finds_nothing(desk)
    sheet = b"name,language,text,shared\nA,en,Hello {name},yes\nB,xx,y,no\n"
    desk.goto("/desk/saved-replies/import")
    desk.set_input_files(
        "#id_sheet", {"name": "replies.csv", "mimeType": "text/csv", "buffer": sheet}
    )
    desk.get_by_role("button", name="Look at it").click()
    desk.get_by_role("button", name="Keep 1 text").wait_for()
    axe_finds_nothing(desk)
    desk.get_by_role("button", name="Keep 1 text").click()
    desk.get_by_text("1 reply is kept.").wait_for()
    desk.get_by_role("link", name="A", exact=True).click()
    desk.fill("#id_text_sk", "Dobrý deň {name}")
    desk.locator("#preview", has_text="Jana Nováková").wait_for()
    axe_finds_nothing(desk)
