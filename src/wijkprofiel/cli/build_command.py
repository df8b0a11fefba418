"""``wijkprofiel build``: documents of one area, of a gemeente, of the country."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wijkprofiel.cli import report, whereto
from wijkprofiel.cli.session import Session
from wijkprofiel.errors import ConfigError

if TYPE_CHECKING:
    from wijkprofiel.build.select import Selection
    from wijkprofiel.build.target import Target
    from wijkprofiel.model import Level

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
_PICK = "Which areas"
_HOW = "How"


def build(  # noqa: PLR0913, PLR0917  # every option of a command is an argument
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Profile, CBS code, or name of an area."),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", metavar="KIND", help="Document type, file format or 'all'; may be repeated."
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Folder or URL to write in; default: output."
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open what was made.")] = False,
    bleed: Annotated[
        bool, typer.Option("--bleed", help="For the printer too: with bleed and crop marks.")
    ] = False,
    style: Annotated[
        str | None,
        typer.Option("--style", metavar="NAME", help="House style of everything that is built."),
    ] = None,
    as_json: AsJson = False,
    all_profiles: Annotated[
        bool,
        typer.Option("--all-profiles", help="Every profile of the project.", rich_help_panel=_PICK),
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help="Every area of --level in the data.", rich_help_panel=_PICK),
    ] = False,
    gemeente: Annotated[
        list[str] | None,
        typer.Option(metavar="GM", help="Its areas; may be repeated.", rich_help_panel=_PICK),
    ] = None,
    ggd: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION", help="The areas of a region; may be repeated.", rich_help_panel=_PICK
        ),
    ] = None,
    level: Annotated[
        str,
        typer.Option(
            metavar="LEVEL", help="wijk, buurt or gemeente, for the above.", rich_help_panel=_PICK
        ),
    ] = "wijk",
    select: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            parser=whereto.local,
            help="An area per line, or a CSV with a code.",
            rich_help_panel=_PICK,
        ),
    ] = None,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed",
            help="Bring up to date what was built before, in its own formats.",
            rich_help_panel=_PICK,
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Make it again, also unchanged.", rich_help_panel=_HOW),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Processes; default: one per core.", rich_help_panel=_HOW
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Build on a Dask cluster: tcp://host:8786.",
            rich_help_panel=_HOW,
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Tell what would be made, and why; with --json as JSON.",
            rich_help_panel=_HOW,
        ),
    ] = False,
    log_json: Annotated[
        bool,
        typer.Option("--log-json", help="Progress as JSON lines.", rich_help_panel=_HOW),
    ] = False,
) -> None:
    """Build the documents of one or more areas.

    Writes <output>/<area>/<area>-<document>.pdf and a manifest.json, and prints the paths.
    An area that fails does not stop the others. For the printer: <area>-<document>-bleed.pdf.
    Another language gets a folder of its own: <output>/en/<area>/<area>-<document>.pdf.

    A document is made only when something that reaches it changed: figures, texts, templates,
    style, program. After whatever ended it, the same command finishes the rest.

    --output may be a URL that fsspec knows, as s3://bucket/folder; file:///folder is a folder
    that all machines of a cluster share.
    """
    from wijkprofiel.build import run
    from wijkprofiel.build.plan import Order
    from wijkprofiel.build.select import Selection
    from wijkprofiel.cli import progress

    session: Session = context.obj
    config = session.config if style is None else session.config.in_style(style)
    order = Order.of(formats or (), config, bleed=bleed, as_before=changed)
    target = whereto.target(output, session)
    how = whereto.machines(jobs, scheduler)
    wanted = Selection(
        names=tuple(names or ()),
        profiles=all_profiles,
        every=every,
        gemeenten=tuple(gemeente or ()),
        regions=tuple(ggd or ()),
        lists=tuple(select or ()),
        level=_level(level),
    )
    chosen = _chosen(wanted, session, target, changed=changed)
    watch = progress.watch(as_json=log_json)
    if dry_run:
        found = run.look(config, session.dataset, chosen, target, order, force=force)
        if log_json:
            watch.planned(found)
        if as_json:
            report.print_json(progress.plan_row(found))
        else:
            typer.echo("\n".join(progress.plan_lines(found)))
        return
    result = run.build(config, session.dataset, chosen, target, order, watch, force=force, **how)
    report.print_json(report.recap_row(result)) if as_json else report.print_recap(result)
    if open_:
        for path in result.documents:
            typer.launch(str(path))
    raise typer.Exit(result.exit_code)


def _chosen(wanted: Selection, session: Session, target: Target, *, changed: bool) -> list[str]:
    from wijkprofiel.build import select

    if changed and wanted.asked:
        message = "--changed is about what was built before: name no areas with it"
        raise ConfigError(message, "without it, too, only what changed is made", where="build")
    if changed:
        names, findings = select.built(target, session.config, session.dataset)
        report.print_findings(findings)
        if not names:
            raise ConfigError(f"nothing was built in {target}", "name areas", where="--changed")
        return names
    names = select.names_of(wanted, session.config, session.dataset)
    if not names:
        hint = "wijkprofiel list areas shows what there is"
        message = "name one or more areas, or use --all-profiles, --gemeente, --ggd or --all"
        raise ConfigError(message, hint, where="build")
    return names


def _level(word: str) -> Level:
    from wijkprofiel.build.select import LEVELS

    known = {level.value: level for level in LEVELS}
    if word not in known:
        raise ConfigError(f"'{word}' is no level", f"known: {', '.join(known)}", where="--level")
    return known[word]
