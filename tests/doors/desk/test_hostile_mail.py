"""A mail made to do harm is shown as words: nothing in it runs, loads or sends anything."""

from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse

from amends.doors import desk
from amends.expertise.correspondence import read_letter
from amends.ground import ui
from amends.records.complaints.intake import take_in
from amends.records.post.models import RawMail

HOSTILE = """
<html><head><meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
<base href="https://evil.example/"><link rel="stylesheet" href="https://evil.example/link.css">
<style>@import url(https://evil.example/import.css); p { background: url(https://evil.example/s) }
</style><script src="https://evil.example/head.js"></script></head>
<body background="https://evil.example/body.png" onload="alert('onload')">
<p style="background:url(https://evil.example/style.png)" onclick="alert('onclick')"
 hx-get="/desk/cases/" data-key="c" id="reply-text" class="button">The kettle broke again.</p>
<script>alert('script')</script><SCRIPT/x>alert('slash')</SCRIPT ><scr<script>ipt>alert(1)</script>
<img src="https://evil.example/pixel.png" srcset="https://evil.example/2x.png 2x" onerror=alert(1)>
<img src=x onerror="alert('onerror')"><img src="cid:part1"><img src="//evil.example/p.png">
<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+">
<picture><source srcset="https://evil.example/source.webp"><img src="https://evil.example/i"></picture>
<svg onload="alert('svg')"><use href="https://evil.example/u.svg#a"/><animate onbegin=alert(1)>
<foreignObject><iframe src="https://evil.example/frame"></iframe></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert('math')></style></mglyph></table></math>
<a href="javascript:alert('js')">a</a><a href="JaVa&#09;script:alert('tab')">b</a>
<a href="data:text/html,<script>alert('data')</script>">c</a><a href="vbscript:x">d</a>
<a href=" &#14; javascript:alert('ctl')">e</a><a href="https://evil.example/click" ping="https://evil.example/ping" target="_top">f</a>
<form action="https://evil.example/form" method="post"><input name="password" autofocus onfocus=alert(1)>
<button formaction="javascript:alert('fa')">Log in</button></form>
<video src="https://evil.example/v" poster="https://evil.example/poster" autoplay></video>
<audio src="https://evil.example/a"></audio><object data="https://evil.example/o"></object>
<embed src="https://evil.example/e"><iframe srcdoc="<script>alert('srcdoc')</script>"></iframe>
<template><script>alert('template')</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">
<textarea></textarea><script>alert('rawtext')</script><plaintext>
{% load i18n %}{{ request.user.password }}
</body></html>"""
LOADS = {
    "script": ("src",), "img": ("src", "srcset"), "link": ("href",), "iframe": ("src", "srcdoc"),
    "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",), "embed": ("src",),
    "object": ("data",), "base": ("href",), "use": ("href",), "body": ("background",),
}  # fmt: skip
NEVER_ON_ANY = {"style", "id", "class", "srcset", "ping", "target", "autofocus", "tabindex"}
NEVER = {
    *("svg", "math", "style", "iframe", "object", "embed", "base", "video", "audio", "plaintext"),
    *("script", "meta", "link", "form", "input", "button", "textarea", "template"),
}


class Walk(HTMLParser):
    """Collects what a browser would do of itself with what stands inside the mail's frame."""

    def __init__(self):
        super().__init__()
        self.found, self.depth, self.seen = [], 0, 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if self.depth:
            self.depth += tag == "div"
            self.judge(tag, attrs)
        elif "formatted" in (attrs.get("class") or "").split():
            self.depth = 1

    def handle_endtag(self, tag):
        if self.depth and tag == "div":
            self.depth -= 1

    def judge(self, tag, attrs):
        self.seen += 1
        if tag in NEVER:
            self.found.append(tag)
        for name, written in attrs.items():
            value = "".join((written or "").split()).lower()
            if (tag, name) == ("img", "data-src"):
                continue  # where a picture would be: no browser loads it, and no script of ours
            if name.startswith(("on", "hx-", "data-")) or name in NEVER_ON_ANY:
                self.found.append(f"{tag} {name}={value}")
            if name in LOADS.get(tag, ()) and ("//" in value or "svg" in value):
                self.found.append(f"{tag} loads {value}")
            if name == "href" and not value.startswith(
                ("http://", "https://", "mailto:", "tel:", "#")
            ):
                self.found.append(f"{tag} leads to {value}")


@pytest.fixture
def page(ana, cast, now):
    mail = EmailMessage()
    mail["From"] = "\"<script>alert('name')</script>\" <olga@customer.example>"
    mail["To"] = "help@house.example"
    mail["Subject"] = "</title><script>alert('subject')</script> {{ request.user.email }}"
    mail["Message-ID"] = "<hostile@customer.example>"
    mail.set_content(
        "</textarea><script>alert('text')</script>\n{{ request.user.email }} {% now 'Y' %}"
    )
    mail.add_alternative(HOSTILE, subtype="html")
    raw = RawMail.objects.keep(
        mail.as_bytes(), source="lmtp", at=now, envelope_from="olga@customer.example",
        envelope_to=["help@house.example"],
    )  # fmt: skip
    contact = take_in(raw, read_letter(raw.content()), at=now).contact
    contact.decide("complaint", by=cast.ana, at=now)
    return ana.get(reverse("desk:case", args=[contact.reference]))


def test_it_neither_runs_nor_loads_nor_sends_anything(page):
    walk = Walk()
    walk.feed(page.content.decode())
    assert walk.seen, "the mail as it was formatted is in the page"
    assert walk.found == []


def test_it_keeps_the_words(page):
    assert "The kettle broke again." in page.content.decode()


def test_it_has_no_script_of_the_mail_in_any_other_place(page):
    html = page.content.decode()
    assert "<script>" not in html.lower()
    assert html.count("</title>") == 1
    assert (
        "evil.example"
        not in html.replace("https://evil.example/click", "").split('class="fold"')[0]
    )


def test_it_reads_no_template_in_a_mail(page, cast):
    html = page.content.decode()
    assert "{{ request.user.email }}" in html
    assert "ana@house.example" not in html


def test_it_is_kept_from_running_by_the_browser_too(page):
    policy = page["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    # The directives come in no fixed order.
    said = {name: set(allowed) for name, *allowed in map(str.split, policy.split(";"))}
    assert said["default-src"] == {"'none'"}
    assert said["frame-ancestors"] == {"'none'"}
    assert said["img-src"] == {"'self'", "data:"}


def test_it_has_no_script_of_ours_that_would_load_a_picture():
    for room in (desk, ui):
        for script in Path(room.__path__[0]).rglob("static/**/*.js"):
            if "vendor" not in script.parts:
                assert "dataset.src" not in script.read_text(encoding="utf-8"), script
