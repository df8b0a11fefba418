"""Documents about several areas, read back: is each the one that the areas' profiles give?

What :mod:`wijkprofiel.build.verify` does for the files of one area. The build knows what a document
was made from; a folder that is verified has its manifest, which names the areas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from wijkprofiel.build import comparison_agreement
from wijkprofiel.build.manifest import NAME
from wijkprofiel.build.spoken import Languages
from wijkprofiel.build.verify.others import Unreadable
from wijkprofiel.build.verify.problem import Problem, refused
from wijkprofiel.config import Config
from wijkprofiel.documents import Document
from wijkprofiel.errors import WijkprofielError
from wijkprofiel.model import Comparison, DocumentSpec, Finding, Profile, Severity
from wijkprofiel.sources.dataset import Dataset

SCOPE = "set"
"""Scope of the document types that are about several areas."""
_CODE = "verify-number"


def file_name(spec: DocumentSpec, slug: str) -> str:
    """Return the name of a document about the areas of one comparison."""
    return f"{spec.id}-{slug}.pdf"


def examine(
    files: Mapping[str, bytes],
    comparison: Comparison,
    config: Config,
    *,
    sources: Mapping[str, Document] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """Return all that is wrong with finished files about several areas; an ERROR is not published.

    Args:
        files: name (``<document>-<slug>.pdf``) → content.
        comparison: the areas that they must be about.
        config: the project, in the style and language that they were made in.
        sources: what files were made from, by name, where the caller still has it. The rest is
            made anew.
    """
    specs = [spec for spec in config.documents.values() if spec.scope == SCOPE]
    known = {file_name(spec, comparison.slug): spec for spec in specs}
    found: list[Finding] = []
    for name, content in files.items():
        if name not in known:
            message = f"it is no document about {comparison.title}"
            found.append(Problem("verify-name", 0, message).finding(name))
            continue
        document = sources.get(name) or _document(comparison, known[name], config)
        try:
            problems = tuple(_problems(content, document, comparison, config))
        except Unreadable as broken:
            found.append(Problem("verify-broken", 0, str(broken)).finding(name))
            continue
        found += [problem.finding(name) for problem in problems]
        found += _figures(name, content, comparison, known[name], config)
    return tuple(dict.fromkeys(found))


def refuse(
    files: Mapping[str, bytes],
    comparison: Comparison,
    config: Config,
    *,
    sources: Mapping[str, Document] = MappingProxyType({}),
) -> None:
    """Refuse files about several areas that are not what they should be.

    Args:
        files: as for :func:`examine`, as the others.
        comparison: the areas.
        config: the project.
        sources: what they were made from.

    Raises:
        RenderError: every error, by file and page.
    """
    refused(examine(files, comparison, config, sources=sources), comparison.slug)


def of_folder(
    told: Mapping[str, Any], files: Mapping[str, bytes], languages: Languages
) -> Iterator[Finding]:
    """Yield what is wrong with the files of a folder, against the areas that its manifest names.

    Args:
        told: the manifest.
        files: name → content.
        languages: the project.
    """
    try:
        named = told["comparison"]
        slug, style = str(named["slug"]), str(told["config"]["style"])
        areas = [(str(one["slug"]), str(one["parts"][0]["code"])) for one in told["areas"]]
        inputs = [str(one["input"]) for one in told["areas"]]
    except (KeyError, IndexError, TypeError):
        yield Problem("verify-manifest", 0, "it names no areas").finding(NAME)
        return
    try:
        config, dataset = languages(told.get("language"))
        spoken = config.in_style(style)
        profiles = tuple(_profile(*area, spoken, dataset) for area in areas)
        if [profile.input_hash for profile in profiles] != inputs:
            message = "the data or the configs have changed since it was built"
            yield Problem("verify-outdated", 0, message).finding(f"{slug}/{NAME}")
        comparison = Comparison(
            slug,
            str(named.get("title", "")),
            str(named.get("intro", "")),
            profiles,
            str(named.get("gemeente", "")),
            tuple(map(str, named.get("left_out", ()))),
        )
        yield from examine(files, comparison, spoken)
    except WijkprofielError as failure:
        for problem in failure.problems:
            where = f"{slug}: {problem.where}" if problem.where else slug
            hint = problem.hint or ""
            yield Finding("verify-profile", Severity.ERROR, where, problem.message, hint)


def _problems(
    content: bytes, document: Document, comparison: Comparison, config: Config
) -> Iterator[Problem]:
    from wijkprofiel.build.verify import printed
    from wijkprofiel.render import check

    yield from printed.against(content, document, config, config.style_of())
    for finding in check.check_set(content, document, comparison):
        yield Problem(finding.code, 0, finding.message)


def _figures(
    name: str, content: bytes, comparison: Comparison, spec: DocumentSpec, config: Config
) -> Iterator[Finding]:
    for look in comparison_agreement.looks(content, comparison, spec, config):
        if not look.right:
            message = f"'{look.title}': '{look.found}' where the profile has '{look.expected}'"
            yield Problem(_CODE, 0, message).finding(f"{name} {look.where}")


def _document(comparison: Comparison, spec: DocumentSpec, config: Config) -> Document:
    from wijkprofiel.documents import comparison as documents

    return documents.make(comparison, spec, config)


def _profile(slug: str, code: str, config: Config, dataset: Dataset) -> Profile:
    """The area as it was planned: a profile or a region by its name, another by its code."""
    from wijkprofiel.build.make import make_profile
    from wijkprofiel.build.plan import once_more

    return make_profile(config, dataset, once_more(config, dataset, slug, code))
