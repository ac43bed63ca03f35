"""What is kept of who listens and of what changed: nothing of names that were only asked for, never a lower number."""

import threading
from collections.abc import Mapping

from meeting import LOG
from test_routes import a_device, heard, listening, seated_device, with_grants

from facilitation.screen.hub import Hub


class Overtaken(Mapping):
    """News whose first telling is held up, once it has looked at what is known, until another was told."""

    def __init__(self, news, meanwhile):
        self.news, self.meanwhile = news, meanwhile

    def __getitem__(self, view):
        return self.news[view]

    def __iter__(self):
        return iter(self.news)

    def __len__(self):
        return len(self.news)

    def items(self):
        yield from self.news.items()
        self.meanwhile()


def test_two_threads_that_tell_at_once_never_take_the_number_back():
    hub, second = Hub(), []

    def meanwhile():
        second.append(threading.Thread(target=hub.publish, args=("a", {"projector": 7})))
        second[0].start()
        second[0].join(0.2)  # told at once where nothing holds it up, else behind us

    hub.publish("a", Overtaken({"projector": 6}, meanwhile))
    second[0].join(10)
    assert hub.revision("a", "projector") == 7


def test_who_asks_for_names_that_are_not_there_leaves_nothing_behind(here):
    before = (set(here.hub._changed), set(here.hub._listeners))
    stranger, seated = a_device(), seated_device(here)
    for n in range(20):
        assert stranger.get(f"/parts/2024-04-01-{n:06}/group-1?run=1").status_code == 404
        assert seated.get(f"/parts/{LOG}/view-{n}?run=1").status_code == 404
        here.hub.listening(f"log-{n}", "lead"), here.hub.redrawn(f"log-{n}", "lead")
    assert (set(here.hub._changed), set(here.hub._listeners)) == before


def test_a_view_that_nobody_listens_to_any_more_is_kept_no_longer(here):
    with with_grants(here) as stranger:
        for n in range(20):
            with listening(stranger, f"any-{n}", "check") as socket:
                heard(socket)
                assert set(here.hub._listeners) == {"check"}
        stranger.get("/healthz")
    assert here.hub._listeners == {}
    assert len(here.hub._changed["check"]) == 1


def test_the_others_of_a_view_listen_on_when_one_has_gone(here):
    with with_grants(here, organiser=1) as device, listening(device, "lead") as stays:
        heard(stays)
        with listening(device, "lead") as goes:
            heard(goes)
        told = here.hub.revision(LOG, "lead") + 1
        here.hub.publish(LOG, {"lead": told})
        assert heard(stays) == told
        assert here.hub.listening(LOG, "lead") == 1
