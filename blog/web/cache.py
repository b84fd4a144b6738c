"""The cache in the database, which does not hide that it cannot be written.

Django's answers a failed write as it answers a key that is taken. A rate limit would then refuse
everybody for having done too much, on a site whose disk is full.
"""

import errno

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache as DjangoDatabaseCache
from django.db import DatabaseError, IntegrityError, connections, router


class DatabaseCache(DjangoDatabaseCache):
    """Django's cache in the database; a write that fails raises, but for a key that is taken."""

    def _base_set(self, mode, key, value, timeout=DEFAULT_TIMEOUT):
        errors: list[DatabaseError] = []

        def note(execute, sql, params, many, context):
            try:
                return execute(sql, params, many, context)
            except DatabaseError as error:
                errors.append(error)
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(note):
            is_stored = super()._base_set(mode, key, value, timeout)  # type: ignore[misc]
        if is_stored or mode == "touch":
            return is_stored
        if not errors:  # then the commit failed
            raise OSError(errno.EIO, "The cache could not be written")
        if not isinstance(errors[-1], IntegrityError):
            raise errors[-1]
        return is_stored
