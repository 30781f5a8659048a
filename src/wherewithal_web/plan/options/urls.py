from django.urls import path

from wherewithal_web.plan.options import views

app_name = "options"

urlpatterns = [
    path("cases/<slug:slug>/options/", views.compare, name="compare"),
    path("cases/<slug:slug>/options/new/", views.add, name="add"),
    path("cases/<slug:slug>/options/years/", views.years, name="years"),
    path("cases/<slug:slug>/options/assumptions/", views.assumptions, name="assumptions"),
    path("cases/<slug:slug>/options/run/", views.run, name="run"),
    path("cases/<slug:slug>/options/spreadsheet/", views.spreadsheet, name="spreadsheet"),
    path("cases/<slug:slug>/options/<slug:key>/", views.option, name="option"),
    path("cases/<slug:slug>/options/<slug:key>/change/", views.change, name="change"),
    path("cases/<slug:slug>/options/<slug:key>/costs/", views.costs, name="costs"),
    path("cases/<slug:slug>/options/<slug:key>/staff/", views.staff, name="staff"),
    path("cases/<slug:slug>/options/<slug:key>/remove/", views.remove, name="remove"),
    path("cases/<slug:slug>/options/<slug:key>/run/", views.run_one, name="run_one"),
]
