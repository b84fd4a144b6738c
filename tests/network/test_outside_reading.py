"""Posts from outside one's usual reading: whose they are, why, and how many."""

from network.queries import discover
from network.queries.outside_reading import OutsidePost, outside_reading
from tests import factories


def classmate(course, *pod):
    user = factories.make_user()
    factories.add_member(course, user)
    if pod:
        factories.make_pod(course, None, user, *pod)
    return user


def test_a_post_that_cites_the_same_work_is_the_one_offered(ada, course):
    work = factories.make_work(course)
    factories.make_reference(factories.make_post(ada, course), work, cited=True)
    stranger = classmate(course)
    citing = factories.make_post(stranger, course, "Cites it")
    factories.make_reference(citing, work, cited=True)
    factories.make_post(stranger, course, "Newer")

    assert outside_reading(ada, course) == [OutsidePost(citing, work=work)]


def test_a_peer_both_write_to_is_a_reason(ada, bob, course):
    stranger = classmate(course)
    post = factories.make_post(bob, course)
    for author in (ada, stranger):
        factories.make_comment(author, post)
    of_stranger = factories.make_post(stranger, course)

    assert outside_reading(ada, course) == [OutsidePost(of_stranger, peer=bob)]


def test_ones_pod_people_one_knows_the_team_and_oneself_are_left_out(ada, bob, instructor, course):
    podmate, known = classmate(course, ada), classmate(course)
    factories.make_comment(ada, factories.make_post(known, course))
    for author in (ada, podmate, known, instructor):
        factories.make_post(author, course)
    of_bob = factories.make_post(bob, course)
    ada.__dict__.pop("memberships_now", None)

    assert outside_reading(ada, course) == [OutsidePost(of_bob)]


def test_there_are_five_at_most_one_for_each_author_and_the_same_all_week(ada, course):
    for _ in range(7):
        author = classmate(course)
        factories.make_post(author, course)
        factories.make_post(author, course)

    found = outside_reading(ada, course)

    assert len({one.post.author_id for one in found}) == len(found) == 5
    assert outside_reading(ada, course) == found


def test_posts_that_the_reader_cannot_see_are_not_offered(ada, bob, course):
    factories.make_draft_post(bob, course)
    factories.make_withdrawn_post(bob, course)
    factories.make_post(bob, course, audience=factories.Audience.INSTRUCTORS)

    assert outside_reading(ada, course) == []


def test_suggestions_read_what_is_shared_and_not_the_course(course, ada, bob):
    shared, other = (factories.make_work(course, doi="") for _n in range(2))
    for author, work in [(ada, shared), (bob, shared), (bob, other)]:
        post = factories.make_post(author, course)
        factories.make_reference(post, work, key=f"key{work.pk}", cited=True)
    cyn = factories.make_user("Cyn Student")
    factories.add_member(course, cyn)
    factories.make_comment(ada, factories.make_post(cyn, course))
    factories.make_comment(bob, factories.make_post(cyn, course))
    factories.make_comment(cyn, factories.make_post(bob, course))
    students = frozenset({ada.pk, bob.pk, cyn.pk})

    assert discover._cited_works(ada, course) == {ada.pk: {shared.pk}, bob.pk: {shared.pk}}
    assert discover._written_to(ada, course, students) == {ada.pk: {cyn.pk}, bob.pk: {cyn.pk}}
