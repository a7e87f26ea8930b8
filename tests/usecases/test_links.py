"""No mail of ours leads where a link should not: what authors wrote is refused, what a lead's value would make is taken out."""

from __future__ import annotations

import pytest

from usecases.messages.links import link_problem, with_safe_links

SCRIPTS = [
    'href="javascript:alert(1)"',
    "href='javascript:alert(1)'",
    "href=javascript:alert(1)",
    'HREF = "JaVaScRiPt:alert(1)"',
    'href=" \tjava\nscript&colon;alert(1)"',
    'href="&#106;avascript:alert(1)"',
    'xlink:href="javascript:alert(1)"',
    'formaction="javascript:alert(1)"',
]


@pytest.mark.parametrize("attribute", SCRIPTS)
def test_a_link_to_a_script_is_refused_and_leads_nowhere(attribute: str) -> None:
    assert link_problem(f"<a {attribute}>x</a>") == "A link leads to http, https, mailto, tel or sms, not to `javascript`."
    assert with_safe_links(f"<a {attribute}>x</a>") == f'<a {attribute[: attribute.index("=") + 1]}{" " * (" = " in attribute)}"#">x</a>'


@pytest.mark.parametrize("target", ["data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://a.pt/"])
def test_so_is_every_other_that_mails_have_no_use_for(target: str) -> None:
    assert link_problem(f'<img src="{target}">') == f"A link leads to http, https, mailto, tel or sms, not to `{target.partition(':')[0]}`."


@pytest.mark.parametrize(
    "words",
    [
        '<a href="https://lima.pt/?a=b:c">x</a>',
        '<a href="mailto:ann@lima.pt">x</a><a href="tel:+351912345678">x</a><img src="cid:logo">',
        '<a href="/prices">x</a><a href="#top">x</a><a href="">x</a>',
        '<a href="{{ company.website }}">x</a><a href="https://lima.pt/{{ contact.name | url_encode }}">x</a>',
        '<p data-src="javascript:x">Note: javascript:alert(1) is no link. a = {{ company.name }}</p>',
    ],
)
def test_other_words_stay_as_they_are(words: str) -> None:
    assert link_problem(words) is None
    assert with_safe_links(words) == words


def test_a_value_within_a_tag_stands_in_quotation_marks() -> None:
    assert link_problem("<a title={{ company.name }}>x</a>") == "A value that is filled in within a tag stands in quotation marks."


@pytest.mark.parametrize("words", ['href="' * 10_000, "href='" * 10_000, "<a " * 20_000, "= " * 30_000, "<a" + "=" * 59_000])
def test_hostile_words_have_no_links(words: str) -> None:
    assert link_problem(words) is None
