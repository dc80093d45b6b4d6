"""What every page of the portal tells the browser: keep it, lend it and run nothing of others."""

import pytest

HELD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def pages(browser, link, answered, nobody, clock):
    token = link(answered)
    clock.forward(days=70)
    pages = {
        "old": browser.get(token),
        "old, written": browser.post(token + "message", {"text": "Hello"}),
        "old, empty": browser.post(token + "message", {"text": ""}),
        "status": browser.get(link(answered)),
        "wrong": browser.post(link(answered, "message"), {"text": ""}),
        "wrong answer": browser.post(link(answered, "answer"), {}),
        "told": browser.post("/", {"text": "x", "phone": "123456"}, follow=True),
    }
    return pages | {
        "tell": browser.get("/"),
        "unreadable": browser.get(link(answered, token=nobody)),
    }


def test_it_lets_nothing_of_others_run_or_frame_a_page(pages):
    for name, page in pages.items():
        policy = dict(
            part.strip().split(" ", 1)
            for part in page["Content-Security-Policy"].split(";")
            if part
        )
        assert policy["default-src"] == "'none'", name
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'", (
            name
        )
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'", name
        assert {name_: page[name_] for name_ in HELD} == HELD, name


def test_it_keeps_what_a_link_shows_out_of_every_cache(pages):
    for name in set(pages) - {"tell", "unreadable"}:
        assert pages[name]["Cache-Control"] == "no-store", name


def test_it_has_nothing_in_line_that_the_policy_would_stop(pages):
    for name, page in pages.items():
        html = page.content.decode()
        assert " style=" not in html, name
        assert "<style" not in html, name
        assert "javascript:" not in html, name
        assert " onclick=" not in html, name


def test_it_loads_nothing_from_elsewhere(pages):
    for name, page in pages.items():
        html = page.content.decode()
        for attribute in ("src=", "href=", "action="):
            for start in (f'{attribute}"http', f'{attribute}"//'):
                assert start not in html, (name, start)


def test_it_keeps_its_cookies_from_scripts_and_other_sites(pages, browser):
    for cookie in browser.cookies.values():
        assert cookie["samesite"] == "Lax", cookie.key
        assert cookie["httponly"] or cookie.key == "csrftoken", cookie.key
