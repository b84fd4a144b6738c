"""A site migrates while the code of the last release still runs: later migrations must let it.

What they may do is in docs/deployment.md. The earlier ones were run with the site stopped.
"""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

LAST_EARLIER = {"blog": "0087_drafts_keep_their_pace", "network": "0005_questions_to_networks"}
# Columns, tables and names that no release uses any more, by migration, with the release that
# stopped using them; and columns of tables that are known to be small.
DELIBERATE: dict[str, str] = {}

TAKEN_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def faults_of(operations) -> list[str]:
    """Return what in the operations of a migration would hurt the code that runs beside it."""
    made = {one.name_lower for one in operations if isinstance(one, migrations.CreateModel)}
    faults = []
    for one in operations:
        if isinstance(one, TAKEN_AWAY):
            faults.append(f"{one.describe()}: the code of the last release still reads it")
        if isinstance(one, migrations.AddField) and one.model_name_lower not in made:
            field = one.field.clone()
            field.set_attributes_from_name(one.name)  # without its column it has no CHECK
            faults += [f"{one.describe()}: {fault}" for fault in faults_of_field(field)]
    return faults


def faults_of_field(field) -> list[str]:
    faults = []
    if field.many_to_many:
        return faults
    if not field.null and not field.has_db_default():
        faults.append("the code of the last release leaves it out; give it db_default or null=True")
    if field.db_check(connection):
        faults.append("it brings a CHECK; add IntegerField, then a CheckConstraint with a name")
    if field.unique:
        faults.append("it brings a UNIQUE; add the field, then a UniqueConstraint with a name")
    return faults


@pytest.mark.parametrize(
    ("operation", "faults"),
    [
        (migrations.AddField("post", "note", models.TextField(null=True)), 0),
        (migrations.AddField("post", "note", models.TextField(db_default="")), 0),
        (migrations.AddField("post", "readers", models.ManyToManyField("blog.user")), 0),
        (migrations.AddField("post", "by", models.ForeignKey("blog.user", models.CASCADE)), 1),
        (migrations.AddField("post", "note", models.TextField(default="")), 1),
        (migrations.AddField("post", "n", models.PositiveIntegerField(null=True)), 1),
        (migrations.AddField("post", "n", models.IntegerField(null=True, unique=True)), 1),
        (migrations.AddField("post", "n", models.PositiveIntegerField(unique=True)), 3),
        (migrations.RemoveField("post", "note"), 1),
        (migrations.RenameField("post", "note", "words"), 1),
        (migrations.DeleteModel("post"), 1),
        (migrations.AddIndex("post", models.Index(fields=["slug"], name="by_slug")), 0),
    ],
    ids=lambda value: value.describe() if hasattr(value, "describe") else "",
)
def test_what_hurts_the_code_beside_it_is_known(operation, faults):
    assert len(faults_of([operation])) == faults


def test_a_table_is_made_whole():
    """Nobody uses it yet; Django adds some of its columns by operations of their own."""
    made = migrations.CreateModel("thing", [("id", models.BigAutoField(primary_key=True))])
    field = migrations.AddField("thing", "by", models.ForeignKey("blog.user", models.CASCADE))

    assert faults_of([made, field]) == []


@pytest.mark.parametrize("app", LAST_EARLIER)
def test_later_migrations_let_the_last_release_run(app):
    loader = MigrationLoader(None, ignore_no_migrations=True)
    later = {
        name: migration
        for (label, name), migration in loader.disk_migrations.items()
        if label == app and name > LAST_EARLIER[app] and name not in DELIBERATE
    }

    assert {name: faults_of(m.operations) for name, m in later.items()} == dict.fromkeys(later, [])
