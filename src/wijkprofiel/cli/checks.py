"""What ``wijkprofiel check`` finds: configs, data, and the coverage of every profile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wijkprofiel.cli.session import Session
from wijkprofiel.errors import WijkprofielError

if TYPE_CHECKING:
    from wijkprofiel.config import Config
    from wijkprofiel.model import Finding


def gather(session: Session) -> tuple[list[Finding], int]:
    """Return all findings, worst first, and the exit code of an error that stopped the check.

    Raises:
        ConfigError: the folder that was given is no project: a wrong call, not a finding.
    """
    session.require_project()
    findings: list[Finding] = []
    code = 0
    try:
        config = session.config
        findings += _colours(config)
        findings += _translations(session)
        for failure in (*config.broken_profiles.values(), *config.broken_comparisons.values()):
            findings += _errors(failure, "config")
        findings += _data(session)
        findings += _profiles(session)
    except WijkprofielError as failure:
        findings += _errors(failure, "config" if failure.exit_code == 2 else "data")
        code = failure.exit_code
    return _ordered(findings), code


def exit_code(findings: Iterable[Finding], stopped: int, *, strict: bool) -> int:
    """Return 0 without errors (strict: and without warnings), else 1 or what stopped the check."""
    from wijkprofiel.model import Severity

    wrong = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return stopped or int(any(finding.severity in wrong for finding in findings))


def strict_reason(findings: Iterable[Finding]) -> str:
    """Return the sentence that names the warnings that ``--strict`` fails on; "" without any."""
    from wijkprofiel.model import Severity

    places: dict[str, list[str]] = {}
    for finding in findings:
        if finding.severity is Severity.WARNING:
            places.setdefault(finding.code, []).append(finding.where)
    told = (f"{code} ({', '.join(filter(None, where))})" for code, where in places.items())
    return f"--strict fails on: {'; '.join(told).replace(' ()', '')}" if places else ""


def _colours(config: Config) -> Iterable[Finding]:
    from wijkprofiel.config import sight

    places = {name: config.places.get(("style", name), name) for name in config.styles}
    return sight.findings(config.styles, places)


def _translations(session: Session) -> Iterable[Finding]:
    """Yield what is not translated into the language that is asked for, or that is begun.

    A project with a folder of translations of its own means to be read in that language.
    """
    from wijkprofiel.config import load
    from wijkprofiel.config.files import TRANSLATIONS
    from wijkprofiel.config.translate import gaps
    from wijkprofiel.model import Finding, Severity

    written = load(session.assets) if session.language else session.config
    begun = (session.assets.project / TRANSLATIONS).glob("*/*.yaml")
    asked = {session.config.language, *(path.parent.name for path in begun)} - {written.language}
    for language in sorted(asked):
        hint = f"translate it in {TRANSLATIONS}/{language}/; until then it stays as it is"
        for gap in gaps(written, language):
            where = written.places.get(gap.place or gap.of, "")
            message = f"{gap} has no translation ({language})"
            yield Finding("translation", Severity.WARNING, where, message, hint)


def _data(session: Session) -> Iterable[Finding]:
    from wijkprofiel.sources import folder

    # Strict: every row against the named contracts, which a build leaves to faster tests.
    session.dataset = folder.load(session.config, strict=True)
    return [*session.dataset.findings, *session.dataset.outline_findings()]


def _profiles(session: Session) -> Iterable[Finding]:
    from wijkprofiel.build.make import make_profile
    from wijkprofiel.build.plan import Order, plan

    for slug in session.config.own_profiles:
        if slug in session.config.broken_profiles:
            continue
        try:
            task = plan(session.config, session.dataset, [slug], Order())[0]
            yield from make_profile(session.config, session.dataset, task).findings
        except WijkprofielError as failure:
            yield from _errors(failure, "profile")


def _errors(failure: WijkprofielError, code: str) -> Iterable[Finding]:
    from wijkprofiel.model import Finding, Severity

    for problem in failure.problems:
        message = problem.message
        yield Finding(code, Severity.ERROR, problem.where, message, problem.hint or "")


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    from wijkprofiel.model import Severity

    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    return sorted(dict.fromkeys(findings), key=lambda finding: order.index(finding.severity))
