from django.urls import path

from wherewithal_web.analyse.library.views import bringing_in, finding, reading, registers

app_name = "library"
urlpatterns = [
    path("library/", finding.home, name="home"),
    path("library/rules/", reading.rules, name="rules"),
    path("library/programmes/<slug:slug>/", reading.programme, name="programme"),
    path("library/programmes/<slug:slug>/add/", reading.add, name="add"),
    path("library/registers/", registers.registers, name="registers"),
    path("library/registers/bring-in/", bringing_in.bring_in, name="bring_in"),
    path("library/registers/bring-in/<int:pk>/", bringing_in.look, name="look"),
    path("library/registers/<slug:key>/", registers.register_page, name="register"),
    path("library/registers/<slug:key>/difference/", registers.edition_difference, name="edition_difference"),
    path("library/registers/<slug:key>/<str:day>/", registers.edition, name="edition"),
    path("library/registers/<slug:key>/<str:day>/download/", registers.edition_csv, name="edition_csv"),
]
