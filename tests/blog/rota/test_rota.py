"""The reply rota as an assignment: literals first, then what holds for every class."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blog.rota import OFFERS_PER_POST, Pair, RotaFacts, draw, offer


def class_of(students, **fields):
    """Return the facts of a class in which each student has published the post 100 + their key."""
    authors = {100 + student: student for student in students}
    fields.setdefault("uncommented", frozenset(authors))
    return RotaFacts(authors=authors, **fields)


def given_in(facts, pairs):
    return replace(facts, given=frozenset(pairs))


def loads(facts, pairs):
    """Return how many posts each student reads."""
    counts = Counter(pair.reader for pair in pairs)
    return {student: counts[student] for student in facts.readers}


def readers(facts, pairs):
    """Return how many readers each post has."""
    counts = Counter(pair.post for pair in pairs)
    return {post: counts[post] for post in facts.authors}


def spread(facts, pairs):
    return max(loads(facts, pairs).values()) - min(loads(facts, pairs).values())


# A first assignment


@pytest.mark.parametrize(
    ("students", "posts_each"), [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (40, 2)]
)
def test_everybody_reads_two_others_and_has_two_readers(students, posts_each):
    facts = class_of(range(students))

    pairs = draw(facts)

    assert set(loads(facts, pairs).values()) <= {posts_each}
    assert set(readers(facts, pairs).values()) <= {posts_each}
    assert all(facts.authors[pair.post] != pair.reader for pair in pairs)


def test_two_seeds_make_two_rotas_and_one_seed_makes_one():
    facts = class_of(range(20))

    assert draw(facts) == draw(facts)
    assert draw(facts) != draw(replace(facts, seed=1))


def test_another_process_makes_the_same_rota():
    program = (
        "from blog.rota import RotaFacts, draw\n"
        "print(sorted(map(tuple, draw(RotaFacts(authors={100 + s: s for s in range(9)})))))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert printed == {str(sorted(map(tuple, draw(class_of(range(9))))))}


def test_a_pod_comes_first_where_the_prompt_says_so():
    pods = {student: student // 4 for student in range(12)}
    facts = class_of(range(12), pods=pods)

    first, mixed = draw(replace(facts, pods_first=True)), draw(facts)

    assert all(pods[reader] == pods[post - 100] for reader, post in first)
    assert any(pods[reader] != pods[post - 100] for reader, post in mixed)


def test_a_small_pod_is_filled_up_from_the_course():
    facts = class_of(range(6), pods={0: 1, 1: 1}, pods_first=True)

    pairs = draw(facts)

    assert {Pair(0, 101), Pair(1, 100)} <= pairs
    assert set(loads(facts, pairs).values()) == {2}


@pytest.mark.parametrize("pods_first", [False, True])
def test_nobody_reads_whom_they_read_last_time(pods_first):
    pods = {student: student // 4 for student in range(16)}
    facts = class_of(range(16), pods=pods, pods_first=pods_first)
    last = draw(facts)
    earlier = frozenset((pair.reader, facts.authors[pair.post]) for pair in last)

    pairs = draw(replace(facts, earlier=earlier))

    assert pairs & last == frozenset()
    assert set(loads(facts, pairs).values()) == {2}


def test_three_people_read_each_other_again():
    facts = class_of(range(3), earlier=frozenset((a, b) for a in range(3) for b in range(3)))

    assert set(readers(facts, draw(facts)).values()) == {2}


def test_a_comment_that_was_written_unasked_counts():
    unasked = frozenset({Pair(0, 105), Pair(3, 101), Pair(7, 100)})

    assert unasked <= draw(class_of(range(20), commented=unasked))


# Repairs


def test_a_rota_that_needs_nothing_stays():
    facts = class_of(range(20))
    pairs = draw(facts)

    assert draw(given_in(facts, pairs)) == pairs


@pytest.mark.parametrize(("late", "numbers"), [(1, {2, 3}), (2, {2, 3}), (3, {2})])
def test_late_posts_find_readers_and_take_nothing_from_anybody(late, numbers):
    """Three who are late can read each other; fewer read others, and others read them."""
    facts = class_of(range(20))
    pairs = draw(facts)
    later = given_in(class_of(range(20 + late)), pairs)

    repaired = draw(later)

    assert pairs <= repaired
    assert min(readers(later, repaired).values()) == 2
    assert set(loads(later, repaired).values()) == numbers


def test_posts_of_somebody_who_left_go_to_those_who_lost_theirs():
    facts = class_of(range(20))
    pairs = draw(facts)
    later = given_in(class_of(range(1, 20)), pairs)

    repaired = draw(later)

    kept = {pair for pair in pairs if pair.reader != 0 and pair.post != 100}
    assert repaired - kept == repaired - pairs
    assert kept <= repaired
    assert len(repaired - pairs) == 2
    assert set(loads(later, repaired).values()) == {2}


def test_comments_by_somebody_who_left_are_done():
    facts = class_of(range(20))
    pairs = draw(facts)
    done = frozenset(pair for pair in pairs if pair.reader == 0)
    later = replace(given_in(class_of(range(1, 20)), pairs), commented=done)

    repaired = draw(later)

    assert done <= repaired
    assert min(readers(later, repaired).values()) == 2
    assert spread(later, repaired) <= 1


def test_what_was_done_on_a_withdrawn_post_counts_for_its_reader():
    facts = class_of(range(20))
    pairs = draw(facts)
    done = frozenset(pair for pair in pairs if pair.post == 100)
    later = replace(given_in(class_of(range(1, 20)), pairs), commented=done)

    repaired = draw(later)

    assert done <= repaired
    assert {loads(later, repaired)[pair.reader] for pair in done} <= {2, 3}


def test_a_withdrawn_post_is_given_to_nobody():
    facts = class_of(range(20))
    pairs = draw(facts)

    repaired = draw(given_in(class_of(range(1, 20)), pairs))

    assert 100 not in {pair.post for pair in repaired}


def test_a_post_that_was_narrowed_is_taken_back():
    facts = class_of(range(20))
    pairs = draw(facts)
    later = replace(given_in(facts, pairs), restricted={105: frozenset({1, 2})})

    repaired = draw(later)

    assert {pair.reader for pair in repaired if pair.post == 105} == {1, 2}
    assert spread(later, repaired) <= 1


def test_a_large_course_is_repaired_with_no_change_but_the_missing_pairs():
    facts = class_of(range(120), pods={student: student // 4 for student in range(120)})
    pairs = draw(facts)
    later = given_in(class_of(range(6, 122), pods=facts.pods, pods_first=True), pairs)

    repaired = draw(later)

    assert {pair for pair in pairs if later.can_be_given(pair)} <= repaired
    assert set(readers(later, repaired).values()) == {2}
    assert set(loads(later, repaired).values()) == {2}


# Offers


def commented_by(facts, *students):
    done = frozenset(pair for pair in facts.given if pair.reader in students)
    waiting = facts.uncommented - {pair.post for pair in done}
    return replace(facts, commented=facts.commented | done, uncommented=waiting)


@pytest.fixture
def rota():
    facts = class_of(range(10))
    return given_in(facts, draw(facts))


def test_nothing_is_offered_to_those_who_have_not_done_theirs(rota):
    assert offer(rota) == frozenset()


def test_each_waiting_post_is_offered_to_people_who_have_done_theirs(rota):
    facts = commented_by(rota, 0, 1, 2, 3)

    offers = offer(facts)

    assert {pair.reader for pair in offers} <= {0, 1, 2, 3}
    assert {pair.post for pair in offers} <= facts.uncommented
    assert max(Counter(pair.reader for pair in offers).values()) == 1
    assert offers & facts.given == frozenset()


def test_the_fewest_comments_are_asked_first(rota):
    facts = commented_by(rota, *range(1, 10))
    one_left = replace(facts, uncommented=frozenset({100}))
    busy = frozenset(Pair(reader, 900) for reader in range(3, 10))
    readers_of_100 = {pair.reader for pair in rota.given if pair.post == 100}
    free = {1, 2} - readers_of_100
    assert free

    offers = offer(replace(one_left, commented=facts.commented | busy))

    assert free & {pair.reader for pair in offers} == free


def test_a_post_is_offered_twice_at_most_and_again_to_nobody(rota):
    facts = commented_by(rota, *range(1, 10))
    facts = replace(facts, uncommented=frozenset({100}))
    first = offer(facts)

    assert len(first) == OFFERS_PER_POST
    assert offer(replace(facts, offered=first)) == frozenset()


def test_whoever_took_up_an_offer_can_be_asked_again(rota):
    facts = commented_by(rota, 0)
    [first] = offer(facts)
    later = replace(
        facts,
        offered=frozenset({first}),
        commented=facts.commented | {first},
        uncommented=facts.uncommented - {first.post},
    )

    [second] = offer(later)

    assert (second.reader, second.post != first.post) == (0, True)


# Whatever the class


@st.composite
def classes(draw_value):
    """Return a class of any size with pods, restricted posts, an earlier rota and comments."""
    students = range(draw_value(st.integers(0, 14)))
    keys = st.sampled_from([*students] or [0])
    pairs = st.builds(lambda reader, author: Pair(reader, 100 + author), keys, keys)
    few = st.frozensets(keys, max_size=4)
    return class_of(
        students,
        readers_per_post=draw_value(st.integers(1, 4)),
        pods_first=draw_value(st.booleans()),
        seed=draw_value(st.integers(0, 3)),
        pods=draw_value(st.dictionaries(keys, st.integers(1, 3))),
        restricted=draw_value(st.dictionaries(keys.map(lambda key: 100 + key), few, max_size=3)),
        commented=draw_value(st.frozensets(pairs, max_size=8)),
        earlier=draw_value(st.frozensets(st.tuples(keys, keys), max_size=20)),
    )


def wanted(facts):
    """Return for each post how many readers it should have: fewer where fewer can read it."""
    return {
        post: min(
            facts.readers_per_post,
            sum(facts.can_be_given(Pair(reader, post)) for reader in facts.readers),
        )
        for post in facts.authors
    }


@given(classes())
def test_nobody_is_given_a_post_they_cannot_read_and_each_post_has_its_readers(facts):
    pairs = draw(facts)

    assert all(facts.can_be_given(pair) for pair in pairs)
    assert all(readers(facts, pairs)[post] >= n for post, n in wanted(facts).items())
    assert draw(given_in(facts, pairs)) == pairs


@given(classes())
def test_loads_differ_by_one_at_most_if_everybody_can_read_everything(facts):
    facts = replace(facts, restricted={})
    assume(facts.authors)

    assert spread(facts, draw(facts)) <= 1


@given(classes(), st.data())
def test_a_repair_keeps_what_is_done_and_most_of_the_rest(facts, data):
    facts = replace(facts, restricted={}, commented=frozenset())
    pairs = draw(facts)
    done = data.draw(st.frozensets(st.sampled_from(sorted(pairs) or [Pair(0, 100)])))
    done &= pairs
    gone = data.draw(st.frozensets(st.sampled_from(sorted(facts.readers) or [0]), max_size=2))
    late = range(50, 50 + data.draw(st.integers(0, 3)))
    later = class_of(
        sorted(facts.readers - gone) + [*late],
        readers_per_post=facts.readers_per_post,
        seed=facts.seed,
        given=pairs,
        commented=done,
    )

    repaired = draw(later)

    possible = {pair for pair in pairs - done if later.can_be_given(pair)}
    assert done <= repaired
    assert repaired - done == {p for p in repaired - done if later.can_be_given(p)}
    assert all(
        sum(p.post == post for p in repaired) >= min(later.readers_per_post, n)
        for post, n in wanted(later).items()
    )
    assert done or not later.authors or spread(later, repaired) <= 1
    # A post is taken back only where a late one had to find readers among few people.
    assert len(possible - repaired) <= len(late) * later.readers_per_post


@given(classes(), st.data())
def test_an_offer_is_one_that_somebody_free_can_take_up(facts, data):
    pairs = draw(facts)
    done = data.draw(st.frozensets(st.sampled_from(sorted(pairs) or [Pair(0, 100)]))) & pairs
    later = replace(
        given_in(facts, pairs),
        commented=facts.commented | done,
        uncommented=facts.uncommented - {pair.post for pair in facts.commented | done},
    )

    offers = offer(later)

    left = {pair.reader for pair in pairs - later.commented}
    assert all(later.can_be_given(pair) for pair in offers)
    assert not left & {pair.reader for pair in offers}
    assert offers & (pairs | later.commented) == frozenset()
    assert max(Counter(p.reader for p in offers).values(), default=0) <= 1
