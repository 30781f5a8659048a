from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wherewithal_web.analyse.library"
    label = "library"
