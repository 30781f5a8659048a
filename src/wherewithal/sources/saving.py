"""Results written to a file as they come, so that a failure in the middle loses nothing.

``OUT.part`` grows by one line a page, in the service's own form; ``OUT.resume`` says where to go on. When all is
there, the part is put in the place of OUT in one step.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from wherewithal.errors import BadInput, Problem
from wherewithal.sources.paging import Batch, Fetch, Place

T = TypeVar("T")


@dataclass(frozen=True)
class Form:
    """How a service's results stand in a file. ``line`` writes one page; ``before`` and ``after`` go around all of
    them where the form is one document.
    """

    line: Callable[[Sequence[Any], int | None], str]
    before: str = ""
    after: str = ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


FORMS: Mapping[str, Form] = {
    "openalex": Form(lambda raw, total: _json({"meta": {"count": total}, "results": raw})),
    "europepmc": Form(lambda raw, total: _json({"hitCount": total, "resultList": {"result": raw}})),
    "crossref": Form(
        lambda raw, total: _json(
            {"status": "ok", "message-type": "work-list", "message": {"total-results": total, "items": raw}}
        )
    ),
    "govuk": Form(lambda raw, total: _json({"results": raw, "total": total, "start": 0})),
    "nice": Form(lambda raw, total: _json({"IndexItems": raw})),
    "oai-pmh": Form(
        lambda raw, total: "\n".join(raw),
        before='<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        '<request verb="ListRecords" metadataPrefix="oai_dc"/>\n<ListRecords>\n',
        after="</ListRecords>\n</OAI-PMH>\n",
    ),
}
"""The form of each service that gives pages. Files of pages one a line are read back by the source's own
``read_file``, and those of OpenAlex and Europe PMC by ``records convert``.
"""


class Saving:
    """One search on its way into a file.

    ``asked`` is what tells searches apart (source, query, dates): an earlier part is gone on with only where it
    is the same. Raises BadInput where OUT or an earlier part would be lost.
    """

    def __init__(
        self, out: Path, form: Form, asked: Mapping[str, str], *, resume: bool, replace: bool
    ) -> None:
        self.out = out
        self.part = out.with_name(out.name + ".part")
        self.note = out.with_name(out.name + ".resume")
        self.form = form
        self.asked = dict(asked)
        self.before = 0
        self.place: Place | None = None
        if not out.parent.is_dir():
            raise BadInput(
                f"There is no folder '{out.parent}'.",
                [Problem("--out", f"'{out}'", "a file in a folder that exists", "Make the folder first.")],
            )
        if out.exists() and not replace:
            raise BadInput(
                f"{out} is there already.",
                [
                    Problem(
                        "--out", f"'{out}'", "a file that is not there yet", "Name another, or add --force."
                    )
                ],
            )
        if resume:
            self._take_up()
        elif (self.note.exists() or self.part.exists()) and not replace:
            raise BadInput(
                f"{self.part.name} is there already: it may hold what an earlier try fetched.",
                [
                    Problem(
                        str(self.part),
                        "a file of that name",
                        "none, or --resume",
                        "Add --resume to go on with it, or --force to begin again.",
                    )
                ],
            )
        else:
            self.part.unlink(missing_ok=True)
            self.note.unlink(missing_ok=True)

    def _take_up(self) -> None:
        try:
            note = json.loads(self.note.read_text("utf-8"))
            place, size, before = Place.from_dict(note["place"]), int(note["bytes"]), int(note["fetched"])
            asked = {str(name): str(said) for name, said in note["asked"].items()}
            if self.part.stat().st_size < size:
                raise ValueError("the part is shorter than it was")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                f"There is nothing to resume for {self.out}.",
                [
                    Problem(
                        str(self.note),
                        error.strerror or "no such file"
                        if isinstance(error, OSError)
                        else "not what was written there",
                        f"{self.note.name} and {self.part.name} as an earlier try left them",
                        "Leave out --resume to begin again.",
                    )
                ],
            ) from error
        if asked != self.asked:
            raise BadInput(
                f"{self.part.name} is from another search.",
                [
                    Problem(
                        name,
                        f"'{self.asked.get(name, '')}'",
                        f"'{asked.get(name, '')}', as before",
                        "Use the same.",
                    )
                    for name in sorted(asked.keys() | self.asked.keys())
                    if asked.get(name, "") != self.asked.get(name, "")
                ],
            )
        # A page that was written and not noted is fetched again.
        os.truncate(self.part, size)
        self.place, self.before = place, before

    def run(self, fetch: Fetch[T]) -> int:
        """Write every page as it comes. The number of results in the file; look at ``fetch.state`` for why it
        ended. OUT is there when everything asked for is; otherwise the part and the note are.
        """
        written = self.before
        finished = False
        try:
            with self.part.open("ab") as stream:
                for batch in fetch:
                    written += self._add(stream, batch)
                    self._write_note(fetch, written, stream.tell())
            finished = fetch.state != "failed"
        finally:
            if not finished and not written:
                self.part.unlink(missing_ok=True)
                self.note.unlink(missing_ok=True)
        if not finished:
            return written
        if not written:
            with self.part.open("ab") as stream:
                stream.write(self._line((), fetch.total))
        self._finish()
        return written

    def _add(self, stream: Any, batch: Batch[T]) -> int:
        if batch.raw:
            stream.write(self._line(batch.raw, batch.total))
            stream.flush()
        return len(batch.raw)

    def _line(self, raw: Sequence[Any], total: int | None) -> bytes:
        line = self.form.line(raw, total)
        return f"{line}\n".encode() if line else b""

    def _write_note(self, fetch: Fetch[T], written: int, size: int) -> None:
        if fetch.place is None:
            return
        note = {"asked": self.asked, "place": fetch.place.as_dict(), "fetched": written, "bytes": size}
        write_whole(self.note, _json(note).encode())

    def _finish(self) -> None:
        if self.form.before or self.form.after:
            body = self.part.read_bytes()
            write_whole(self.out, self.form.before.encode() + body + self.form.after.encode())
            self.part.unlink()
        else:
            self.part.replace(self.out)
        self.note.unlink(missing_ok=True)


def write_whole(place: Path, data: bytes) -> None:
    """Write a file in one step: it is there whole, or as it was before."""
    beside = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
