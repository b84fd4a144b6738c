"""The changes between the lists of references of two texts."""

from blog.text.reference_diff import compare_references


def entry(key, title):
    return {"key": key, "csl": {"title": title}, "html": title}


def test_references_are_added_removed_and_changed_by_key():
    unchanged, gone, old = entry("a", "A"), entry("b", "B"), entry("c", "C")
    new, corrected = entry("d", "D"), entry("c", "C, corrected")

    found = compare_references([unchanged, gone, old], [corrected, unchanged, new])

    assert (found.added, found.removed, found.changed) == ((new,), (gone,), ((old, corrected),))


def test_the_same_references_in_another_order_are_the_same():
    assert compare_references(
        [entry("a", "A"), entry("b", "B")], [entry("b", "B"), entry("a", "A")]
    ).is_empty
