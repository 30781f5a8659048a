from django.urls import path

from wherewithal_web.review.outcomes import views

app_name = "outcomes"

urlpatterns = [
    path("cases/<slug:slug>/outcomes/", views.outcomes, name="outcomes"),
    path("cases/<slug:slug>/outcomes/verdict/", views.verdict, name="verdict"),
    path("cases/<slug:slug>/outcomes/<slug:measure>/add/", views.add_comparison, name="add_comparison"),
]
