from django.urls import path

from wherewithal_web.analyse.library.views import bringing_in, finding, reading

app_name = "library"
urlpatterns = [
    path("library/", finding.home, name="home"),
    path("library/rules/", reading.rules, name="rules"),
    path("library/programmes/<slug:slug>/", reading.programme, name="programme"),
    path("library/programmes/<slug:slug>/add/", reading.add, name="add"),
    path("library/registers/", reading.registers, name="registers"),
    path("library/registers/bring-in/", bringing_in.bring_in, name="bring_in"),
    path("library/registers/bring-in/<int:pk>/", bringing_in.look, name="look"),
    path("library/registers/<slug:key>/", reading.register_page, name="register"),
    path("library/registers/<slug:key>/<str:day>/", reading.edition, name="edition"),
    path("library/registers/<slug:key>/<str:day>/download/", reading.edition_csv, name="edition_csv"),
]
