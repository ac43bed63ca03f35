"""People's words go through safe elements alone (F21): a lint over the code that draws, and planted faults for it.

Streamlit reads the text of most of its elements as Markdown and fetches the pictures in it, so an element is either
known to show plain text or may not be used. Labels of inputs are Markdown too: no label may hold what people typed.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DRAWN_BY = sorted([*(ROOT / "facilitation").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])
SCRIPTS = sorted((ROOT / "facilitation" / "screen" / "assets").glob("*.js"))
TEMPLATES = sorted((ROOT / "facilitation").rglob("*.html"))

READS_MARKDOWN = frozenset(
    (
        *("markdown", "write", "write_stream", "html", "caption", "latex", "title", "header", "subheader", "badge"),
        *("error", "warning", "info", "success", "exception", "metric", "table", "json", "code_editor", "help"),
        *("image", "logo", "iframe", "pdf", "video", "audio", "link_button", "page_link", "chat_message"),
        *("mermaid_chart", "echarts_chart", "graphviz_chart", "vega_lite_chart", "pydeck_chart", "status", "spinner"),
    )
)
"""Elements of Streamlit that read Markdown or HTML, or fetch what an address names: not used at all."""

LABELLED = frozenset(
    (
        *("button", "form_submit_button", "download_button", "toast", "expander", "popover", "tabs", "checkbox"),
        *("toggle", "radio", "selectbox", "multiselect", "pills", "segmented_control", "text_input", "text_area"),
        *("number_input", "date_input", "time_input", "slider", "select_slider", "file_uploader"),
        *("dialog", "menu_button"),
    )
)
TYPED = frozenset(
    (
        *("text", "can", "hard", "words", "person", "contacts", "lecture", "lines", "said_by", "comment"),
        *("title", "region", "type_of_link", "question", "narrative"),
    )
)
"""Fields that hold what people typed, in the app or in a case file; in a label they go through `plain`."""

IN_SCRIPTS = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\s*\(|new Function|srcdoc)")
IN_TEMPLATES = re.compile(r"\|\s*safe\b|autoescape\s+false")


def faults(source):
    """What a file of Python may not do: (line, why)."""
    tree = ast.parse(source)
    streamlit = _streamlit_names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if any(keyword.arg == "unsafe_allow_html" for keyword in node.keywords):
            yield node.lineno, "unsafe_allow_html"
        elif name in READS_MARKDOWN and _root(node.func) in streamlit and not _own_page(name, node):
            yield node.lineno, f"st.{name}"
        elif name in LABELLED and _root(node.func) in streamlit | {"left", "right", "middle"}:
            yield from ((node.lineno, f"typed words in st.{name}") for part in _labels(name, node) if _typed(part))
        elif name == "component" and any(keyword.arg == "html" for keyword in node.keywords):
            yield node.lineno, "a component of HTML"
        elif name == "Markup" and not all(_escaped(argument) for argument in node.args):
            yield node.lineno, "Markup of a variable"


def _own_page(name, call):
    """A frame around a page of ours: its address begins with a path that is written here, or with that of a survey."""
    address = call.args[0] if name == "iframe" and call.args else None
    first = address.values[0] if isinstance(address, ast.JoinedStr) else None
    if isinstance(first, ast.FormattedValue) and isinstance(first.value, ast.Call):
        return getattr(first.value.func, "id", "") == "survey_path"
    return isinstance(first, ast.Constant) and re.match(r"/\w", str(first.value)) is not None


def _escaped(part):
    """A text of our own, or a tree that `markup` has escaped (`written` is `markup` for the safety panel)."""
    called = getattr(part.func, "id", "") if isinstance(part, ast.Call) else ""
    return isinstance(part, ast.Constant) or called in ("markup", "written")


def _streamlit_names(tree):
    """Under which names a file knows Streamlit, and what it took out of it."""
    names = {"st"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.asname or each.name for each in node.names if each.name.split(".")[0] == "streamlit"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            names |= {each.asname or each.name for each in node.names}
        elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            names.add(node.optional_vars.id)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _root(node.value.func) == "st":
            for target in node.targets:
                names |= {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}
    return names


def _root(node):
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", "")


def _labels(name, call):
    """What a call hands over as words to show; an input's value is no label, the choices of a box are plain text."""
    yield from call.args[:1]
    shown = ("label", "help", *(() if name in ("selectbox", "multiselect") else ("format_func", "captions")))
    yield from (keyword.value for keyword in call.keywords if keyword.arg in shown)


def _typed(part):
    if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "plain":
        return False
    here = isinstance(part, ast.Attribute) and part.attr in TYPED
    return here or any(_typed(inner) for inner in ast.iter_child_nodes(part))


def brief(path):
    return path.relative_to(ROOT).as_posix()


def test_f21_no_page_uses_an_element_that_reads_what_it_shows():
    assert len(DRAWN_BY) > 100, "hardly a file found: the walk looks in the wrong place"
    assert [(brief(file), *each) for file in DRAWN_BY for each in faults(file.read_text("utf-8"))] == []


def test_f21_no_script_makes_elements_out_of_text():
    found = [(brief(file), IN_SCRIPTS.findall(file.read_text("utf-8"))) for file in SCRIPTS]
    assert len(found) > 5
    assert [each for each in found if each[1]] == []


def test_f21_no_template_lets_words_through_as_they_are():
    found = [(brief(file), IN_TEMPLATES.findall(file.read_text("utf-8"))) for file in TEMPLATES]
    assert found and [each for each in found if each[1]] == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("st.markdown(card.can)", "st.markdown"),
        ("st.markdown('fine today, changed tomorrow')", "st.markdown"),
        ("st.write(note)", "st.write"),
        ("st.html(text)", "st.html"),
        ("left.caption(words)", "st.caption"),
        ("st.container().error(str(refusal))", "st.error"),
        ("column.metric('n', 3)", "st.metric"),
        ("with st.expander('x') as box: box.info(text)", "st.info"),
        ("st.text('x', unsafe_allow_html=True)", "unsafe_allow_html"),
        ("markdown(text)", "st.markdown"),
        ("streamlit.write(text)", "st.write"),
        ("st.button(card.can)", "typed words in st.button"),
        ("st.expander(f'{n}: {note.text}')", "typed words in st.expander"),
        ("st.pills('x', ids, format_func=lambda i: cards[i].hard)", "typed words in st.pills"),
        ("st.text_input('x', help=venue.contacts)", "typed words in st.text_input"),
        ("st.radio('x', ids, captions=[cases[i].type_of_link for i in ids])", "typed words in st.radio"),
        ("st.button(f'{plain(a.title)} {b.title}')", "typed words in st.button"),
        ("st.components.v2.component('x', html=page)", "a component of HTML"),
        ("Markup(text)", "Markup of a variable"),
    ],
)
def test_the_lint_sees_a_planted_fault(line, why):
    head = "import streamlit, streamlit as st\nfrom streamlit import markdown\nleft, column = st.columns(2)\n"
    assert [said for _, said in faults(head + line)] == [why]


@pytest.mark.parametrize(
    "line",
    [
        "st.button(plain(case.title))",
        "st.text(card.can)",
        "st.text_input('x', venue.contacts)",
        "answer.json()",
        "headers.header('x')",
    ],
)
def test_the_lint_leaves_alone_what_is_safe(line):
    assert list(faults("import streamlit as st\n" + line)) == []


@pytest.mark.parametrize(
    "line", ["node.innerHTML = text", "eval (text)", "document.write(text)", "box.insertAdjacentHTML('x', t)"]
)
def test_the_lint_of_scripts_sees_a_planted_fault(line):
    assert IN_SCRIPTS.search(line)
    assert not IN_SCRIPTS.search("node.textContent = text; const evaluated = 1")
