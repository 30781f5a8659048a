from django.urls import path, re_path

from wherewithal_web.analyse.reviews import views
from wherewithal_web.analyse.reviews.models import ScreeningStage

app_name = "reviews"

urlpatterns = [
    path("cases/<slug:slug>/reviews/", views.home, name="home"),
    path("cases/<slug:slug>/reviews/bring-in/", views.bring_in, name="bring_in"),
    path("cases/<slug:slug>/reviews/protocol/", views.protocol, name="protocol"),
    path("cases/<slug:slug>/reviews/protocol/write/", views.write_protocol, name="write_protocol"),
    path("cases/<slug:slug>/reviews/next/", views.next_record, name="next"),
    path(
        "cases/<slug:slug>/reviews/next/full-text/",
        views.next_record,
        {"stage": ScreeningStage.FULL_TEXT.value},
        name="next_full_text",
    ),
    path("cases/<slug:slug>/reviews/account/", views.account, name="account"),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/reviews/account/flow\.(?P<ending>svg|csv|docx)$",
        views.flow_file,
        name="flow_file",
    ),
    path("cases/<slug:slug>/reviews/account/again/", views.ask_again, name="ask_again"),
    path("cases/<slug:slug>/reviews/account/folder.zip", views.folder, name="folder"),
    path("cases/<slug:slug>/reviews/account/log.csv", views.log_csv, name="log_csv"),
    path("cases/<slug:slug>/reviews/account/orders.csv", views.rankings_csv, name="rankings_csv"),
    path("cases/<slug:slug>/reviews/account/searches.csv", views.searches_csv, name="searches_csv"),
    path("cases/<slug:slug>/reviews/stopping/", views.stopping, name="stopping"),
    path("cases/<slug:slug>/reviews/stopping/check/", views.begin_check, name="begin_check"),
    path("cases/<slug:slug>/reviews/stopping/decide/", views.decide_to_stop, name="decide_to_stop"),
    path("cases/<slug:slug>/reviews/differ/", views.differ, name="differ"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/settle/", views.settle, name="settle"),
    path("cases/<slug:slug>/reviews/thread/", views.add_screening, name="add_screening"),
    path("cases/<slug:slug>/reviews/left-out/", views.left_out, name="left_out"),
    path("cases/<slug:slug>/reviews/left-out.csv", views.left_out_csv, name="left_out_csv"),
    path("cases/<slug:slug>/reviews/kept.ris", views.kept_ris, name="kept_ris"),
    path("cases/<slug:slug>/reviews/records/", views.records, name="records"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/", views.record, name="record"),
    path(
        "cases/<slug:slug>/reviews/records/<int:pk>/full-text/",
        views.record,
        {"stage": ScreeningStage.FULL_TEXT.value},
        name="record_full_text",
    ),
    path("cases/<slug:slug>/reviews/records/<int:pk>/remark/", views.remark, name="remark"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/where/", views.full_text, name="full_text"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/attach/", views.attach_text, name="attach_text"),
    path("cases/<slug:slug>/reviews/earlier/", views.earlier, name="earlier"),
    path("cases/<slug:slug>/reviews/earlier/use/", views.use_earlier, name="use_earlier"),
    path(
        "cases/<slug:slug>/reviews/earlier/<int:pk>/withdraw/",
        views.withdraw_earlier,
        name="withdraw_earlier",
    ),
    path("cases/<slug:slug>/reviews/texts/", views.texts, name="texts"),
    path("cases/<slug:slug>/reviews/texts/place/", views.place_texts, name="place_texts"),
    path("cases/<slug:slug>/reviews/texts/<int:pk>.pdf", views.text_file, name="text_file"),
    path("cases/<slug:slug>/reviews/texts/<int:pk>/remove/", views.remove_text, name="remove_text"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/thread/", views.add_record, name="add_record"),
]
