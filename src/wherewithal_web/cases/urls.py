from django.urls import path, re_path

from wherewithal_web.cases.views import case, decisions, sentences, sharing, sources

app_name = "cases"

urlpatterns = [
    path("", case.home, name="home"),
    path("cases/new/", case.start, name="start"),
    path("cases/<slug:slug>/", case.case, name="case"),
    path("cases/<slug:slug>/change/", case.change, name="change"),
    path("cases/<slug:slug>/history/", case.history, name="history"),
    path("cases/<slug:slug>/handover/", case.handover, name="handover"),
    path("cases/<slug:slug>/download/", case.download, name="download"),
    path("cases/<slug:slug>/share/", sharing.share, name="share"),
    path("cases/<slug:slug>/share/<int:pk>/remove/", sharing.unshare, name="unshare"),
    path("cases/<slug:slug>/sentences/new/", sentences.write, name="write"),
    path("cases/<slug:slug>/sentences/<int:pk>/", sentences.reword, name="reword"),
    path("cases/<slug:slug>/sentences/<int:pk>/remove/", sentences.remove, name="remove"),
    path("cases/<slug:slug>/sentences/<int:pk>/move/", sentences.move, name="move"),
    path("cases/<slug:slug>/sentences/<int:pk>/changes/<str:key>/", sentences.changes, name="changes"),
    path("cases/<slug:slug>/judgement/", sentences.judgement, name="judgement"),
    path("cases/<slug:slug>/voice/", sentences.voice, name="voice"),
    path("cases/<slug:slug>/decisions/new/", decisions.propose, name="propose"),
    path("cases/<slug:slug>/decisions/<int:pk>/", decisions.decision, name="decision"),
    path("cases/<slug:slug>/decisions/<int:pk>/move/", decisions.move, name="move_decision"),
    re_path(r"^cases/(?P<slug>[-\w]+)/(?P<stage>analyse|plan|do|review)/$", case.stage, name="stage"),
    path("sources/changed/", sources.changed, name="source_changed"),
]
