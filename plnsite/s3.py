"""Files in S3, or in another store that speaks its language."""

from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage as DjangoS3Storage

IN_MEMORY = 2**20  # bytes of a file; what is longer is on the disk while it is read


class S3Storage(DjangoS3Storage):
    """django-storages’ storage, with limits of time, and files that are read by one request.

    Nobody but this site reads the bucket: a view sends each picture, and asks whether its reader
    may see it. A picture has at most some hundred kilobytes, so it is read whole into memory. A
    zip of everything of a person can be larger than that, and several are read at once.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            "file_overwrite": False,
            "default_acl": None,
            "client_config": Config(
                connect_timeout=5,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 2},
                signature_version="s3v4",
                # Not all stores know the sums that newer clients add.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            "transfer_config": TransferConfig(use_threads=False),
        }

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("Files are opened for reading, as bytes.")
        key = self._normalize_name(name)
        try:
            answer = self.bucket.Object(key).get()
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("NoSuchKey", "404"):
                raise
        else:
            file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever reads it closes it
            try:
                copyfileobj(answer["Body"], file)
            except BaseException:
                file.close()
                raise
            file.flush()  # its size is asked of the disk
            file.seek(0)
            return File(file, name)
        # Out here, because it does not come from an error of the store: that would be an outage.
        raise FileNotFoundError(f"There is no file {name}")
