from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "wherewithal_web.plan.papers"
    label = "papers"
