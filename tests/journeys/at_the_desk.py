"""What people do at the desk, by keyboard where they would."""


def open_case(desk, subject):
    """Open the case from My day, or where that shows others first, and wait for its keys."""
    link = desk.get_by_role("link", name=subject).first
    if not link.is_visible():
        desk.goto("/desk/cases/?state=all")
    link.click()
    desk.wait_for_url("**/desk/cases/*/")
    desk.wait_for_load_state("networkidle")


def decide(desk, key):
    desk.keyboard.press(key)
    desk.get_by_role("button", name="Undo").first.wait_for()
    desk.wait_for_load_state("networkidle")


def write_reply(desk, text):
    desk.keyboard.press("r")
    desk.keyboard.press("Control+End")
    desk.keyboard.type(text)


def send(desk):
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("Sent to").wait_for()
    desk.wait_for_load_state("networkidle")


def answer(desk, text):
    write_reply(desk, text)
    send(desk)
