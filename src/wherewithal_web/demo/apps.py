from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wherewithal_web.demo"
    label = "demo"
