from django.urls import path

from wherewithal_web.analyse.needs import views

app_name = "needs"
urlpatterns = [
    path("area/", views.home, name="home"),
    path("area/import/", views.bring_in, name="import"),
    path("area/import/<int:pk>/", views.columns, name="columns"),
    path("area/ask/", views.ask, name="ask"),
    path("area/layout/", views.layout, name="layout"),
    path("area/<str:area>/", views.area, name="area"),
    path("area/<str:area>/profile/<slug:chart>.csv", views.profile_csv, name="profile_csv"),
    path("area/<str:area>/profile.docx", views.pack, name="pack"),
    path("area/<str:area>/people/", views.people, name="people"),
    path("area/<str:area>/people/add/", views.add_people, name="add_people"),
    path("area/<str:area>/neighbours/", views.neighbours, name="neighbours"),
    path("area/<str:area>/<str:indicator>/", views.indicator, name="indicator"),
    path("area/<str:area>/<str:indicator>/add/", views.add, name="add"),
    path("area/<str:area>/<str:indicator>/add-parts/", views.add_parts, name="add_parts"),
    path("area/<str:area>/<str:indicator>/<slug:chart>.csv", views.chart_csv, name="chart_csv"),
]
