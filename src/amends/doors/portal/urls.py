from django.urls import path

from amends.doors.portal import answer, file, privacy, status, survey, telling, understood, writing

app_name = "portal"

urlpatterns = [
    path("", telling.page, name="tell"),
    path("told/", telling.told, name="told"),
    path("privacy/", privacy.page, name="privacy_here"),
    path("privacy/<str:language>/", privacy.page, name="privacy"),
    path("status/<str:token>/", status.page, name="status"),
    path("status/<str:token>/message", writing.create, name="message"),
    path("status/<str:token>/files/<uuid:key>", file.page, name="file"),
    path("status/<str:token>/answer", answer.create, name="answer"),
    path("status/<str:token>/understood/", understood.page, name="understood"),
    path("status/<str:token>/understood/answer", understood.answer, name="understood_answer"),
    path("survey/<str:token>/", survey.page, name="survey"),
    path("survey/<str:token>/answer", survey.answer, name="survey_answer"),
    path("survey/<str:token>/more", survey.more, name="survey_more"),
]
