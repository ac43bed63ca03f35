"""What stands under words after they were saved: the yellow box (somebody real?) and the blue line (another word).

Neither stops anybody. The words found are looked for again here: a log keeps kinds and numbers only.
"""

from collections.abc import Collection, Iterable
from typing import Any

from facilitation.conference import Check, Conference
from facilitation.personal_data import KINDS, hits
from facilitation.texts import say
from facilitation.wording import wording


def boxes(
    conference: Conference, about: str, texts: Iterable[str], fiction: Collection[str], language: str
) -> dict[str, Any]:
    """What a device is given for a piece it wrote: empty where there is nothing to say."""
    typed = [text for text in texts if text]
    check = conference.checks.get(about)
    shown = _yellow(about, check, typed, fiction, language) if check and not check.released else {}
    other = {each.found: each for text in typed for each in wording(text)}.values()
    blue = [say(language, "checking.wording", found=each.found, offer=each.offer) for each in other]
    return {**shown, "wording": blue} if blue else shown


def _yellow(about: str, check: Check, texts: Iterable[str], fiction: Collection[str], language: str) -> dict[str, Any]:
    if check.kept:
        return {"kept": say(language, "checking.kept")}
    return {
        "about": about,
        "base": check.revision,
        "ask": say(language, "checking.box", words=found_words(check, texts, fiction, language)),
        "where": say(language, "checking.own_table"),
        "rewrite": say(language, "checking.rewrite"),
        "keep": say(language, "checking.keep"),
    }


def found_words(check: Check, texts: Iterable[str], fiction: Collection[str], language: str) -> str:
    """The words that may name somebody; their kinds where the rules of today find none of them."""
    found = dict.fromkeys(hit.words for text in texts for hit in hits(text, fiction))
    marked = [say(language, "checking.found", words=words) for words in found]
    return say(language, "checking.between").join(marked) or kinds(check, language)


def kinds(check: Check, language: str) -> str:
    """What a check is about, in words: 名前 2、電話番号 1."""
    told = [
        say(language, "checking.count", kind=say(language, f"checking.kind.{kind}"), n=n)
        for kind, n in check.kinds.items()
        if kind in KINDS  # what else a later version looks for has no words here
    ]
    return say(language, "checking.between").join(told)
