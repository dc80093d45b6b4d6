from django.urls import path

from amends.doors.demo import entrance, mailbox, moving, phone, reset, watch

app_name = "demo"

urlpatterns = [
    path("", entrance.page, name="entrance"),
    path("enter/<slug:who>/", entrance.enter, name="enter"),
    path("watch/", watch.page, name="watch"),
    path("watch/start/", watch.start, name="watch_start"),
    path("watch/strip/", watch.strip, name="watch_strip"),
    path("watch/next/", watch.go_on, name="watch_next"),
    path("phone/", phone.page, name="phone"),
    path("clock/", moving.move, name="move"),
    path("reset/", reset.create, name="reset"),
    path("mailbox/", mailbox.page, name="mailbox"),
    path("mailbox/new/", mailbox.write, name="write"),
    path("mailbox/<str:key>/", mailbox.letter, name="letter"),
    path("mailbox/<str:key>/answer/", mailbox.answer, name="answer"),
]
