"""What the black window says when the server starts: where the door is, and the password once."""

import os

from facilitation.screen.house import House
from facilitation.screen.warnings import warnings
from facilitation.texts import LANGUAGES


def greet(here: House) -> None:
    """Print the start link, and at the very first start the organisers' password (it is never shown again);
    then what is wrong with the place of the data, if anything is."""
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
