"""Putting texts into the index, and finding their keys."""

from datetime import datetime
from hashlib import blake2b
from typing import Any, TypeVar
from uuid import UUID

from django.db import connections, router, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from amends.expertise.language.words import analyse, query_terms
from amends.ground.search.engine import Statement, engine_of

Found = TypeVar("Found", bound=QuerySet[Any])


class NotInIndex(LookupError):
    """The place to go on from is no longer in the index."""


def put(key: UUID, at: datetime, text: str, language: str | None) -> None:
    """Index `text` under `key`, in place of what was there."""
    # The app's package is imported before its models can be.
    from .models import Entry

    tokens = analyse(text, language)
    digest = blake2b(" ".join(tokens).encode(), digest_size=16).digest()
    using = router.db_for_write(Entry)
    with transaction.atomic(using=using):
        known = Entry.objects.using(using).filter(key=key).values_list("digest", flat=True).first()
        Entry.objects.using(using).update_or_create(key=key, defaults={"at": at, "digest": digest})
        if known is None or bytes(known) != digest:
            _run(using, engine_of(connections[using]).writing(key, tokens))


def remove(key: UUID) -> None:
    """Take `key` out of the index; one that is not in it is no error."""
    from .models import Entry

    using = router.db_for_write(Entry)
    with transaction.atomic(using=using):
        Entry.objects.using(using).filter(key=key).delete()
        _run(using, engine_of(connections[using]).removing(key))


def clear() -> None:
    """Take all keys out."""
    from .models import Entry

    using = router.db_for_write(Entry)
    with transaction.atomic(using=using):
        Entry.objects.using(using).all().delete()
        _run(using, [(statement, []) for statement in engine_of(connections[using]).emptied_by])


def search(
    query: str, *, language: str | None = None, limit: int, before: UUID | None = None
) -> list[UUID]:
    """The keys of texts that hold all words of `query`, newest first.

    Go on after the last key of a page by giving it as `before`; raises NotInIndex when it has
    been removed since. A query without words finds nothing.
    """
    from .models import Entry

    found = matching(Entry.objects.all(), query, language=language)
    if before is not None:
        last = Entry.objects.filter(key=before).first()
        if last is None:
            raise NotInIndex(before)
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, key__lt=before))
    return list(found.order_by("-at", "-key").values_list("key", flat=True)[:limit])


def matching(queryset: Found, query: str, *, language: str | None = None) -> Found:
    """`queryset`, whose primary keys are keys of the index, restricted to what meets `query`.

    It stays one SQL query, so it can be scoped, ordered and paged further. A query without words
    finds nothing.
    """
    terms = query_terms(query, language)
    if not terms:
        return queryset.none()
    sql, params = engine_of(connections[queryset.db]).keys_meeting(terms)
    return queryset.filter(pk__in=RawSQL(sql, params))  # noqa: S611 (only the parameters vary)


def _run(using: str, statements: list[Statement]) -> None:
    with connections[using].cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
