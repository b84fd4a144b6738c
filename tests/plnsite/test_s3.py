"""Pictures in a bucket: written, shown to whom they are for, and deleted there and nowhere else."""

from datetime import timedelta

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError
from botocore.response import StreamingBody
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.test import Client
from django.urls import reverse
from moto import mock_aws

from blog.models import Audience, Picture, private_files
from blog.tasks import delete_old_takeouts
from blog.web.outages import is_outage
from plnsite import settings as site
from plnsite.deployment import check_deployment
from plnsite.s3 import IN_MEMORY
from tests import factories
from tests.blog.views.editor.test_pictures import filled, publish

BUCKET = "pictures-of-a-course"


@pytest.fixture
def bucket(settings, monkeypatch):
    """Yield a site whose pictures are in a bucket, as its environment says, and what is in that."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "S3_BUCKET": BUCKET,
        "S3_REGION": "eu-central-1",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        s3 = boto3.resource("s3", region_name="eu-central-1")
        place = {"LocationConstraint": "eu-central-1"}
        made = s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
        settings.STORAGES = settings.STORAGES | {"default": site.picture_storage()}
        yield made


def keys(bucket) -> set[str]:
    return {item.key for item in bucket.objects.all()}


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course, text="Where we met.")


@pytest.fixture
def picture(client, bucket, post, ada):
    client.force_login(ada)
    client.post(reverse("picture_add", args=[post.course.slug, post.slug]), filled())
    return Picture.objects.get()


def test_an_upload_is_in_the_bucket_and_not_on_the_disk(bucket, picture, post, settings):
    assert keys(bucket) == {picture.large.name, picture.small.name}
    assert keys(bucket) == {
        f"pictures/{post.course_id}/{picture.token}{ending}.webp" for ending in ("", "-small")
    }
    assert not list(settings.MEDIA_ROOT.rglob(f"*{picture.token}*"))
    # Private: whoever has the address of the bucket has nothing.
    grants = bucket.Object(picture.large.name).Acl().grants
    assert all("AllUsers" not in str(grant["Grantee"]) for grant in grants)


def test_the_view_sends_it_to_whom_it_is_for_and_asks_each_time(
    client, bucket, picture, post, ada, bob, eve
):
    address = reverse("picture_file", args=[picture.token, "large"])
    as_bob, as_eve = Client(), Client()
    as_bob.force_login(bob)
    as_eve.force_login(eve)

    before = as_bob.get(address)
    publish(post, picture.markdown, audience=Audience.COURSE)
    answer = as_bob.get(address)
    headers = {"If-None-Match": answer["ETag"]}
    bucket.Object(picture.large.name).delete()  # nobody needs it for what a browser has
    again = as_bob.get(address, headers=headers)

    assert (before.status_code, answer.status_code, again.status_code) == (404, 200, 304)
    assert answer.content.startswith(b"RIFF")
    assert int(answer["Content-Length"]) == len(answer.content)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "private, no-cache")
    assert as_eve.get(address, headers=headers).status_code == 404
    assert as_bob.get(address).status_code == 404  # it is gone from the bucket


def test_what_is_not_kept_is_deleted(bucket, picture):
    picture.delete_files()

    assert keys(bucket) == set()


def test_a_file_never_takes_the_place_of_another(bucket, picture):
    name = default_storage.save(picture.large.name, ContentFile(b"another"))

    assert name != picture.large.name
    with default_storage.open(name) as file:
        assert file.read() == b"another"
    with pytest.raises(FileNotFoundError):
        default_storage.open("pictures/none.webp")


@pytest.mark.parametrize("size", [IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY])
def test_what_is_large_is_read_from_the_disk_and_not_from_memory(bucket, size):
    content = bytes(range(256)) * (size // 256) + b"z" * (size % 256)
    name = default_storage.save("takeouts/large.zip", ContentFile(content))

    with default_storage.open(name) as file:
        assert file.file._rolled == (size > IN_MEMORY)
        assert file.size == size
        assert file.read() == content
    with default_storage.open(name) as file:
        response = FileResponse(file, as_attachment=True, filename="mine.zip")
        assert int(response["Content-Length"]) == size
        assert b"".join(response.streaming_content) == content


def test_a_file_that_breaks_off_is_an_outage(bucket, monkeypatch):
    name = default_storage.save("takeouts/large.zip", ContentFile(b"z" * 100))

    def fail(*args, **kwargs):
        raise ReadTimeoutError(endpoint_url="https://s3.example")

    monkeypatch.setattr(StreamingBody, "read", fail)

    with pytest.raises(ReadTimeoutError) as raised:
        default_storage.open(name)
    assert is_outage(raised.value)


def test_files_that_no_row_names_are_deleted_from_the_bucket_too(bucket, ada, monkeypatch):
    named = factories.make_takeout(ada).file.name
    stray = default_storage.save("takeouts/stray.zip", ContentFile(b"half of a zip"))
    other = default_storage.save("pictures/stray.webp", ContentFile(b"a picture"))

    assert delete_old_takeouts() == 0
    monkeypatch.setattr(private_files, "UNNAMED_FOR", timedelta(seconds=-60))  # as if it were later
    assert delete_old_takeouts() == 1

    assert keys(bucket) == {named, other}
    assert not default_storage.exists(stray)


def test_a_bucket_that_does_not_answer_is_an_outage(client, bucket, picture, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise EndpointConnectionError(endpoint_url="https://s3.example")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", fail)

    answer = client.get(reverse("picture_file", args=[picture.token, "large"]))

    assert answer.status_code == 503
    assert [warning.id for warning in check_deployment(None)] == ["plnsite.W002"]


def test_the_deployment_check_finds_a_bucket_and_misses_one(bucket, db):
    assert check_deployment(None) == []
    bucket.delete()

    [warning] = check_deployment(None)

    assert warning.msg.startswith("The bucket of S3_BUCKET does not answer: ")
