"""Where everything is. Each room keeps its own addresses."""

from importlib.util import find_spec

from allauth.account import views as account
from django.urls import include, path

from wherewithal_web.components import views as furniture

ROOMS = (
    "analyse.library",
    "analyse.reviews",
    "analyse.needs",
    "plan.options",
    "plan.papers",
    "do.delivery",
    "review.outcomes",
)

urlpatterns = [
    path("", include("wherewithal_web.cases.urls")),
    path("people/", include("wherewithal_web.people.urls")),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("accessibility/", furniture.accessibility, name="accessibility"),
    path("health/", furniture.health, name="health"),
    *(
        path("", include(f"wherewithal_web.{room}.urls"))
        for room in ROOMS
        if find_spec(f"wherewithal_web.{room}.urls")
    ),
]

handler400 = furniture.bad_request
handler403 = furniture.refused
handler404 = furniture.not_found
handler500 = furniture.failed
