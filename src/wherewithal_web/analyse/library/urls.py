from django.urls import path

from wherewithal_web.analyse.library.views import (
    adding_studies,
    bringing_in,
    compare,
    examples,
    finding,
    lists,
    reading,
    recheck,
    registers,
    studies,
)

app_name = "library"
urlpatterns = [
    path("library/", finding.home, name="home"),
    path("library/rules/", reading.rules, name="rules"),
    path("library/programmes/<slug:slug>/", reading.programme, name="programme"),
    path("library/programmes/<slug:slug>/add/", reading.add, name="add"),
    path(
        "library/programmes/<slug:slug>/disagreement/add/", reading.add_disagreement, name="add_disagreement"
    ),
    path("library/compare/", compare.compare, name="compare"),
    path("library/where-to-look/", lists.where_to_look, name="where_to_look"),
    path("library/lists/<slug:key>/", lists.list_page, name="list"),
    path("library/lists/<slug:key>/<slug:slug>/", lists.entry, name="entry"),
    path("library/lists/<slug:key>/<slug:slug>/add/", lists.add_entry, name="add_entry"),
    path("library/examples/", examples.examples, name="examples"),
    path("library/examples/new/", examples.example_new, name="example_new"),
    path("library/examples/<slug:slug>/", examples.example, name="example"),
    path("library/examples/<slug:slug>/add/", examples.add_example, name="add_example"),
    path("library/examples/<slug:slug>/edit/", examples.example_edit, name="example_edit"),
    path("library/examples/<slug:slug>/remove/", examples.example_remove, name="example_remove"),
    path("library/studies/", studies.studies, name="studies"),
    path("library/studies/new/", adding_studies.study_new, name="study_new"),
    path("library/studies/<slug:slug>/", studies.study, name="study"),
    path("library/studies/<slug:slug>/add/", studies.add_study, name="add_study"),
    path("library/studies/<slug:slug>/edit/", studies.edit_study, name="study_edit"),
    path("library/studies/<slug:slug>/remove/", studies.remove_study, name="study_remove"),
    path("library/recheck/", recheck.recheck, name="recheck"),
    path("library/recheck/check/", recheck.check, name="check"),
    path("library/recheck/notices/", recheck.ask_notices, name="ask_notices"),
    path("library/registers/", registers.registers, name="registers"),
    path("library/registers/bring-in/", bringing_in.bring_in, name="bring_in"),
    path("library/registers/bring-in/<int:pk>/", bringing_in.look, name="look"),
    path("library/registers/<slug:key>/", registers.register_page, name="register"),
    path("library/registers/<slug:key>/difference/", registers.edition_difference, name="edition_difference"),
    path("library/registers/<slug:key>/<str:day>/", registers.edition, name="edition"),
    path("library/registers/<slug:key>/<str:day>/download/", registers.edition_csv, name="edition_csv"),
]
