"""Somebody takes the tables of a running server away (F4), and gives them back: what an open page does meanwhile, by
Streamlit's own messages."""

import asyncio

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.page import Page
from facilitation.screen.visit import COOKIE
from facilitation.texts import say
from tests.browser.house import Server

pytestmark = pytest.mark.postgres

PLACE = "page_comes_back"


class Again(Page):
    """A page that is told which part of it to ask for again by itself, as the framework's front end is."""

    asks_for = ""

    def _take(self, message):
        if message.WhichOneof("type") == "new_session":
            self.asks_for = ""
        if message.WhichOneof("type") == "auto_rerun":
            self.asks_for = message.auto_rerun.fragment_id
        super()._take(message)

    async def by_itself(self):
        """What its front end sends when the time has come, until the run that this leads to is through."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash = self._query, self._page
        rerun.fragment_id, rerun.is_auto_rerun = self.asks_for, True
        self._asked("")
        await self._socket.send(message.SerializeToString())
        await self.through()

    def says(self, words):
        return any(words in str(self.data(key)) for key in self.keys())


@pytest.fixture
def server(postgres, tmp_path):
    found = Server(tmp_path, postgres.space(PLACE)).start()
    yield found
    found.stop()


def test_f04_the_tables_are_away_for_a_while_and_the_same_page_comes_back_by_itself(postgres, server):
    cookie = httpx.get(server.base + server.enter).cookies[COOKIE]

    async def organiser():
        page = Again(server.base, "open", "lang=ja", f"{COOKIE}={cookie}", lambda: None)
        await page.open()
        assert (page.says(say("ja", "open.title")), page.asks_for) == (True, "")
        postgres.ask(f"alter schema {PLACE} rename to away")
        late = Again(server.base, "open", "lang=ja", f"{COOKIE}={cookie}", lambda: None)
        await late.open()
        told = [say("ja", words) for words in ("database.gone", "rescue.gone", "safety.button")]
        for _ in range(2):
            assert [late.says(words) for words in told] == [True, True, True]
            assert late.asks_for, "nothing would ask again"
            await late.by_itself()
        postgres.ask(f"alter schema away rename to {PLACE}")
        await late.by_itself()
        assert late.keys() == page.keys(), "the page that was asked for, and nothing of the trouble"
        assert late.asks_for == ""
        for each in (page, late):
            await each.close()

    asyncio.run(organiser())
    assert "Traceback" not in server.said()
