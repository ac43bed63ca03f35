"""What the black window says when the server starts: where the door is, and the password once. Where lines for machines
are written instead neither stands in them: they are kept, and read by more people than a window is."""

import logging
import os

from facilitation.screen.house import House
from facilitation.screen.server import in_lines
from facilitation.screen.warnings import warnings
from facilitation.texts import LANGUAGES


def greet(here: House) -> None:
    """Print the start link, and at the very first start the organisers' password (it is never shown again);
    then what is wrong with the place of the data, if anything is."""
    if in_lines():
        return _greet_machines(here)
    port = os.environ.get("PORT") or "8501"
    print("", flush=True)
    print("  司会・主催の方 / Facilitators and organisers:", flush=True)
    print(f"    http://localhost:{port}/enter/{here.start_key}", flush=True)
    if here.new_password:
        print("  主催者のパスワード（この一度だけ表示します） / Organisers' password (shown this once):", flush=True)
        print(f"    {here.new_password}", flush=True)
    print("  参加者 / Participants: 画面のQRコードから / by the QR code on the screen", flush=True)
    for language in LANGUAGES:
        for warning in warnings(here, language):
            print(f"  ! {warning}", flush=True)
    print("", flush=True)


def _greet_machines(here: House) -> None:
    log = logging.getLogger(__name__)
    log.info("the house is open", extra={"about": {"store": here.store.name, "schema": here.store.schema}})
    if here.new_password:
        log.warning("nobody knows the organisers' password yet: `python -m facilitation password` makes one")
    for warning in warnings(here, LANGUAGES[-1]):
        log.warning("organisers are warned", extra={"about": {"warning": warning}})
