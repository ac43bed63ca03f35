"""The analysis in words and lines, as a person reads it on a terminal or in a mail."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from facilitation import sentences
from facilitation.agencies import AGENCIES
from facilitation.path import BARRIERS, HELPS, STAGES

Say = Callable[..., str]
Section = tuple[str, list[str]]


def findings(result: Mapping[str, Any], language: str) -> str:
    """What `analysis.analyse` gave, in `language` ("ja" or "en"): titled sections of plain lines."""
    say = partial(sentences.say, "analysis", language)
    sections = [_stages(result, say, language), _groups(result, say, language), _dependence(result, say, language)]
    sections += [_bridges(result, say), _route(result, say, language), _barriers(result, say, language)]
    sections += [_helps(result, say, language), _questions(result, say, language), _mismatch(result, say, language)]
    shown = [say("title.cards", count=result["cards"])]
    for title, lines in sections:
        if lines:
            shown += ["", f"■ {say(title)}", *(f"  {line}" for line in lines)]
    return "\n".join([*shown, "", say("footer"), ""])


def _stages(result: Mapping[str, Any], say: Say, language: str) -> Section:
    lines = []
    for stage, at in result["stages"].items():
        line = say("stage.line", stage=_stage(stage, language), status=say(f"status.{at['status']}"))
        carried = [(name, _types(at[name], say, language)) for name in ("full", "conditional") if at[name]]
        lines.append("  ".join([line, *(say(f"stage.{name}", types=types) for name, types in carried)]))
    rates = {"coverage": _share(result["coverage_rate"], say), "robust": _share(result["robust_rate"], say)}
    lines.append(say("stage.rates", **rates))
    if result["mixed"]:
        cells = [say("stage.cell", type=_type(agency, language), stage=stage) for agency, stage in result["mixed"]]
        lines.append(say("stage.mixed", cells=say("separator").join(cells)))
    return "title.stages", lines


def _groups(result: Mapping[str, Any], say: Say, language: str) -> Section:
    lines = []
    for stage, counts in result.get("by_group", {}).items():
        named = [f"{say(f'status.{status}')} {count}" for status, count in counts.items() if count]
        lines.append(say("stage.line", stage=_stage(stage, language), status=say("separator").join(named)))
    return "title.groups", lines


def _dependence(result: Mapping[str, Any], say: Say, language: str) -> Section:
    return "title.dependence", [
        say("dependence.line", type=_type(agency, language), solo=rests["solo"], share=_share(rests["share"], say))
        for agency, rests in result["dependence"].items()
    ]


def _bridges(result: Mapping[str, Any], say: Say) -> Section:
    links = result["bridges"].items()
    return "title.bridges", [
        say("stage.line", stage=link.replace("-", "→"), status=say(f"bridge.{bridge}")) for link, bridge in links
    ]


def _route(result: Mapping[str, Any], say: Say, language: str) -> Section:
    way, peers = result["route"], result["entry_to_peer"]
    ends = {"start": _type(way["from"], language), "goal": _stage(way["goal"], language)}
    if way["warmest"] < 0:
        lines = [say("route.unknown", **ends)]
    elif way["from"] in result["stages"][way["goal"]]["full"]:
        lines = [say("route.itself", **ends)]
    else:
        lines = [say("route.found", warmth=say(f"warmth.{way['warmest']}"), **ends)]
    for warmth, between in way["cut"].items():
        if between:
            lines.append(say("route.cut", warmth=say(f"warmth.{warmth}"), types=_types(between, say, language)))
    if peers["any"] is not None:
        lines.append(say("route.peers", any=_share(peers["any"], say), warm=_share(peers["warm"], say)))
    return "title.route", lines


def _barriers(result: Mapping[str, Any], say: Say, language: str) -> Section:
    lines = []
    for each in result["barriers"]:
        reason, share = BARRIERS[each["reason"]].name(language), _share(each["share"], say)
        helps = [say("barrier.help", help=HELPS[code].name(language), count=n) for code, n in each["helps"].items()]
        told = [say("barrier.line", reason=reason, count=each["count"], share=share)]
        told += [say("barrier.helps", helps=say("separator").join(helps))] if helps else []
        lines.append("  ".join(told))
    return "title.barriers", lines


def _helps(result: Mapping[str, Any], say: Say, language: str) -> Section:
    return "title.helps", [
        say("help.line", **{**each, "help": HELPS[each["help"]].name(language)}) for each in result["helps"]
    ]


def _questions(result: Mapping[str, Any], say: Say, language: str) -> Section:
    lines = []
    for each in result["open_questions"]:
        reason = BARRIERS[each["reason"]].name(language) if each["reason"] else say("question.no_reason")
        ends = {"type": _type(each["type"], language), "stage": _stage(each["stage"], language)}
        lines.append(say("question.line", reason=reason, **ends))
    return "title.open_questions", lines


def _mismatch(result: Mapping[str, Any], say: Say, language: str) -> Section:
    if "mismatch" not in result:
        return "title.mismatch", []
    lines = [
        say(
            "mismatch.line",
            type=_type(each["type"], language),
            stage=_stage(each["stage"], language),
            role=_share(each["role"], say),
            expectation=_share(each["expectation"], say),
            verdict=say(f"mismatch.{each['verdict']}"),
        )
        for each in result["mismatch"]
    ]
    return "title.mismatch", lines or [say("mismatch.hidden")]


def _type(code: str, language: str) -> str:
    return AGENCIES[code].short(language)


def _types(codes: Iterable[str], say: Say, language: str) -> str:
    return say("separator").join(_type(code, language) for code in codes)


def _stage(code: str, language: str) -> str:
    return f"{code} {STAGES[code].short(language)}"


def _share(share: float | None, say: Say) -> str:
    return say("nobody") if share is None else f"{share:.0%}"
