"""No template runs long, grows beyond the limit, or fails in any other way than by saying so: whatever its words are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from usecases.messages.filters import FILTERS
from usecases.messages.wording import MAX_OUTPUT_BYTES, WordingProblem, WordingTooLong, fill_in, read_wording


def _joined(pieces: list[str]) -> str:
    return "".join(pieces)


def _piped(atom: str, calls: list[str]) -> str:
    return " | ".join([atom, *calls])


def _calls(work: Callable[[], object]) -> int:
    """Count the calls that some work makes: its length in steps, on any machine."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


VALUES = {"contact.first_name": "x" * 500, "contact.last_name": None, "company.employees": 10**9, "score.total": 7}
ATOMS = st.sampled_from(
    ["contact.first_name", "contact.last_name", "company.employees", "x", "'%9d'", "9", "-1e99", "nil", "true", '"<b>"']
)
CALLS = st.builds("{}: {}".format, st.sampled_from(sorted(FILTERS)), ATOMS) | st.sampled_from(sorted(FILTERS))
EXPRESSIONS = st.builds(_piped, ATOMS, st.lists(CALLS, max_size=6))
CONDITIONS = st.builds("{} {} {}".format, ATOMS, st.sampled_from(["==", "!=", "<", ">", "<=", ">=", "contains", "and", "or"]), ATOMS)
PIECES = (
    st.builds("{{{{ {} }}}}".format, EXPRESSIONS)
    | st.builds("{{% assign x = {} %}}".format, EXPRESSIONS)
    | st.builds("{{% if {} %}}y{{% else %}}n{{% endif %}}".format, CONDITIONS)
    | st.builds("{{% case {} %}}{{% when {} %}}w{{% endcase %}}".format, ATOMS, ATOMS)
    | st.text(max_size=20)
)
TEMPLATES = st.lists(PIECES, max_size=40).map(_joined)
RUBBISH = st.lists(
    st.sampled_from(["{{", "}}", "{%", "%}", "-", " ", "if", "assign", "raw", "comment", "|", "'", "a.b", "[", ".", "\n"])
).map(_joined)


def _filled(words: str, *, html: bool) -> str | None:
    try:
        return fill_in(read_wording(words, html=html), VALUES)
    except (WordingProblem, WordingTooLong):
        return None


@settings(deadline=None)
@given(TEMPLATES, st.booleans())
def test_templates_end_within_the_limit(words: str, html: bool) -> None:
    made = _filled(words, html=html)
    assert made is None or len(made.encode()) <= MAX_OUTPUT_BYTES


@settings(deadline=None)
@given(TEMPLATES)
def test_what_was_read_is_filled_in_or_too_long(words: str) -> None:
    try:
        wording = read_wording(words)
    except WordingProblem:
        return
    try:
        fill_in(wording, VALUES)
    except WordingTooLong:
        assert len(words) > 100


@settings(deadline=None)
@given(RUBBISH | st.text(), st.booleans())
def test_rubbish_is_refused_or_stays_what_it_is(words: str, html: bool) -> None:
    _filled(words, html=html)


@settings(deadline=None)
@given(TEMPLATES | RUBBISH)
def test_the_work_grows_no_faster_than_the_words(words: str) -> None:
    read_wording.cache_clear()
    assert _calls(lambda: _filled(words, html=True)) <= 10_000 + 250 * len(words)


@pytest.mark.parametrize(
    "words",
    [
        "{{" * 30_000,
        "{%" * 30_000,
        "{{ " + " " * 59_990 + "a }}",
        "{{ a" + "|append:a" * 30 + " }}" * 1,
        ("{{" + " " * 290 + "a }}") * 200,
        "{% comment %}" * 199,
        "{% if " + "a and " * 45 + " a %}x{% endif %}",
        "{% assign b = b | append: b | append: b %}" * 99 + "{{ b }}" * 100,
        "\n" * 50_000 + "{{ a }}" * 200,
    ],
    ids=lambda words: words[:12].strip(),
)
def test_hostile_words_make_no_more_work_than_others(words: str) -> None:
    read_wording.cache_clear()
    assert _calls(lambda: _filled(words, html=False)) <= 150_000
