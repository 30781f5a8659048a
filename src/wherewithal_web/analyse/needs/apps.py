from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "wherewithal_web.analyse.needs"
    label = "needs"

    def ready(self) -> None:
        from wherewithal_web.analyse.needs.contribution import register

        register()
        from wherewithal_web.analyse.needs import asking, gathering  # noqa: F401 - says what it can do
