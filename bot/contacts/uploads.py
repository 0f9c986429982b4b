"""Reads a form with a file out of a request as it comes in: nothing of it touches a disk."""

from collections.abc import Iterator
from typing import IO

from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

AT_ONCE = 64 * 1024
MOST_FIELD = 1024  # bytes of a field that is no file


class NoForm(Exception):
    """What came is no form with a file."""


class Upload:
    """A form on its way: its fields first, then, as `parts`, the file. Raises NoForm."""

    def __init__(self, content_type: str, body: IO[bytes], most: int) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get("boundary", "")
        if kind != "multipart/form-data" or not boundary:
            raise NoForm
        self._body = body
        self._decoder = MultipartDecoder(boundary.encode(), max_form_memory_size=most, max_parts=20)
        self.fields: dict[str, str] = {}
        self.has_file = False
        self._read_fields()

    def _events(self) -> Iterator[Field | File | Data]:
        while True:
            try:
                event = self._decoder.next_event()
                if isinstance(event, NeedData):
                    part = self._body.read(AT_ONCE)
                    self._decoder.receive_data(part or None)
                    continue
            except ValueError:
                raise NoForm from None
            if isinstance(event, Epilogue):
                return
            if isinstance(event, Field | File | Data):
                yield event

    def _read_fields(self) -> None:
        self._source = self._events()
        name, held = "", b""
        for event in self._source:
            if isinstance(event, File):
                self.has_file = bool(event.filename)
                return
            if isinstance(event, Field):
                name, held = event.name or "", b""
            elif isinstance(event, Data):
                held += event.data
                if len(held) > MOST_FIELD:
                    raise NoForm
                self.fields[name] = held.decode("utf-8", "replace")

    def parts(self) -> Iterator[bytes]:
        """The file, piece after piece."""
        for event in self._source:
            if not isinstance(event, Data):
                return
            if event.data:
                yield bytes(event.data)
            if not event.more_data:
                return
