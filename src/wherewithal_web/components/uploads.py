"""Uploads: refused while they arrive once they are too large, so that nothing huge is ever kept."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from wherewithal.errors import BadInput
from wherewithal.sources import refusals
from wherewithal.sources.files import TextFile, bytes_of, read_text


class LimitedUpload(FileUploadHandler):
    """Stops an upload at ``LARGEST_UPLOAD`` bytes and leaves a note for the form."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        # Only noted here: Django listens for StopUpload once the fields before the file have been read, and
        # among those is the token without which there is no page to answer with.
        if content_length > settings.LARGEST_UPLOAD + 1024 * 1024:
            self.request.upload_too_large = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            self.request.upload_too_large = True
        if getattr(self.request, "upload_too_large", False):
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_large() -> BadInput:
    """The words for an upload that ``LimitedUpload`` stopped."""
    return refusals.too_large("the file", settings.LARGEST_UPLOAD)


class TextUpload(forms.FileField):
    """A text file of any encoding, read with limits. ``cleaned_data`` holds a ``TextFile``.

    Refuses with the library's own words, so that a page and a command say the same.
    """

    def clean(self, data: UploadedFile | None, initial: object = None) -> TextFile:
        if data is None:
            raise forms.ValidationError("Choose a file.")
        try:
            return read_text(data.file, name=data.name or "the file", largest=settings.LARGEST_UPLOAD)
        except BadInput as error:
            raise forms.ValidationError(words_of(error)) from error


class FilesInput(forms.ClearableFileInput):
    """A field for one file or several."""

    allow_multiple_selected = True


class FilesUpload(forms.FileField):
    """Files of any kind, read whole with limits. ``cleaned_data`` holds a list of their names and contents."""

    widget = FilesInput

    def clean(self, data: list[UploadedFile] | None, initial: object = None) -> list[tuple[str, bytes]]:
        if not data:
            raise forms.ValidationError("Choose a file.")
        try:
            return [
                (
                    file.name or "the file",
                    bytes_of(file.file, file.name or "the file", settings.LARGEST_UPLOAD),
                )
                for file in data
            ]
        except BadInput as error:
            raise forms.ValidationError(words_of(error)) from error


def words_of(error: BadInput, most: int = 20) -> list[str]:
    """A BadInput as lines for an error summary: the sentence, then its problems, the rest counted."""
    lines = [error.message, *(str(problem) for problem in error.problems[:most])]
    if len(error.problems) > most:
        lines.append(f"And {len(error.problems) - most} more of the same kind.")
    return lines
