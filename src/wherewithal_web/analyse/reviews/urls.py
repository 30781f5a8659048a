from django.urls import path

from wherewithal_web.analyse.reviews import views

app_name = "reviews"

urlpatterns = [
    path("cases/<slug:slug>/reviews/", views.home, name="home"),
    path("cases/<slug:slug>/reviews/bring-in/", views.bring_in, name="bring_in"),
    path("cases/<slug:slug>/reviews/next/", views.next_record, name="next"),
    path("cases/<slug:slug>/reviews/thread/", views.add_screening, name="add_screening"),
    path("cases/<slug:slug>/reviews/left-out/", views.left_out, name="left_out"),
    path("cases/<slug:slug>/reviews/left-out.csv", views.left_out_csv, name="left_out_csv"),
    path("cases/<slug:slug>/reviews/kept.ris", views.kept_ris, name="kept_ris"),
    path("cases/<slug:slug>/reviews/records/", views.records, name="records"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/", views.record, name="record"),
    path("cases/<slug:slug>/reviews/records/<int:pk>/thread/", views.add_record, name="add_record"),
]
