from django.urls import path

from wherewithal_web.plan.papers import views

app_name = "papers"

urlpatterns = [
    path("cases/<slug:slug>/paper/", views.paper, name="paper"),
    path("cases/<slug:slug>/paper/start/", views.start, name="start"),
    path("cases/<slug:slug>/paper/<slug:ending>/", views.export, name="export"),
]
