from django.apps import AppConfig


class OptionsConfig(AppConfig):
    name = "wherewithal_web.plan.options"
    label = "options"
