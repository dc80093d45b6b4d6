from django.db import migrations, models

from amends.ground.search.engine import engine_of


def make(apps, schema_editor):
    for statement in engine_of(schema_editor.connection).made_by:
        schema_editor.execute(statement)


def undo(apps, schema_editor):
    for statement in engine_of(schema_editor.connection).undone_by:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("key", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "at",
                    models.DateTimeField(
                        help_text="what is searched comes in the order of this, newest first"
                    ),
                ),
                (
                    "digest",
                    models.BinaryField(
                        help_text="of the tokens: the same need no work", max_length=16
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [models.Index(fields=["-at", "-key"], name="search_newest_first")],
            },
        ),
        migrations.RunPython(make, undo),
    ]
