from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wherewithal_web.analyse.library"
    label = "library"

    def ready(self) -> None:
        from importlib import import_module

        from django.db.models.signals import post_migrate

        from wherewithal_web.analyse.library.contribution import register
        from wherewithal_web.analyse.library.searching.renewal import renew_after_migrating

        register()
        import_module("wherewithal_web.analyse.library.background")
        post_migrate.connect(renew_after_migrating, sender=self)
