"""What an operator types: `portal demo`, `portal serve` and the small verbs around them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from portal.serving import ROOT

if TYPE_CHECKING:
    from portal.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


@app.callback()
def _from_the_root() -> None:
    os.chdir(ROOT)


@app.command()
def demo(
    *, watch: Annotated[bool, typer.Option("--watch", help="Build and start again at each change.")] = False
) -> None:
    """Run a seeded practice with cards, mail and video, on this machine alone."""
    from portal.demo.run import run

    sys.exit(run(watch=watch))


@app.command()
def serve() -> None:
    """Serve a real practice: one process on one port, behind a proxy that speaks https."""
    from portal import logs, serving
    from portal.safety import refuse_unsafe, refuse_unsafe_files

    here = _settings()
    if problems := refuse_unsafe(here) + refuse_unsafe_files(here):
        _refuse("This practice is not served, for these reasons:", *problems)
    try:
        with serving.only_one(here):
            migrate()
            serving.build(here, typer.echo)
            typer.echo(f"serving {here.address} on 127.0.0.1:{here.port}")
            logs.configure(here.log_level)
            serving.serve(here)
    except serving.Busy as problem:
        _refuse(str(problem))


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema; everything or nothing."""
    from portal.storage.keys import KeyFileError, open_keyring
    from portal.storage.migrate import current, newest, upgrade

    here = _settings()
    here.data_dir.mkdir(0o700, parents=True, exist_ok=True)
    before = current(here.database)
    try:
        open_keyring(here.keys_at, data_exists=bool(before))
    except KeyFileError as problem:
        _refuse(str(problem))
    if before == newest():
        return
    upgrade(here.database)
    typer.echo(f"database: from {before or 'nothing'} to {newest()}")


@app.command()
def create_owner(
    name: Annotated[str, typer.Option(prompt="Name", help="How the owner is called.")],
    email: Annotated[str, typer.Option(prompt="Email", help="The mailbox, and the name to sign in with.")],
    password: Annotated[
        str, typer.Option(prompt="Password", hide_input=True, confirmation_prompt=True, help="12 characters or more.")
    ],
) -> None:
    """Make the account of a practice's owner."""
    from portal.clinic.errors import Conflict
    from portal.clinic.people import passwords, service
    from portal.clinic.people.values import SignUp
    from portal.storage.work import SYSTEM, Role
    from portal.wiring import open_database

    wanted = SignUp(name=name, email=email)
    if problems := service.sign_up_problems(wanted, password):
        _refuse(*(f"{field}: {_PROBLEMS.get(code, code)}" for field, code in problems.items()))
    migrate()
    database = open_database(_settings())
    try:
        database.run(SYSTEM, service.sign_up, wanted, passwords.hash_now(password), Role.OWNER)
    except Conflict:
        _refuse("There is already an account with this email.")
    finally:
        database.close()
    typer.echo(f"{name} can sign in at {_settings().address}/sign-in/")


@app.command()
def seed() -> None:
    """Throw the demo's practice away and make it anew."""
    from portal.demo.run import seed_anew

    seed_anew()


@app.command()
def build() -> None:
    """Build the front end, unless it is already the one of these sources and this port."""
    from portal import serving

    serving.build(_settings(), typer.echo)


_PROBLEMS = {
    "missing": "is empty",
    "email_incomplete": "is not an address",
    "email_host": "the part after @ is not a host",
    "password_short": "12 characters or more",
    "password_long": "too long",
    "password_common": "too well known, or made of the name",
}


def _settings() -> Settings:
    from pydantic import ValidationError

    from portal.settings import settings

    try:
        return settings()
    except ValidationError as problem:
        _refuse(*(f"{str(error['loc'][0]).upper()}: {error['msg']}" for error in problem.errors()))


def _refuse(*words: str) -> NoReturn:
    for line in words:
        typer.echo(line, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
