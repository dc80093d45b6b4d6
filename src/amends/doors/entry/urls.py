from django.urls import path

from amends.doors.entry import begin, invited, logo, mine, password, questions

app_name = "entry"

urlpatterns = [
    path("setup/", begin.page, name="setup"),
    path("setup/<int:number>/", questions.question, name="question"),
    path("setup/ready/", questions.ready, name="ready"),
    path("setup/ready/mail", questions.send, name="send"),
    path("setup/ready/trials", questions.trials, name="trials"),
    path("setup/ready/finish", questions.finish, name="finish"),
    path("house/<str:key>/", questions.later, name="later"),
    path("invited/<str:token>/", invited.page, name="invited"),
    path("me/password/", password.ask, name="password"),
    path("me/password/<str:token>/", password.choose, name="new_password"),
    path("me/own-password/", mine.change_password, name="own_password"),
    path("me/elsewhere", mine.leave_elsewhere, name="elsewhere"),
    path("logo/<str:digest>", logo.page, name="logo"),
]
