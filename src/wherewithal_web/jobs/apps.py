from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "wherewithal_web.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
