from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wherewithal_web.people"
    label = "people"
