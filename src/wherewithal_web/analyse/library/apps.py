from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wherewithal_web.analyse.library"
    label = "library"

    def ready(self) -> None:
        from wherewithal_web.analyse.library.contribution import register

        register()
