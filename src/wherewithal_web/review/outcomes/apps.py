from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "wherewithal_web.review.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        from wherewithal_web.review.outcomes.contribution import register

        register()
