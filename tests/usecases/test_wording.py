"""Messages are Liquid without what can run long, fail late or reach further than the variables of a lead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.message_variables import Value
from usecases.messages.wording import WordingProblem, WordingTooLong, fill_in, read_wording

ANN: dict[str, Value] = {
    "contact.first_name": "Ann <b>",
    "contact.last_name": None,
    "company.employees": 1234,
    "deal.value": Decimal("1200.50"),
    "deal.expected_close_date": date(2026, 3, 5),
    "score.grade": "B",
}


def filled(words: str, *, html: bool = False) -> str:
    return fill_in(read_wording(words, html=html), ANN)


@pytest.mark.parametrize(
    ("words", "becomes"),
    [
        ("Hi {{ contact.first_name }}!", "Hi Ann <b>!"),
        ("Hi {{ contact.last_name | default: 'there' }}!", "Hi there!"),
        ("Hi {{ contact.last_name }}!", "Hi !"),
        ("{{ contact.first_name | upcase | truncate: 4 }}", "ANN…"),
        ("{{ company.employees | thousands }} people", "1,234 people"),
        ("{{ company.employees | thousands: '.' }} people", "1.234 people"),
        ("{{ deal.value | round }} or {{ deal.value | round: 1 }}", "1201 or 1200.5"),
        ("by {{ deal.expected_close_date | date: '%d %B %Y' }}", "by 05 March 2026"),
        ("{% if company.employees > 500 %}big{% else %}small{% endif %}", "big"),
        ("{% case score.grade %}{% when 'A' %}now{% when 'B' %}soon{% endcase %}", "soon"),
        ("{% unless contact.last_name %}no{% endunless %}", "no"),
        ("{% assign greeting = 'Hi ' | append: contact.first_name %}{{ greeting }}", "Hi Ann <b>"),
        ("{%- comment -%} not for you {%- endcomment -%}x", "x"),
        ("{{ contact.first_name | url_encode }}", "Ann+%3Cb%3E"),
        ("100 % { } %} fine }}", "100 % { } %} fine }}"),
    ],
)
def test_words_are_filled_in(words: str, becomes: str) -> None:
    assert filled(words) == becomes


def test_values_in_html_are_escaped_and_words_are_not() -> None:
    assert filled("<p>{{ contact.first_name }}</p>", html=True) == "<p>Ann &lt;b&gt;</p>"
    assert filled("{{ '<i>' | append: contact.first_name }}", html=True) == "<i>Ann &lt;b&gt;"
    assert fill_in(read_wording("{{ contact.name | newline_to_br }}", html=True), {"contact.name": "a\n<b"}) == "a<br>\n&lt;b"


def test_the_variables_are_found_wherever_they_stand() -> None:
    words = "{{ a.b }}{% if c.d > e.f and g.h %}{% assign x = i.j %}{{ x | default: k.l }}{% else %}{{ m.n | append: o.p }}{% endif %}"
    assert read_wording(words).variables == ("a.b", "c.d", "e.f", "g.h", "i.j", "k.l", "m.n", "o.p")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("one\ntwo {{ contact.first_name", "Line 2: `{{` is not closed by `}}` within 300 characters."),
        ("{{ {{ a.b }}", "Line 1: `{{` opens again before it is closed."),
        ("{% for tag in lead.tags %}{{ tag }}{% endfor %}", "Line 1: there is no tag `for` in messages."),
        ("{% render 'x' %}", "Line 1: there is no tag `render` in messages."),
        ("{% include 'x' %}", "Line 1: there is no tag `include` in messages."),
        ("{% raw %}{{ a }}{% endraw %}", "Line 1: there is no tag `raw` in messages."),
        ("{{ contact.first_name | base64_decode }}", "There is no filter `base64_decode` in messages."),
        ("{{ contact[lead.name] }}", "A variable is named outright: `{{ contact.first_name }}`."),
        ("{% assign contact = 'x' %}", "`contact` cannot be assigned: it is where variables are found."),
        ("{{ a | append: 'x' | append: 'y' }}" * 101, "At most 200 filters."),
        ("{{ a }}" * 201, "At most 200 places to fill in."),
        ("{% if a %}" * 11 + "{% endif %}" * 11, "Line 1: block nesting limit reached."),
    ],
)
def test_what_is_no_template_or_not_allowed_is_said(words: str, said: str) -> None:
    with pytest.raises(WordingProblem) as refused:
        read_wording(words)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    "words", ["{{ }}", "{% %}", "{% if %}x{% endif %}", "{% if a %}", "{% endif %}", "{{ 'a }}", "{{ a | }}", "{{ a.. }}"]
)
def test_broken_words_are_refused(words: str) -> None:
    with pytest.raises(WordingProblem):
        read_wording(words)


def test_what_was_accepted_does_not_fail_when_it_is_filled_in() -> None:
    assert filled("{% if company.employees > 'x' %}a{% endif %}b") == "b"
    assert filled("{{ contact.first_name | round | date: '%Y' | thousands }}") == "Ann <b>"
    assert filled("{{ contact.first_name | truncate: 'x' }}{{ 'now' | date: '%999999d' }}") == "Ann <b>now"
    assert fill_in(read_wording("{{ contact.first_name | append: '!' }}"), {}) == "!"


def test_a_message_that_becomes_too_long_is_stopped() -> None:
    doubling = "{% assign x = 'xxxxxxxxxx' %}" + "{% assign x = x | append: x %}" * 20 + "{{ x }}" * 50
    with pytest.raises(WordingTooLong):
        filled(doubling)
