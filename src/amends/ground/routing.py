"""Everything lives in the house's database; the disposable one holds only the cache's table."""

from typing import Any


class DisposableRouter:
    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool | None:
        if db == "disposable":
            return app_label == "django_cache"
        return None

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        label = model._meta.app_label  # noqa: SLF001 -- Django's documented way to a model's app
        return "disposable" if label == "django_cache" else None

    def db_for_write(self, model: Any, **_hints: Any) -> str | None:
        return self.db_for_read(model)
