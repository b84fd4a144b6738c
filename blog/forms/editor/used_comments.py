"""The boxes beside a draft that say which comments its next version uses."""

from django import forms

from blog.web.keys import read_key

MAX_USED_COMMENTS = 500


class UsedCommentsField(forms.Field):
    """The keys of the comments that are checked, ascending; what is no key is passed over.

    Whose comments they are is asked when a version names them: ``name_used_comments``.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        keys = {read_key(str(each)) for each in value or ()} - {None}
        return sorted(keys)[:MAX_USED_COMMENTS]

    def bound_data(self, data, initial):
        return self.to_python(data)
