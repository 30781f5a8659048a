from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "wherewithal_web.plan.papers"
    label = "papers"

    def ready(self) -> None:
        from wherewithal_web.plan.papers.contribution import register

        register()
