"""Names that run from the right turn nothing beside them around."""

import pytest

from blog.templatetags.names import isolated


@pytest.mark.parametrize("name", ["Ada Luna", "Nguyễn Văn", "李明", ""])
def test_other_names_stay_as_they_are(name):
    assert isolated(name) == name


@pytest.mark.parametrize("name", ["נועה", "نور حداد", "Noor نور"])
def test_name_from_the_right_is_isolated(name):
    assert isolated(name) == f"\u2068{name}\u2069"
