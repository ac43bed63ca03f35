"""`password`: a new password for the organisers, shown once. For a server, whose log shows none, and for a lost one."""

import argparse

from facilitation import keyring, passwords
from facilitation.access import Who
from facilitation.calendar import now
from facilitation.cli_store import opened
from facilitation.cli_words import say
from facilitation.keyring import Keyring
from facilitation.store.writer import Writer


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """`password` takes nothing."""


def run(options: argparse.Namespace) -> int:
    """Every organiser's device has to sign in again, as after any change of the password."""
    password = passwords.random_password()
    hashed = passwords.hashed(password)
    with opened() as store:
        keeper: Writer[Keyring] = Writer(store, now, keyring.fold)
        if not keeper.state(keyring.LOG).secret:
            first = {"secret": passwords.random_secret(), "password": hashed}
            keeper.send(keyring.LOG, lambda ring: keyring.first_start(ring, **first), kind=keyring.KIND)
        else:
            who = Who("organiser")
            change = lambda ring: keyring.change_password(ring, who, password=hashed)  # noqa: E731
            keeper.send(keyring.LOG, change, kind=keyring.KIND)
    print(say(options.lang, "password.made", password=password))
    return 0
