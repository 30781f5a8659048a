from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "wherewithal_web.analyse.reviews"
    label = "reviews"

    def ready(self) -> None:
        from wherewithal_web.analyse.reviews.contribution import register

        register()
        from wherewithal_web.analyse.reviews.arrivals import bringing  # noqa: F401 - says what it can do
        from wherewithal_web.analyse.reviews.duplicates import looking  # noqa: F401 - says what it can do
        from wherewithal_web.analyse.reviews.learning import again, lessons, texts  # noqa: F401 - says what it can do
        from wherewithal_web.analyse.reviews.living import turns  # noqa: F401 - says what it can do
