from django.urls import path

from amends.doors.desk import (
    aftercare,
    attachment,
    case,
    cases,
    closing,
    customer,
    hands,
    my_day,
    next_action,
    note,
    point,
    promise,
    remedy,
    reply,
    understanding,
    verdict,
)

app_name = "desk"

urlpatterns = [
    path("", my_day.page, name="my_day"),
    path("cases/", cases.page, name="cases"),
    path("cases/<str:reference>/", case.page, name="case"),
    path("cases/<str:reference>/verdict", verdict.create, name="verdict"),
    path("cases/<str:reference>/verdict/undo", verdict.undo, name="verdict_undo"),
    path("cases/<str:reference>/reply", reply.create, name="reply"),
    path("cases/<str:reference>/reply/<uuid:key>/undo", reply.undo, name="reply_undo"),
    path("cases/<str:reference>/note", note.create, name="note"),
    path("cases/<str:reference>/points", point.create, name="points"),
    path("cases/<str:reference>/points/<uuid:key>", point.update, name="point"),
    path("cases/<str:reference>/promises", promise.create, name="promises"),
    path("cases/<str:reference>/promises/<uuid:key>", promise.update, name="promise"),
    path("cases/<str:reference>/remedies", remedy.create, name="remedies"),
    path("cases/<str:reference>/remedies/<uuid:key>", remedy.update, name="remedy"),
    path("cases/<str:reference>/understanding", understanding.update, name="understanding"),
    path("cases/<str:reference>/customer", customer.update, name="customer"),
    path("cases/<str:reference>/next", next_action.update, name="next"),
    path("cases/<str:reference>/hands", hands.update, name="hands"),
    path("cases/<str:reference>/closing", closing.create, name="closing"),
    path("cases/<str:reference>/confirmation", closing.confirm, name="confirmation"),
    path("cases/<str:reference>/check-back", aftercare.cancel, name="check_back"),
    path("cases/<str:reference>/files/<uuid:key>", attachment.page, name="attachment"),
    path("cases/<str:reference>/sources/<uuid:key>", attachment.source, name="source"),
]
