from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "wherewithal_web.analyse.needs"
    label = "needs"
