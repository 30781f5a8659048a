from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "wherewithal_web.cases"
    label = "cases"

    def ready(self) -> None:
        from wherewithal_web.cases.own_contribution import register

        register()
