"""``wijkprofiel suggest``: which themes could come first, why, and what is known to help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wijkprofiel.cli import report

if TYPE_CHECKING:
    from wijkprofiel.build.suggest import Proposal
    from wijkprofiel.cli.session import Session


def suggest(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Profile, code or name.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Propose themes to put first, with reasons, and recognised interventions that fit.

    A theme is proposed by what the wijkdialoog says (votes, notes), by unfavourable verdicts, or by
    both; themes of the dialogue come before themes of the figures. At most three; none where
    nothing stands out. It is a proposal: write the choice under 'priorities' in the profile.
    """
    from wijkprofiel.build.suggest import propose

    session: Session = context.obj
    proposal = propose(session.config, session.dataset, name)
    if as_json:
        report.print_json(proposal.told())
    else:
        _print(proposal)


def _print(proposal: Proposal) -> None:
    words = proposal.words
    for number, item in enumerate(proposal.found, start=1):
        chosen = f", {words('suggest.chosen')}" if item.chosen else ""
        source = words(f"suggest.source.{item.source}")
        typer.echo(f"{number}. {item.title} ({source}{chosen})")
        for reason in proposal.reasons(item):
            typer.echo(f"   - {reason}")
        for fit in item.fitting:
            typer.echo(f"   + {proposal.fitting(fit)}")
        if not item.fitting:
            typer.echo(f"   + {words('suggest.no_fitting')}")
    for caution in proposal.cautions:
        typer.echo(caution)
