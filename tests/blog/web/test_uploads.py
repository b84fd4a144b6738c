"""Pages that take a file: once for each form, refused at its field, and not too often."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.forms.gradebook.lms_files import LmsUploadForm
from blog.spreadsheets import TableRefused
from blog.web.rate_limits import TooManyRequests
from blog.web.uploads import start_upload

KEY = "5b0bd3c8-2f2c-4e6c-9b2f-0e4a1b7f3a10"


def sent(rf, person, start):
    request = rf.post("/upload/", {"key": KEY})
    request.user = person
    form = LmsUploadForm(request.POST, {"grade_file": SimpleUploadedFile("g.csv", b"a,b\n1,2\n")})
    return form, start_upload(request, form, "upload 1", scope="uploads", start=start)


def refuse():
    raise TableRefused("no_people")


def test_a_page_that_is_opened_starts_nothing(rf):
    assert start_upload(rf.get("/upload/"), None, "upload 1", scope="uploads", start=refuse) is None


def test_a_form_that_is_sent_twice_starts_once(rf, ada):
    starts = []

    def start():
        starts.append(1)
        return "/started/"

    assert [sent(rf, ada, start)[1] for _ in range(2)] == ["/started/", "/started/"]
    assert len(starts) == 1


def test_a_refused_file_is_named_at_its_field(rf, ada):
    form, address = sent(rf, ada, refuse)

    assert address is None
    assert "There are no people in this file." in str(form.errors["grade_file"])


def test_too_many_files_are_refused(rf, ada, monkeypatch):
    monkeypatch.setattr("blog.web.uploads.READINGS", 1)
    sent(rf, ada, refuse)

    with pytest.raises(TooManyRequests):
        sent(rf, ada, refuse)
