from django.urls import path

from amends.doors.demo import entrance, mailbox

app_name = "demo"

urlpatterns = [
    path("", entrance.page, name="entrance"),
    path("enter/<slug:who>/", entrance.enter, name="enter"),
    path("mailbox/", mailbox.page, name="mailbox"),
    path("mailbox/new/", mailbox.write, name="write"),
    path("mailbox/<str:key>/", mailbox.letter, name="letter"),
    path("mailbox/<str:key>/answer/", mailbox.answer, name="answer"),
]
