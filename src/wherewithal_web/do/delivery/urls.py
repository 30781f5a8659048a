from django.urls import path, register_converter

from wherewithal.do.delivery import ReadingKind
from wherewithal_web.do.delivery import views

app_name = "delivery"


class KindConverter:
    regex = "|".join(ReadingKind)

    def to_python(self, value: str) -> ReadingKind:
        return ReadingKind(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(KindConverter, "reading_kind")

urlpatterns = [
    path("cases/<slug:slug>/delivery/", views.delivery, name="delivery"),
    path("cases/<slug:slug>/delivery/provider/", views.provider, name="provider"),
    path("cases/<slug:slug>/delivery/measures/new/", views.add_measure, name="add_measure"),
    path(
        "cases/<slug:slug>/delivery/measures/<slug:key>/remove/", views.remove_measure, name="remove_measure"
    ),
    path(
        "cases/<slug:slug>/delivery/measures/<slug:key>/<reading_kind:kind>/",
        views.record_reading,
        name="record_reading",
    ),
]
