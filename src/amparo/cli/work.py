"""``amparo work``: workers for background jobs, without the workbench."""

from __future__ import annotations

from typing import Annotated

import typer

from amparo.cli import frame

__all__ = ["command"]


def command(
    ctx: typer.Context,
    workers: Annotated[int, typer.Option(help="How many jobs are done at once.", min=1)] = 2,
) -> None:
    """Do background jobs until stopped: more hands for a workbench that is served elsewhere."""
    frame.open_workspace(ctx)
    from amparo.base.web.crew import keep_working

    print(f"{workers} workers are ready.", flush=True)
    frame.say("Stop them with Ctrl-C; what they had begun is taken up again.")
    keep_working(workers)
