"""A site migrates while the code of the last release still runs: later migrations must let it.

What they may do is in docs/deployment.md. The earlier ones were run with the site stopped.
"""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

LAST_EARLIER = {"blog": "0087_drafts_keep_their_pace", "network": "0005_questions_to_networks"}
# Columns, tables and names that no release uses any more, by migration, with the release that
# stopped using them; columns of tables that are known to be small; and rules for stored columns
# that the last release keeps already.
DELIBERATE: dict[str, str] = {
    "0106_one_member_for_each_key_of_an_lms": "no release has LMSs",
    "0118_one_connected_course_per_context": "the rule of before, for fewer rows",
}

TAKEN_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def faults_of(operations, app, state) -> list[str]:
    """Return what in the operations of a migration would hurt the code that runs beside it.

    ``state`` is how the models are before it, and afterwards how they are after it.
    """
    made, added, faults = set(), set(), []
    for one in operations:
        model = getattr(one, "model_name_lower", None)
        if isinstance(one, migrations.CreateModel):
            made.add(one.name_lower)
        elif model not in made:
            found = _faults_of_operation(one, app, state, added)
            faults += [f"{one.describe()}: {fault}" for fault in found]
        if isinstance(one, migrations.AddField):
            added.add((model, one.name))
        one.state_forwards(app, state)
    return faults


def _faults_of_operation(one, app, state, added) -> list[str]:
    if isinstance(one, TAKEN_AWAY):
        return ["the code of the last release still reads it"]
    if isinstance(one, migrations.SeparateDatabaseAndState):
        return faults_of(one.database_operations, app, state.clone())
    if isinstance(one, migrations.AddField):
        return faults_of_field(_named(one.field, one.name))
    if isinstance(one, migrations.AlterField):
        before = state.models[app, one.model_name_lower].fields[one.name]
        return faults_of_change(_named(before, one.name), _named(one.field, one.name))
    if isinstance(one, migrations.AddConstraint):
        names = names_in_constraint(one.constraint)
        stored = {name for name in names if (one.model_name_lower, name) not in added}
        if stored or not names:
            return [f"the code of the last release does not keep a rule for {sorted(stored)}"]
    if isinstance(one, migrations.AlterUniqueTogether) and one.option_value:
        return ["the code of the last release does not keep it; add a UniqueConstraint"]
    return []


def _named(field, name):
    field = field.clone()
    field.set_attributes_from_name(name)  # without its column it has no CHECK
    return field


def names_in_constraint(part) -> set[str]:
    """Return the fields that a constraint, a condition or an expression is about."""
    if isinstance(part, models.BaseConstraint):
        _path, positional, named = part.deconstruct()
        parts = [*positional, *(named.get(name) for name in ("condition", "expressions"))]
        parts += [models.F(name) for name in named.get("fields", ())]
    elif isinstance(part, models.Q):
        parts = part.children
    elif isinstance(part, tuple):
        name, value = part
        return {name.split("__")[0]} | names_in_constraint(value)
    elif isinstance(part, models.F):
        return {part.name.split("__")[0]}
    else:
        ask = getattr(part, "get_source_expressions", list)
        parts = ask()
    return {name for each in parts for name in names_in_constraint(each)}


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


def faults_of_change(old, new) -> list[str]:
    """Return what a stored column would refuse of what the last release stores in it."""
    faults = []
    if old.null and not new.null:
        faults.append("the code of the last release leaves it empty; require it a release later")
    if new.unique and not old.unique:
        faults.append("the code of the last release stores the same twice")
    if new.db_check(connection) and not old.db_check(connection):
        faults.append("it brings a CHECK that the code of the last release does not keep")
    if old.has_db_default() and not new.has_db_default() and not new.null:
        faults.append("the code of the last release leaves it to the database to fill it")
    if new.column != old.column:
        faults.append("the code of the last release knows it by its old name")
    kinds = _kind(old), _kind(new)
    if kinds[0] != kinds[1] and kinds != ("varchar", "text"):
        faults.append("what the code of the last release stores is of another type")
    elif any(_is_less(old, new, size) for size in ("max_length", "max_digits", "decimal_places")):
        faults.append("what the code of the last release stores may be too long for it")
    return faults


def _kind(field) -> str | None:
    if field.is_relation:
        return f"{field.many_to_many} {field.remote_field.model}".lower()
    kind = field.db_type(connection)
    return kind and kind.split("(")[0].removesuffix(" unsigned")


def _is_less(old, new, size) -> bool:
    before, after = getattr(old, size, None), getattr(new, size, None)
    return after is not None and (before is None or after < before)


def state_of_posts():
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("slug", models.CharField(max_length=50)),
        ("note", models.TextField(null=True)),
        ("n", models.IntegerField(null=True)),
        ("filled", models.IntegerField(db_default=1)),
        ("price", models.DecimalField(max_digits=6, decimal_places=2)),
        ("by", models.ForeignKey("blog.user", models.CASCADE)),
    ]
    state = ProjectState()
    state.add_model(ModelState("blog", "post", fields))
    return state


def alter(name, field):
    return migrations.AlterField("post", name, field)


def constrain(**constraint):
    kind = models.UniqueConstraint if "fields" in constraint else models.CheckConstraint
    return migrations.AddConstraint("post", kind(name="posts_are_good", **constraint))


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
        (alter("slug", models.CharField("address", max_length=50, blank=True, default="")), 0),
        (alter("slug", models.CharField(max_length=60, null=True)), 0),
        (alter("slug", models.TextField()), 0),
        (alter("slug", models.CharField(max_length=40)), 1),
        (alter("slug", models.SlugField(max_length=50, unique=True)), 1),
        (alter("slug", models.CharField(max_length=50, db_column="name")), 1),
        (alter("slug", models.IntegerField()), 1),
        (alter("note", models.TextField(db_default="")), 1),
        (alter("note", models.CharField(max_length=500, null=True)), 1),
        (alter("n", models.PositiveIntegerField(null=True)), 1),
        (alter("n", models.PositiveIntegerField(unique=True)), 3),
        (alter("n", models.BigIntegerField(null=True)), 1),
        (alter("filled", models.IntegerField(default=1)), 1),
        (alter("price", models.DecimalField(max_digits=7, decimal_places=2)), 0),
        (alter("price", models.DecimalField(max_digits=5, decimal_places=2)), 1),
        (alter("by", models.ForeignKey("blog.user", models.PROTECT, verbose_name="author")), 0),
        (alter("by", models.OneToOneField("blog.user", models.CASCADE)), 1),
        (alter("by", models.ForeignKey("blog.course", models.CASCADE)), 1),
        (constrain(fields=["slug"]), 1),
        (constrain(condition=models.Q(n__gt=0)), 1),
        (migrations.AlterUniqueTogether("post", {("slug", "n")}), 1),
        (migrations.AlterUniqueTogether("post", set()), 0),
        (migrations.SeparateDatabaseAndState([migrations.RemoveField("post", "note")]), 1),
        (migrations.AddIndex("post", models.Index(fields=["slug"], name="by_slug")), 0),
    ],
    ids=lambda value: value.describe() if hasattr(value, "describe") else "",
)
def test_what_hurts_the_code_beside_it_is_known(operation, faults):
    assert len(faults_of([operation], "blog", state_of_posts())) == faults


@pytest.mark.parametrize(
    ("constraint", "faults"),
    [
        ({"fields": ["weight"]}, 0),
        ({"condition": models.Q(weight__gt=0) | ~models.Q(weight=None)}, 0),
        ({"condition": models.Q(weight__gt=models.F("n") + 1)}, 1),
        ({"condition": models.Q(models.Q(weight=None) | models.Q(slug=""))}, 1),
        ({"fields": ["weight"], "condition": models.Q(n__gt=0)}, 1),
        ({"fields": ["weight", "slug"]}, 1),
    ],
)
def test_a_rule_is_for_columns_that_come_with_it(constraint, faults):
    """What the last release leaves empty keeps it; in the columns that it has, it may not."""
    field = migrations.AddField("post", "weight", models.IntegerField(null=True))
    operations = [field, constrain(**constraint)]

    assert len(faults_of(operations, "blog", state_of_posts())) == faults


def test_a_rule_for_expressions_names_their_fields():
    rule = models.UniqueConstraint(models.functions.Lower("slug"), models.F("n").desc(), name="x")

    assert names_in_constraint(rule) == {"slug", "n"}


def test_a_table_is_made_whole():
    """Nobody uses it yet; Django adds some of its columns by operations of their own."""
    made = migrations.CreateModel("thing", [("id", models.BigAutoField(primary_key=True))])
    field = migrations.AddField("thing", "by", models.ForeignKey("blog.user", models.CASCADE))

    rule = models.UniqueConstraint(fields=["by"], name="one_thing_each")
    operations = [made, field, migrations.AddConstraint("thing", rule)]

    assert faults_of(operations, "blog", ProjectState()) == []


@pytest.mark.parametrize("app", LAST_EARLIER)
def test_later_migrations_let_the_last_release_run(app):
    loader = MigrationLoader(None, ignore_no_migrations=True, replace_migrations=False)
    faults = {
        name: faults_of(migration.operations, app, loader.project_state((app, name), at_end=False))
        for (label, name), migration in loader.disk_migrations.items()
        if label == app and name > LAST_EARLIER[app] and name not in DELIBERATE
    }

    assert faults == dict.fromkeys(faults, [])
