from django.urls import path

from wherewithal_web.people import views

app_name = "people"

urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.add_person, name="add_person"),
    path("organisations/new/", views.add_organisation, name="add_organisation"),
    path("<int:pk>/password/", views.password, name="password"),
    path("<int:pk>/close/", views.close, name="close"),
]
