from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "wherewithal_web.components"
    label = "components"
