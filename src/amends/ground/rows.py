"""Many rows stored at once: by one statement for each table, prepared once.

Django's bulk_create builds a statement anew for every batch, and asks each field of each row how
its value is to be written. Here the fields of a table are asked once; SQLite runs the prepared
statement row by row without coming back to Python, PostgreSQL takes the rows as a COPY.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=models.Model)
Prepare = Callable[[Any], Any]

# Their values are what the drivers take, choices included.
_WRITTEN_AS_THEY_ARE = (
    models.BinaryField, models.BooleanField, models.CharField, models.IntegerField,
    models.TextField,
)  # fmt: skip


def insert_all(rows: Iterable[M]) -> list[M]:
    """Store new rows of one model, as bulk_create does: no save(), no signal, no conflict allowed.

    Args:
        rows: not stored yet, their keys set (all keys here are made by the application), and no
            column with a value that the database makes.

    Returns:
        The rows, in their order.

    Raises:
        django.db.IntegrityError: one is there already, or breaks a rule; none is stored then if
            the caller is in a transaction, as it has to be.
    """
    stored = list(rows)
    if not stored:
        return stored
    model = type(stored[0])
    alias = router.db_for_write(model)
    connection = connections[alias]
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's documented way to the fields
    values = [list(column) for column in map(_values_of(model), stored)]
    for place, prepare in _preparations(fields, connection):
        for row_values in values:
            row_values[place] = prepare(row_values[place])
    _write(connection, model._meta.db_table, [str(field.column) for field in fields], values)  # noqa: SLF001
    for row in stored:
        row._state.adding, row._state.db = False, alias  # noqa: SLF001 -- as bulk_create does
    return stored


def new(model: type[M], **values: Any) -> M:
    """Return model(**values), not stored, several times faster: defaults are looked up once.

    A related object may be given by the name of its field, and is remembered.

    Raises:
        KeyError: the model has no such field.
    """
    form = _form(model)
    row_values = form.values.copy()
    for place, default in form.made:
        row_values[place] = default()
    related = []
    for name, value in values.items():
        if name in form.relations:
            related.append((name, value))
            row_values[form.relations[name]] = value and value.pk
        else:
            row_values[form.places[name]] = value
    row = model(*row_values)
    for name, value in related:
        row._state.fields_cache[name] = value  # noqa: SLF001 -- where Django's descriptors keep it
    return row


@dataclass(frozen=True)
class _Form:
    """What a row of a model has before anything is said of it."""

    values: list[Any]
    made: list[tuple[int, Callable[[], Any]]]
    places: dict[str, int]
    relations: dict[str, int]


@lru_cache
def _form(model: type[models.Model]) -> _Form:
    fields = model._meta.concrete_fields  # noqa: SLF001
    # A list or a dictionary is not to be shared between rows; the class of no default is callable.
    made = [field.has_default() and callable(field.default) for field in fields]
    return _Form(
        values=[None if fresh else f.get_default() for f, fresh in zip(fields, made, strict=True)],
        made=[(n, fields[n].get_default) for n, fresh in enumerate(made) if fresh],
        places={field.attname: n for n, field in enumerate(fields)},
        relations={field.name: n for n, field in enumerate(fields) if field.is_relation},
    )


@lru_cache
def _values_of(model: type[models.Model]) -> Callable[[models.Model], tuple[Any, ...]]:
    names = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    return attrgetter(*names)


def _preparations(
    fields: Sequence["models.Field[Any, Any]"], connection: BaseDatabaseWrapper
) -> Iterator[tuple[int, Prepare]]:
    """Give the places whose values are written otherwise than they are, and how."""
    prepared: dict[Any, Any] = {}
    for place, field in enumerate(fields):
        kind = type(getattr(field, "target_field", field))
        if not issubclass(kind, _WRITTEN_AS_THEY_ARE):
            yield place, _preparation(field, kind, connection, prepared)


def _preparation(
    field: "models.Field[Any, Any]",
    kind: type,
    connection: BaseDatabaseWrapper,
    prepared: dict[Any, Any],
) -> Prepare:
    def as_field(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    def once(value: Any) -> Any:
        if value is None:
            return None
        if (ready := prepared.get(value)) is None:
            ready = prepared[value] = as_field(value)
        return ready

    return once if issubclass(kind, (models.UUIDField, models.DateTimeField)) else as_field


def _write(
    connection: BaseDatabaseWrapper, table: str, columns: list[str], rows: list[list[Any]]
) -> None:
    quote = connection.ops.quote_name
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 -- names of Django's
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
