"""Charts of results are drawn once for everybody who looks at the same ones: drawing costs a third of a second."""

import threading
from collections import OrderedDict
from collections.abc import Mapping

from facilitation.charts.dress import Chart
from facilitation.charts.survey_charts import survey_charts
from facilitation.survey import SurveyResult

Charts = Mapping[str, tuple[Chart, ...]]

AT_HAND = 16
"""So many are kept: the results that organisers look at these days, in both languages."""

_kept: OrderedDict[tuple[object, ...], tuple[SurveyResult, Charts]] = OrderedDict()
_turn = threading.Lock()


def charts(result: SurveyResult, period: str, language: str, helps: Mapping[str, int]) -> Charts:
    """What `survey_charts` draws. `result` is compared by identity: of another value nothing is shown."""
    mark = (period, language, *helps.items())
    with _turn:
        known = _kept.pop(mark, None)
    if known is None or known[0] is not result:
        known = (result, survey_charts(result, period, language, helps))
    with _turn:
        _kept[mark] = known
        while len(_kept) > AT_HAND:
            _kept.popitem(last=False)
    return known[1]
