"""Addresses of posts."""

import pytest

from blog.text.slugs import base_slug, free_slug, post_of_draft_slug, slug_of_draft


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Weak ties!", "weak-ties"),
        ("Économie & réseaux", "economie-reseaux"),
        ("社会网络", "post"),
        ("—", "post"),
        ("a" * 200, "a" * 80),
        (f"{'a' * 79} b", "a" * 79),
    ],
)
def test_an_address_is_made_of_the_title(title, slug):
    assert base_slug(title) == slug


@pytest.mark.parametrize(
    ("base", "taken", "slug"),
    [
        ("ties", set(), "ties"),
        ("ties", {"ties", "ties-2"}, "ties-3"),
        ("new", set(), "new-2"),
        ("drafts", set(), "drafts-2"),
        ("release", {"release-2"}, "release-3"),
        ("draft-000017", set(), "draft-000017-2"),
        ("draft-2", set(), "draft-2"),
    ],
)
def test_an_address_is_nobody_elses_and_means_nothing_else(base, taken, slug):
    assert free_slug(base, taken) == slug


@pytest.mark.parametrize("pk", [1, 17, 12_345_678])
def test_the_address_of_a_draft_leads_back_to_its_post(pk):
    assert post_of_draft_slug(slug_of_draft(pk)) == pk


@pytest.mark.parametrize("slug", ["ties", "draft-17", "draft-000017-2", "draft-" + "9" * 19])
def test_other_addresses_lead_to_no_draft(slug):
    assert post_of_draft_slug(slug) is None
