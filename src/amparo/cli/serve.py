"""``amparo serve``: the workbench on this computer."""

from __future__ import annotations

import multiprocessing
import socket
import time
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from amparo.base.errors import UsageError
from amparo.cli import frame

__all__ = ["command", "serve"]

PORT = 8017
WORKERS = 2


def command(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = PORT,
    browser: Annotated[bool, typer.Option(help="Open the browser, signed in as you.")] = True,
    workers: Annotated[
        int, typer.Option(help="How many background jobs are done at once; 0 for none.", min=0)
    ] = WORKERS,
) -> None:
    """Open the workbench on this computer."""
    frame.open_workspace(ctx)
    serve(ctx, host=host, port=port, browser=browser, workers=workers)


def serve(
    ctx: typer.Context, *, host: str, port: int, browser: bool, workers: int = WORKERS
) -> None:
    """Serve the open workspace until stopped: one web process, and workers for jobs.

    All are forked from this process, so that the keys pass by memory, never by a file or an
    argument that another program could read.
    """
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    from amparo.accounts.web.actions import issue_sign_in_link
    from amparo.base.web.crew import keep_working

    port = _free_port(host, port)
    user = frame.acting_user(ctx)
    address = f"http://{host}:{port}/"
    link = f"{address}accounts/link/{issue_sign_in_link(user, acting_user=user)}/"
    connections.close_all()
    multiprocessing.set_start_method("fork", force=True)
    told = multiprocessing.Process(target=_announce, args=(host, port, link, browser), daemon=True)
    working = multiprocessing.Process(target=keep_working, args=(workers,))
    with _beside([told, working] if workers else [told]):
        Granian(
            "amparo.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=4,
            log_enabled=False,
            websockets=False,
        ).serve()


@contextmanager
def _beside(processes: Sequence[multiprocessing.Process]) -> Iterator[None]:
    """Let ``processes`` run as long as the block does."""
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(25)


def _announce(host: str, port: int, link: str, browser: bool) -> None:
    """Say where the workbench is, once it answers there."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                break
        time.sleep(0.1)
    address = link.partition("accounts/")[0]
    print(f"Amparo is open at {address}", flush=True)
    print(f"Sign in once within ten minutes: {link}", flush=True)
    frame.say("Stop it with Ctrl-C; stopping locks the workspace.")
    if browser:
        webbrowser.open(link)


def _free_port(host: str, port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"Port {port} on {host} cannot be used: {error.strerror}.",
                next_step="Choose another with --port, or --port 0 for a free one.",
            ) from error
        return int(probe.getsockname()[1])
