"""The demo's texts as data: complete, consistent with each other, and fit for its rules."""

import re
from collections import Counter, defaultdict
from itertools import combinations
from math import inf

import pytest

from blog.models import Audience, Comment
from blog.text import render_comment, render_post
from network.demo.comments import COMMENTS, FOLLOWS
from network.demo.grades import GRADES, RELEASES, RUBRIC
from network.demo.people import PEOPLE, PODS, STAFF, STUDENTS
from network.demo.posts import DRAFTS, POSTS
from network.demo.prompts import COURSE, PROMPTS
from network.demo.works import WORKS

PERSON = {person.key: person for person in PEOPLE}
POST = {post.id: post for post in POSTS}
PROMPT = {prompt.number: prompt for prompt in PROMPTS}
COMMENT = {comment.id: comment for comment in COMMENTS}
CSL = {work.key: work.csl for work in WORKS}
TEACHING = {person.key for person in STAFF if person.role != "observer"}
NOT_YET = {"bao", "marcus"}


def moment(thing):
    return (thing.day, thing.hour, thing.minute)


def addressee(comment):
    if comment.reply_to:
        return COMMENT[comment.reply_to].author
    return POST[comment.post].author


def depth(comment):
    return 1 + depth(COMMENT[comment.reply_to]) if comment.reply_to else 1


def versions(post):
    return [post.text, *(revision.text for revision in post.revisions)]


def readers(post):
    """Return the keys of the course's people who may read a post."""
    if post.audience in {"course", "signed_in", "public"}:
        return set(PERSON)
    pod = PERSON[post.author].pod if post.audience == "pod" else None
    mates = {person.key for person in STUDENTS if pod and person.pod == pod}
    return {post.author} | TEACHING | mates


def rendered(post, text):
    question = PROMPT[post.prompt].question if post.prompt else ""
    return render_post(text, CSL, prompt=question)


# People


@pytest.mark.parametrize("field", ["key", "username", "display_name", "email"])
def test_people_are_told_apart_by(field):
    values = [getattr(person, field) for person in PEOPLE]

    assert len(set(values)) == len(values)


def test_cast_has_a_teaching_team_and_six_pods_of_four():
    assert [person.role for person in STAFF] == ["instructor", "assistant", "observer"]
    assert Counter(person.pod for person in STUDENTS) == dict.fromkeys(PODS, 4)
    assert {person.role for person in STUDENTS} == {"student"}
    assert {person.pod for person in STAFF} == {None}


def test_people_have_reserved_addresses_and_a_few_words():
    for person in PEOPLE:
        assert re.fullmatch(r"[a-z.-]+@example\.edu", person.email)
        assert re.fullmatch(r"[a-z]+-[a-z]+-\d{4}", person.username)
        assert 20 <= len(person.about) <= 600


def test_all_students_but_two_have_posted_and_commented():
    students = {person.key for person in STUDENTS}
    posted = {post.author for post in POSTS if post.withdrawn is None}
    commented = {comment.author for comment in COMMENTS if not comment.deleted}

    assert students - posted == NOT_YET
    assert students - (posted & commented) == NOT_YET


def test_nobody_does_anything_before_joining_or_after_today():
    for thing in (*POSTS, *DRAFTS, *COMMENTS):
        assert PERSON[thing.author].joined_day <= thing.day < COURSE.today
        assert (0, 0) <= (thing.hour, thing.minute) <= (23, 59)
    for follow in FOLLOWS:
        joined = max(PERSON[key].joined_day for key in (follow.follower, follow.followed))
        assert joined <= follow.day < COURSE.today


# Works


def test_works_are_distinct_and_complete():
    dois = [csl["DOI"] for csl in CSL.values() if "DOI" in csl]

    assert len(CSL) == len(WORKS)
    assert len(set(dois)) == len(dois)
    for key, csl in CSL.items():
        assert csl["id"] == key
        assert csl["author"]
        assert csl["issued"]["date-parts"][0][0] > 1900
        assert csl["title"]


def test_every_work_is_cited_and_every_citation_has_its_work():
    cited = {key for post in (*POSTS, *DRAFTS) for key in post.cites}

    assert cited == set(CSL)


def test_two_works_of_one_year_get_letters():
    post = POST["tomasz-4"]

    html = rendered(post, post.text).html

    assert "Kimmons (2012a)" in html
    assert "Kimmons (2012b)" in html


# Prompts


def test_prompts_follow_each_other_and_the_last_is_open():
    assert [prompt.number for prompt in PROMPTS] == [1, 2, 3, 4]
    assert [prompt.due_day < COURSE.today for prompt in PROMPTS] == [True, True, True, False]
    for prompt in PROMPTS:
        assert prompt.opens_day < prompt.due_day < prompt.comments_due_day < COURSE.days
        assert prompt.opens_day < COURSE.today
        assert prompt.words_min < prompt.words_max
        assert set(prompt.required_works) <= set(CSL)


# Posts


def test_posts_are_many_and_distinct():
    assert len(POST) == len(POSTS) >= 60
    assert len({post.title for post in POSTS}) == len(POSTS)
    assert len({post.text[:80] for post in POSTS}) == len(POSTS)


def test_no_two_posts_share_a_run_of_nine_words():
    seen = {}
    for post in POSTS:
        words = re.findall(r"\w+", re.sub(r"^>.*$", "", post.text, flags=re.MULTILINE).lower())
        for start in range(len(words) - 8):
            run = tuple(words[start : start + 9])
            assert seen.setdefault(run, post.id) == post.id, (run, seen[run], post.id)


def test_each_person_posts_once_for_a_prompt_and_after_it_opened():
    answers = [(post.author, post.prompt) for post in (*POSTS, *DRAFTS) if post.prompt]

    assert len(set(answers)) == len(answers)
    for post in (*POSTS, *DRAFTS):
        assert PERSON[post.author].role == "student"
        if post.prompt:
            assert post.day >= PROMPT[post.prompt].opens_day


def test_ever_fewer_post_for_a_prompt_and_hardly_ever_late():
    answers = Counter(post.prompt for post in POSTS)
    late = [post.id for post in POSTS if post.prompt and post.day > PROMPT[post.prompt].due_day]

    assert answers == {1: 20, 2: 18, 3: 14, 4: 5, None: 10}
    assert late == ["santiago-3"]


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_post_has_its_words_and_references(post):
    for text in versions(post):
        result = rendered(post, text)

        assert result.unknown == ()
        if post.prompt:
            prompt = PROMPT[post.prompt]
            assert prompt.words_min <= result.words <= prompt.words_max
            assert 1 <= len(result.references) <= 4
            assert {reference.key for reference in result.references} <= set(post.cites)
        else:
            assert 60 <= result.words <= 350


def test_most_posts_have_the_references_asked_and_the_required_reading():
    answers = [post for post in POSTS if post.prompt]
    enough = [p for p in answers if len(p.cites) >= PROMPT[p.prompt].references_min]
    read = [p for p in answers if set(PROMPT[p.prompt].required_works) <= set(p.cites)]

    assert len(enough) / len(answers) > 0.9
    assert len(read) / len(answers) > 0.9


@pytest.mark.parametrize(
    "form", ["<blockquote ", "<table ", "<ol ", "<ul ", "<code>", 'class="footnotes"', "<strong>"]
)
def test_posts_show_the_form(form):
    assert any(form in rendered(post, post.text).html for post in POSTS)


def test_revisions_follow_in_time_and_change_something():
    revised = [post for post in POSTS if post.revisions]

    assert len(revised) == 2
    for post in revised:
        moments = [moment(post), *(moment(revision) for revision in post.revisions)]
        assert moments == sorted(moments)
        assert len(set(versions(post))) == len(versions(post))
        assert moments[-1][0] < COURSE.today


def test_one_post_is_withdrawn_after_it_was_published():
    withdrawn = [post for post in POSTS if post.withdrawn]

    assert [post.id for post in withdrawn] == ["anders-withdrawn"]
    assert withdrawn[0].withdrawn > moment(withdrawn[0])


def test_audiences_are_those_of_the_models():
    posts = {audience.name.lower() for audience in Audience}
    comments = {audience.name.lower() for audience in Comment.Audience}

    assert {post.audience for post in (*POSTS, *DRAFTS)} == posts
    assert {comment.audience for comment in COMMENTS} == comments


def test_public_posts_are_signed():
    for post in POSTS:
        assert post.audience != "public" or PERSON[post.author].public_name


def test_drafts_are_unfinished_thoughts_of_people_who_have_posted():
    authors = {post.author for post in POSTS}

    assert len(DRAFTS) == 3
    for draft in DRAFTS:
        assert draft.author in authors
        assert draft.id not in POST
        assert 20 <= rendered(draft, draft.text).words < 250


# Comments


def test_comments_are_many_and_distinct():
    assert len(COMMENT) == len(COMMENTS) >= 190
    assert len({comment.text for comment in COMMENTS}) == len(COMMENTS)


@pytest.mark.parametrize("comment", COMMENTS, ids=lambda comment: comment.id)
def test_comment_is_in_its_place(comment):
    post = POST[comment.post]

    assert comment.author in readers(post)
    assert PERSON[comment.author].role != "observer"
    assert post.withdrawn is None
    assert moment(comment) > moment(post)
    assert comment.deleted or addressee(comment) != comment.author
    assert 2 <= len(comment.text.split()) <= 90
    assert render_comment(comment.text).html.startswith("<p ")
    if comment.audience == "everyone":
        assert post.audience == "public"
        assert PERSON[comment.author].public_name
    if comment.reply_to:
        parent = COMMENT[comment.reply_to]
        assert parent.post == comment.post
        assert moment(parent) < moment(comment)
        assert not (parent.audience == "team" and comment.audience != "team")
        assert not (parent.audience == "readers" and comment.audience == "everyone")
        if parent.audience == "team":
            assert comment.author in {parent.author, post.author} | TEACHING


def test_threads_go_deep_and_some_posts_wait_for_a_comment():
    answered = {comment.post for comment in COMMENTS}
    waiting = [post.id for post in POSTS if post.id not in answered and not post.withdrawn]

    assert max(depth(comment) for comment in COMMENTS) >= 4
    assert 3 <= len(waiting) <= 8


def test_one_comment_is_deleted_and_its_replies_stay():
    (deleted,) = [comment for comment in COMMENTS if comment.deleted]

    assert [c.author for c in COMMENTS if c.reply_to == deleted.id] == ["graham"]


def test_students_mostly_meet_what_a_prompt_asks_of_their_comments():
    for prompt in PROMPTS[:3]:
        written = {post.author for post in POSTS if post.prompt == prompt.number}
        comments = Counter(
            comment.author for comment in COMMENTS if POST[comment.post].prompt == prompt.number
        )
        met = [key for key in written if comments[key] >= prompt.comments_min]
        assert len(met) / len(written) > 0.6


# Follows and ties


def test_follows_are_between_different_people_once():
    pairs = [(follow.follower, follow.followed) for follow in FOLLOWS]

    assert len(set(pairs)) == len(pairs) >= 45
    for follower, followed in pairs:
        assert follower != followed
        assert {PERSON[follower].role, PERSON[followed].role} == {"student"}


def test_students_are_tied_in_every_class_on_the_day_it_is_looked_at():
    """Reckon ties with plain numbers: what the engine will say to within rounding."""
    strength, days, units = defaultdict(float), defaultdict(set), Counter()
    for src, dst, _post, day in {
        (c.author, addressee(c), c.post, c.day) for c in COMMENTS if not c.deleted
    }:
        strength[src, dst] += 2 ** (-(COURSE.today - day) / 14)
        days[frozenset((src, dst))].add(day)
        units[frozenset((src, dst))] += 1
    follows = {frozenset((follow.follower, follow.followed)) for follow in FOLLOWS}

    classes, dormant, nearest = Counter(), 0, inf
    for pair in combinations([person.key for person in STUDENTS], 2):
        there, back = strength[pair], strength[pair[::-1]]
        met, both = units[frozenset(pair)], there + back
        if min(there, back) >= 0.75 and len(days[frozenset(pair)]) >= 3:
            classes["strong"] += 1
        elif both >= 0.5 and met >= 2:
            classes["weak"] += 1
        elif met or frozenset(pair) in follows:
            classes["very weak"] += 1
        dormant += met >= 3 and both < 0.25
        nearest = min(nearest, abs(both - 0.25), abs(min(there, back) - 0.75))

    assert classes["strong"] >= 10
    assert classes["weak"] >= 12
    assert classes["very weak"] >= 30
    assert dormant == 3
    assert nearest > 1e-4


# Grades


def test_rubric_has_four_criteria_of_four_rising_levels():
    assert len(RUBRIC.criteria) == 4
    for criterion in RUBRIC.criteria:
        points = [level.points for level in criterion.levels]
        assert [level.title for level in criterion.levels] == [
            "Not yet",
            "Partly",
            "Well",
            "Beyond",
        ]
        assert points == sorted(set(points))
        assert len({level.description for level in criterion.levels}) == 4


def test_grades_answer_posts_with_words_of_their_own():
    answers = {(post.prompt, post.author): post for post in POSTS if post.prompt}
    graded = [(grade.prompt, grade.student) for grade in GRADES]

    assert len(set(graded)) == len(graded) >= 40
    assert len({grade.feedback for grade in GRADES}) == len(GRADES)
    for grade in GRADES:
        assert grade.grader in TEACHING
        assert moment(grade) > moment(answers[grade.prompt, grade.student])
        assert PROMPT[grade.prompt].due_day < grade.day < COURSE.today
        assert len(grade.levels) == len(RUBRIC.criteria)
        assert set(grade.levels) <= set(range(4))
        assert 30 <= len(grade.feedback.split()) <= 90


def test_first_prompt_is_graded_in_full_before_its_release_and_no_other_is_released():
    answers = Counter(post.prompt for post in POSTS if post.prompt)
    graded = Counter(grade.prompt for grade in GRADES)
    last = max(moment(grade) for grade in GRADES if grade.prompt == 1)

    assert graded == {1: answers[1], 2: 14, 3: 6}
    assert graded[2] < answers[2]
    assert graded[3] < answers[3]
    assert list(RELEASES) == [1]
    assert last < RELEASES[1] < (COURSE.today, 0, 0)


def test_a_post_was_revised_after_its_grade():
    graded = {grade.student: moment(grade) for grade in GRADES if grade.prompt == 1}
    (revision,) = POST["ciaran-1"].revisions

    assert moment(revision) > graded["ciaran"]


# All texts


def test_texts_are_written_and_typeset():
    texts = [text for post in (*POSTS, *DRAFTS) for text in versions(post)]
    texts += [comment.text for comment in COMMENTS] + [grade.feedback for grade in GRADES]
    texts += [post.title for post in (*POSTS, *DRAFTS)] + [person.about for person in PEOPLE]
    texts += [prompt.question for prompt in PROMPTS]

    for text in texts:
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        assert not re.search(r"\b(lorem|ipsum|todo|xxx|placeholder)\b", prose, re.IGNORECASE), text
        assert not re.search(r"[\"']|--|\.\.\.", re.sub(r"^[|\s:-]+$", "", prose, flags=re.M)), text
