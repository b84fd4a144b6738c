"""Rows about grading, as the factories beside this make others."""

from blog.models import (
    Calibration,
    Criterion,
    FeedbackReply,
    Grading,
    Level,
    Rubric,
    SavedComment,
    Score,
)


def make_rubric(course, title="Reflection", criteria=("Answers the prompt", "Uses evidence")):
    """Make a rubric whose criteria have four levels worth 1 to 4 points."""
    rubric = Rubric.objects.create(course=course, title=title)
    for place, name in enumerate(criteria, start=1):
        criterion = Criterion.objects.create(rubric=rubric, position=place, title=name)
        for step, level in enumerate(["Not yet", "Partly", "Well", "Beyond"], start=1):
            Level.objects.create(
                criterion=criterion,
                position=step,
                title=level,
                description=f"{name}: {level}.",
                hundredths=step * 100,
            )
    return rubric


def make_grading(post, grader, text="Read with interest.", *, level=None, **fields):
    """Make the grade of record for a post's prompt, the same level for each criterion."""
    fields.setdefault("of_record", True)
    if fields.get("released_at"):
        fields.setdefault("released_rubric", post.prompt.rubric)
    feedback = Grading.objects.create(
        prompt=post.prompt,
        student=post.author,
        grader=grader,
        post=post,
        revision=post.revision,
        text=text,
        html=f"<p>{text}</p>",
        **fields,
    )
    give_levels(feedback, level)
    return feedback


def give_levels(grading, level):
    """Give a grading the same level for each criterion; none if that is None."""
    for criterion in grading.rubric.criteria.all() if level is not None else ():
        chosen = criterion.levels.get(position=level)
        Score.objects.create(grading=grading, criterion=criterion, level=chosen)


def make_feedback_reply(post, text="Fewer claims, more sources.", **fields):
    """Make what the author of a post will change after the feedback on it."""
    return FeedbackReply.objects.create(
        prompt=post.prompt, student=post.author, text=text, html=f"<p>{text}</p>", **fields
    )


def make_former_reply(reply, text="Fewer claims.", **fields):
    """Make what a reply to feedback said before it was edited."""
    fields = {"html": f"<p>{text}</p>", "written_at": reply.created_at, **fields}
    return reply.revisions.create(text=text, **fields)


def make_comments_grading(prompt, student, grader, text="You went back.", *, level=None, **fields):
    """Make the grade of record for a student's comments, the same level for each criterion."""
    fields = {"of_record": True, "html": f"<p>{text}</p>", **fields}
    grading = Grading.objects.create(
        prompt=prompt,
        student=student,
        grader=grader,
        kind=Grading.Kind.COMMENTS,
        text=text,
        **fields,
    )
    give_levels(grading, level)
    return grading


def make_calibration(prompt, *posts, by, **fields):
    """Let all graders of a prompt grade these posts first."""
    calibration = Calibration.objects.create(prompt=prompt, begun_by=by, **fields)
    calibration.posts.set(posts)
    return calibration


def make_saved_comment(owner, text="Which source says so?", *, position=1):
    """Make a comment that a grader keeps."""
    return SavedComment.objects.create(owner=owner, text=text, position=position)
