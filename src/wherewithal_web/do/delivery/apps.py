from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "wherewithal_web.do.delivery"
    label = "delivery"

    def ready(self) -> None:
        from wherewithal_web.do.delivery.contribution import register

        register()
