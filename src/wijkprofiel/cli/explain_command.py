"""``wijkprofiel explain``: from a printed figure back to the supplier's cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wijkprofiel.cli import report

if TYPE_CHECKING:
    from wijkprofiel.cli.session import Session


def explain(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Profile, code or name.")],
    subject: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="Indicator or domain, by id or title."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Explain one figure or score of an area, from the page back to the supplier's cell.

    Source rows, weights, reference, verdicts and every sum with its numbers filled in. A domain
    that two frameworks have is written as framework:domain. A withheld figure stays withheld.
    """
    from wijkprofiel.explain import explain, refuse, text

    session: Session = context.obj
    account = explain(session.config, session.dataset, name, subject)
    refuse(account, session.config, session.dataset, name)
    if as_json:
        report.print_json(account.told())
    else:
        typer.echo(text(account))
