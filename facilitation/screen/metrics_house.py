"""What a house counts by itself, told to Prometheus when it reads: queues, refusals, retries."""

from collections.abc import Iterator, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from facilitation.screen.house import House


class HouseCounts(Collector):
    """Nothing is kept here: the house is asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def collect(self) -> Iterator[Metric]:
        here = self._house
        waiting = GaugeMetricFamily("kaigi_writer_waiting", "Commands that wait for a commit", labels=["kind"])
        refused = CounterMetricFamily("kaigi_refused", "Commands that were refused", labels=["kind", "reason"])
        for kind, writer in (("conference", here.writer), ("survey", here.surveys.writer), ("house", here.keeper)):
            waiting.add_metric([kind], writer.waiting)
            for reason, count in list(writer.refused.items()):
                refused.add_metric([kind, reason], count)
        yield from (waiting, refused)
        yield _counted("kaigi_turned_away", "Not listened to at the door", "what", here.tries.refused)
        yield GaugeMetricFamily("kaigi_watch_seconds", "Since the store was last looked at", here.watch.since)
        retries = getattr(here.store, "retries", {})  # a file on this machine needs none
        yield _counted("kaigi_database_retries", "Tried again, by what the database said", "reason", retries)


def _counted(name: str, says: str, label: str, counts: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, says, labels=[label])
    for value, count in list(counts.items()):
        family.add_metric([value], count)
    return family
