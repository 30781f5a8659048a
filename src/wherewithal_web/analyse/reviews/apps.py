from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "wherewithal_web.analyse.reviews"
    label = "reviews"
