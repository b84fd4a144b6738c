from django.db import migrations


class CreateModels(migrations.SeparateDatabaseAndState):
    """Create many models at once, in any order.

    After each of Django's own operations all models that are related to its model are made anew, and
    here nearly all are: a new site would wait for that longer than for its database.

    What the schema editor puts off, indices and foreign keys, is done here as well. Django records a
    migration in its own transaction only where nothing is put off, and else after it, each of those
    that it replaces by itself: a site that is killed then could never be migrated.
    """

    def __init__(self, operations):
        super().__init__(operations, operations)

    def deconstruct(self):
        return type(self).__name__, [self.database_operations], {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # made when it is asked for, of all models
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.database_operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement, None)
        schema_editor.deferred_sql.clear()

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.database_operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)
