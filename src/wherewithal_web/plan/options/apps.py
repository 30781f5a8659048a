from django.apps import AppConfig


class OptionsConfig(AppConfig):
    name = "wherewithal_web.plan.options"
    label = "options"

    def ready(self) -> None:
        from wherewithal_web.plan.options.contribution import register

        register()
