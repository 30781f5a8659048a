from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "wherewithal_web.audit"
    label = "audit"
