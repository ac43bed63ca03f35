"""`python -m facilitation check-text`: lines in, hints out, whatever the lines hold."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def checked(typed, *options):
    command = [sys.executable, "-m", "facilitation", "check-text", *options]
    done = subprocess.run(command, input=typed, cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode("utf-8")


def test_one_line_in_one_object_out():
    typed = "アル中の山田さん 080-1234-5678\r\n\n近くの病院\n"
    assert [json.loads(line) for line in checked(typed.encode(), "--json").splitlines()] == [
        {"text": "アル中の山田さん 080-1234-5678", "personal": ["name", "phone"], "wording": ["アル中"]},
        {"text": "", "personal": [], "wording": []},
        {"text": "近くの病院", "personal": [], "wording": []},
    ]


def test_people_read_the_words_and_what_is_offered():
    shown = checked("アル中の山田さん\n".encode())
    assert shown.splitlines() == [
        "アル中の山田さん",
        "  個人がわかる内容かもしれません（名前）：山田さん",
        "  ほかの言い方：アル中 → アルコール依存症の方／飲酒の問題のある方",
    ]
    assert "May be about a real person (name): 山田さん" in checked("山田さん\n".encode(), "--lang", "en")


def test_rubbish_is_read_to_its_end():
    typed = b"\xef\xbb\xbf\xff\xfe\x00abc\n" + "あ".encode() * 50_000 + "山田さん".encode() + b"\x00\x0b\x85\nlast"
    first, long, last = [json.loads(line) for line in checked(typed, "--json").split("\n")[:-1]]
    assert first == {"text": "\ufffd\ufffd\x00abc", "personal": [], "wording": []}
    assert (len(long["text"]), long["personal"]) == (50_007, ["name"])
    assert last["text"] == "last"
