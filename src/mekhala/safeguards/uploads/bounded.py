"""A request's files are counted before they are read, and never lie on a disk on their way."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from mekhala.safeguards.uploads import LARGEST

WHOLE = LARGEST + 2 * 2**20  # bytes of one request: files, fields and what is between them


class BoundedUpload(FileUploadHandler):
    """First of the handlers: refuses a request that is too long; the next keeps it in memory."""

    def handle_raw_input(self, *said: Any, **more: Any) -> None:
        """Look at the length the request has named; Django reads no more than that."""
        length = said[2] if len(said) > 2 else more["content_length"]
        if length > WHOLE:
            raise RequestDataTooBig("files of more than 10 MB")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Pass on to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
