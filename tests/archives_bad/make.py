"""Makes the bad archives beside this file, each wrong in one way: `python tests/archives_bad/make.py`.

Run it only to add a sample. What each comes to stands in `<name>.problems.json`, written by hand or looked at by one.
"""

import hashlib
import io
import json
import struct
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
LOG = "2024-03-01-XN9P7T"
AT = "2024-03-01T05:00:00Z"
OPENED = {
    "code": "XN9P7T",
    "secret": "s",
    "case": "case2",
    "variant": "120min",
    "groups": 3,
    "types": ["HC"],
    "steps": [{"kind": "reception"}],
}


def entry(revision, kind="tea_served", **other):
    return {"revision": revision, "kind": kind, "author": "organiser", "body": {}, "at": AT, "key": "", **other}


FIRST = entry(1, "conference_opened", body=OPENED)


def lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def manifest(*contents, **other):
    logs = [
        {"log": LOG, "kind": "conference", "entries": c.count(b"\n"), "sha256": hashlib.sha256(c).hexdigest()}
        for c in contents
    ]
    return {"format": "kaigi-archive", "version": 1, "made_at": AT, "logs": logs, "forgotten": [], **other}


def packed(parts, way=zipfile.ZIP_DEFLATED):
    """A zip of (name, content) in this order; names may come twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as packed:
        for name, content in parts:
            packed.writestr(zipfile.ZipInfo(name), content, way)
    return file.getvalue()


def archive(*contents, change=None, more=()):
    """An archive of logs as lines; `change` is done to the list of contents, `more` parts are put in."""
    listed = manifest(*contents)
    if change:
        change(listed)
    parts = [("manifest.json", json.dumps(listed))]
    return packed([*parts, *((f"entries-{n}.jsonl", c) for n, c in enumerate(contents, 1)), *more])


def one(*rows, **other):
    return archive(lines(FIRST, *rows), **other)


def listed_otherwise(**other):
    return one(change=lambda listed: listed.update(other))


def log_otherwise(**other):
    return one(change=lambda listed: listed["logs"][0].update(other))


def as_survey(listed):
    listed["logs"][0].update(kind="survey")


def raw(text):
    """An archive whose second line is `text`."""
    return archive(lines(FIRST) + text.encode() + b"\n")


def lying_about_its_size(true):
    """Every size in it says 100 bytes."""
    data = bytearray(one(more=[("entries-9.jsonl", b"\0" * true)]))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = data.rfind(mark)
        struct.pack_into("<I", data, where + at, 100)
    return bytes(data)


def samples():
    yield "nothing", b""
    yield "a_picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100
    yield "cut_off", one()[:-40]
    yield "empty_zip", packed([])
    yield "no_manifest", packed([("entries-1.jsonl", lines(FIRST))])
    yield "many_parts", packed([(f"entries-{n}.jsonl", b"") for n in range(200)])
    yield "bomb", packed([("manifest.json", b" " * 15_000_000)])
    yield "bombs", packed([(f"entries-{n}.jsonl", b"0" * 9_000_000) for n in range(1, 6)])
    yield "lying_bomb", lying_about_its_size(5_000_000)
    yield "path_in_name", one(more=[("../../start.py", b"x"), ("/etc/passwd", b"x"), ("C:\\x.txt", b"x")])
    yield "folder", one(more=[("scenarios/", b"")])
    yield "twice", one(more=[("entries-1.jsonl", lines(FIRST))])
    yield "locked_zip", one().replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")
    yield "unknown_way", packed([("manifest.json", json.dumps(manifest()))], zipfile.ZIP_LZMA)
    yield "manifest_is_text", packed([("manifest.json", b"Guten Tag")])
    yield "manifest_is_list", packed([("manifest.json", b"[]")])
    yield "manifest_of_others", listed_otherwise(format="backup")
    yield "newer", listed_otherwise(version=2)
    yield "no_version", listed_otherwise(version="one")
    yield "logs_no_list", listed_otherwise(logs={"log": LOG})
    yield "log_no_object", listed_otherwise(logs=[LOG])
    yield "nothing_in_it", packed([("manifest.json", json.dumps(manifest()))])
    yield "house", log_otherwise(log="house", kind="house")
    yield "path_as_id", log_otherwise(log="../../x")
    yield "long_id", log_otherwise(log="2024-" + "X" * 80)
    yield "name_of_another_code", log_otherwise(log="2024-03-01-ABCDEF")
    spelled = {**FIRST, "body": {**OPENED, "code": "P7T"}}
    spells = archive(lines(spelled), change=lambda listed: listed["logs"][0].update(log="XN9-P7T"))
    yield "name_that_spells_a_code", spells
    as_other = archive(lines(FIRST), change=lambda listed: listed["logs"][0].update(log=f"survey-{LOG}"))
    yield "conference_named_like_a_survey", as_other
    yield "same_log_twice", archive(lines(FIRST), lines(FIRST))
    yield "forgets_the_house", listed_otherwise(forgotten=[{"log": "house", "at": AT}, {"log": LOG, "at": "now"}, 7])
    yield "wrong_types", log_otherwise(log=7, kind=["conference"], entries=True, sha256=None)
    yield "huge_count", log_otherwise(entries=10**9)
    yield "wrong_count", log_otherwise(entries=5)
    yield "wrong_digest", log_otherwise(sha256="0" * 64)
    yield "missing_entries", packed([("manifest.json", json.dumps(manifest(lines(FIRST))))])
    yield "unlisted_entries", one(more=[("entries-2.jsonl", lines(FIRST))])
    yield "not_utf8", archive(lines(FIRST) + b"\xff\xfe\n")
    yield "no_json", raw("{revision: 2}")
    yield "deep", raw('{"revision": 2, "body": ' + '{"a":' * 5000 + "1" + "}" * 5001)
    yield "rather_deep", one(entry(2, body={"a": [[[[[[[[[[[[1]]]]]]]]]]]]}))
    noise = "".join(hashlib.sha256(b"%d" % n).hexdigest() for n in range(3200))
    yield "long_line", one(entry(2, body={"text": noise}))
    survey = entry(1, "survey_opened", body={"kind": "visit", "code": "C", "secret": "s", "forms": ["pre"]})
    answer = entry(2, "answer_given", body={"form": "pre", "code": "X", "rows": [["P3", 5]], "texts": []})
    yield "survey_with_half_an_answer", archive(lines(survey, answer), change=as_survey)
    yield "survey_without_forms", archive(lines({**survey, "body": {"kind": "visit"}}), change=as_survey)
    no_text = {**answer, "body": {**answer["body"], "rows": [], "texts": ["F1"]}}
    yield "survey_that_misses_a_text", archive(lines(survey, no_text), change=as_survey)
    yield "infinity", raw('{"revision": 2, "body": {"x": Infinity}}')
    yield "too_large_a_number", raw('{"revision": 2, "body": {"x": 1e999}}')
    yield "name_twice", raw('{"revision": 2, "revision": 3}')
    yield "wrong_fields", one({"revision": "2", "kind": 5, "author": None, "body": [], "at": AT, "role": "organiser"})
    yield "true_is_no_number", one(entry(True))
    yield "out_of_order", one(entry(3), entry(2))
    yield "key_twice", one(entry(2, key="k"), entry(3, key="k"))
    yield "controls", one(entry(2, author="seat:\0", kind="a\rb", key="k" * 300))
    yield "no_time", one(entry(2, at="yesterday"))
    yield "card_of_nobody", one(entry(2, "card_written", body={"card": "c", "group": "1", "type": "X", "stage": "S4"}))
    yield "no_beginning", archive(lines(entry(1)))
    yield "step_out_of_timetable", one(entry(2, "step_opened", body={"step": 7}))
    yield "million_groups", archive(lines(entry(1, "conference_opened", body={**OPENED, "groups": 1_000_000})))
    yield "no_groups", one(entry(2, "groups_set", body={"groups": 0}))
    strange = {**survey, "body": {**survey["body"], "forms": ["pre", "afterwards"]}}
    yield "survey_of_a_form_nobody_knows", archive(lines(strange), change=as_survey)
    opens = entry(2, "form_opened", body={"form": "afterwards"})
    yield "form_nobody_knows", archive(lines(survey, opens), change=as_survey)
    yield "erases_what_comes", one(entry(2, "redacted", body={"revision": 2}))
    yield "many_problems", one(*(entry(9, at="x") for _ in range(60)))
    yield "sealed", b"KAIGI-SEALED-1\n" + b"\0" * 200


if __name__ == "__main__":
    for name, data in samples():
        (HERE / f"{name}.kaigi").write_bytes(data)
