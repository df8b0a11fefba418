"""What a file must have been made from: its document, made anew from the profile when needed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from wijkprofiel.config import Config
from wijkprofiel.documents import Document
from wijkprofiel.documents.web_sheets import Page
from wijkprofiel.model import DocumentSpec, Profile

Source = Document | Page | bytes
"""What a file was made from; of one that is made at a stroke the file itself."""


@dataclass(frozen=True)
class Subject:
    """One file and what it must be.

    Attributes:
        name: of the file.
        profile, spec, config: the area, the document type and the project.
        printer: it is for the printer, with bleed.
        given: what it was made from; None: to be made anew.
        beside: names of the files in its folder, its own among them.
    """

    name: str
    profile: Profile
    spec: DocumentSpec
    config: Config
    printer: bool
    given: Source | None
    beside: Collection[str]

    @cached_property
    def document(self) -> Document:
        """The source of a PDF."""
        from wijkprofiel import documents

        if isinstance(self.given, Document):
            return self.given
        made = documents.make(self.profile, self.spec, self.config)
        return documents.for_printer(made, self.spec) if self.printer else made

    def page(self, links: Collection[str]) -> Page:
        """Return the source of a web page that links to these files."""
        from wijkprofiel.documents import web_page

        if isinstance(self.given, Page):
            return self.given
        return web_page.make(self.profile, self.spec, self.config, beside=tuple(sorted(links)))

    @cached_property
    def content(self) -> bytes:
        """The file itself, made anew."""
        from wijkprofiel.build.formats import MAKERS

        if isinstance(self.given, bytes):
            return self.given
        suffix = PurePath(self.name).suffix.removeprefix(".")
        return MAKERS[suffix](self.profile, self.spec, self.config).content


def subject(
    name: str, profile: Profile, config: Config, given: Source | None, beside: Collection[str]
) -> Subject | None:
    """Return what a file of this name must be; None where the area has no such document."""
    path, start = PurePath(name), f"{profile.area.slug}-"
    rest = path.stem.removeprefix(start)
    known = [one for one in config.documents.values() if rest.startswith(one.id)]
    spec = max(known, key=lambda one: len(one.id), default=None)
    if spec is None or not path.stem.startswith(start):
        return None
    printer = rest != spec.id
    if path.suffix.removeprefix(".") not in spec.formats or (printer and not spec.bleed):
        return None
    return Subject(name, profile, spec, config, printer, given, beside)
