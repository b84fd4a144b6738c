"""Forms of imports from WordPress: upload files, and choose what comes as whose."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.courses.wordpress_words import REFUSALS, refusal_words
from blog.models import Audience, Course, Prompt, User, WordPressImport, name_for
from blog.queries.wordpress_plan import (
    GUEST,
    LEAVE,
    NO_PROMPT,
    Person,
    Plan,
    audiences,
    possible_authors,
    prompts_of,
)
from blog.text.lists import isolated
from blog.web.idempotency import IdempotencyKeyField
from blog.wordpress import Export, WordPressRefused, read_upload
from blog.wordpress.archives import MAX_FILE_BYTES, MAX_FILES, list_media

MAX_MEDIA_BYTES = 100_000_000


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files or [None]]


class WordPressUploadForm(forms.Form):
    """The files of a blog, and a zip of its pictures: both are read as they are cleaned."""

    export: Export
    media_paths: Sequence[str] = ()

    files = FilesField(
        label=gettext_lazy("Files from WordPress"),
        help_text=gettext_lazy(
            "In WordPress: Tools, Export, All content. XML, or the zip that WordPress.com sends. "
            "If there are several parts, choose all of them."
        ),
        error_messages={
            "required": gettext_lazy("Choose the file that WordPress gave you."),
            "empty": gettext_lazy("This file is empty."),
        },
        widget=FilesInput(attrs={"accept": ".xml,.zip"}),
    )
    media = forms.FileField(
        label=gettext_lazy("Pictures (optional)"),
        required=False,
        help_text=gettext_lazy(
            "A zip of the folder wp-content/uploads, up to 100 MB. Without it, pictures become "
            "links to the blog: nothing is fetched from there."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    key = IdempotencyKeyField()

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course

    def clean_files(self):
        files: list[UploadedFile] = self.cleaned_data["files"]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(str(REFUSALS["too_many_files"]))
        if any((one.size or 0) > MAX_FILE_BYTES for one in files):
            raise forms.ValidationError(str(REFUSALS["too_large"]))
        try:
            self.export = read_upload(
                [(one.name or "", one.read()) for one in files],
                zone=self.course.zone,
                now=timezone.now(),
            )
        except WordPressRefused as refusal:
            raise forms.ValidationError(refusal_words(refusal)) from refusal
        return files

    def clean_media(self):
        media = self.cleaned_data["media"]
        if media is None:
            return None
        if media.size > MAX_MEDIA_BYTES:
            raise forms.ValidationError(_("This zip is larger than 100 MB."))
        try:
            self.media_paths = list_media(media)
        except WordPressRefused as refusal:
            raise forms.ValidationError(refusal_words(refusal)) from refusal
        media.seek(0)
        return media

    @property
    def content(self) -> dict:
        """Return the content for the action, except the stored zip."""
        name = self.cleaned_data["files"][0].name
        return {"export": self.export, "name": name, "media_paths": self.media_paths}


class WordPressChoicesForm(forms.Form):
    """The choices of an import: who is who, the prompt of each post, the audience of the posts.

    ``is_final``: nothing may be left open, because the import starts.
    """

    def __init__(
        self,
        *args,
        wordpress_import: WordPressImport,
        plan: Plan,
        reader: User,
        is_final: bool = False,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        course = wordpress_import.course
        self.plan, self.is_final = plan, is_final
        self.fields["audience"] = forms.TypedChoiceField(
            label=_("Who can see the posts"),
            choices=[(one, _audience(one)) for one in audiences(course)],
            coerce=int,
            initial=plan.audience,
            help_text=_(
                "Private posts stay with their authors, who can change this for each post."
            ),
        )
        members = [
            (f"member-{pk}", name_for(person, reader))
            for pk, person in possible_authors(course).items()
        ]
        owner = name_for(wordpress_import.created_by, reader)
        for person in plan.people:
            self.fields[f"author-{person.index}"] = forms.ChoiceField(
                label=_("%(name)s is")
                % {"name": isolated(str(person.author.name or _("The unnamed author")))},
                choices=_people(members, owner, has_posts=bool(person.posts)),
                required=is_final and bool(person.posts),
                initial=person.chosen,
                help_text=_suggestion(person, reader),
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"required": _("Choose who this is.")},
            )
        prompts = [(f"prompt-{one.pk}", _prompt(one)) for one in prompts_of(course)]
        choices = [(NO_PROMPT, _("No prompt")), *prompts, (LEAVE, _("Leave it out"))]
        for planned in plan.posts:
            if planned.known is None:
                self.fields[f"post-{planned.index}"] = forms.ChoiceField(
                    label=_("What “%(title)s” is for")
                    % {"title": isolated(str(planned.post.title or _("Untitled")))},
                    choices=choices,
                    initial=planned.chosen,
                    required=False,
                    widget=forms.Select(attrs={"class": "form-select"}),
                )
        if wordpress_import.export.broken:
            self.fields["repaired"] = forms.BooleanField(
                label=_("Import the repaired text"),
                required=is_final,
                error_messages={
                    "required": _("Say that you want to import the repaired text, or upload "
                                  "another file."),
                },
            )  # fmt: skip
            self.initial["repaired"] = wordpress_import.answers.get("repaired") == "yes"

    def answers(self) -> dict[str, str]:
        """Return the values for the action: all that differ from the defaults."""
        data = self.cleaned_data
        answers = {name: str(value) for name, value in data.items() if value not in ("", False)}
        if data.get("repaired"):
            answers["repaired"] = "yes"
        return {name: value for name, value in answers.items() if value != NO_PROMPT}

    def people_rows(self) -> list[tuple]:
        return [(one, self[f"author-{one.index}"]) for one in self.plan.people]

    def post_rows(self) -> list[tuple]:
        """Return each post with its field, None for one that is here already."""
        return [
            (one, self[f"post-{one.index}"] if f"post-{one.index}" in self.fields else None)
            for one in self.plan.posts
        ]


def _people(members: Sequence[tuple[str, str]], owner: str, *, has_posts: bool) -> list[tuple]:
    """Return who somebody can be; ``owner`` is under whose name posts of nobody here are."""
    guest = _("A guest")
    if has_posts:
        words = _("Not in this course: posts by %(name)s, with this name in the text")
        guest = words % {"name": isolated(str(owner))}
    choices: list[tuple] = [(GUEST, guest), (LEAVE, _("Leave out"))]
    if has_posts:
        choices.insert(0, ("", _("Choose…")))
    return [*choices, (_("People of this course"), list(members))]


def _suggestion(person: Person, reader: User) -> str:
    """Return who has the email that the file gives somebody, for whoever chooses."""
    if person.suggested is None:
        return ""
    words = _(
        "Perhaps %(name)s: the file has their email. But its author could have entered any email."
    )
    return words % {"name": isolated(name_for(person.suggested, reader))}


def _prompt(prompt: Prompt) -> str:
    return f"{prompt.number}. {prompt.title}"


def _audience(audience: int) -> str:
    return {
        Audience.ONLY_ME: _("Each author alone"),
        Audience.INSTRUCTORS: _("Each author and the teaching team"),
        Audience.COURSE: _("Everyone in the course"),
    }[Audience(audience)]
