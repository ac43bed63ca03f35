"""What the command line says to people, in both languages."""

from typing import Any

from facilitation import sentences


class WrongUse(Exception):
    """A command was used wrongly (exit status 2): a text key and what fills it."""

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key)
        self.key = key
        self.params = params

    def text(self, language: str) -> str:
        """The message in `language`."""
        return say(language, self.key, **self.params)


def say(language: str, key: str, **params: Any) -> str:
    """The text `key` in `language` with its placeholders filled."""
    return sentences.say("cli", language, key, **params)
