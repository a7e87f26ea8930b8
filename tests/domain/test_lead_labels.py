"""References, tags and touches on their way in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.lead_labels import checked_color, checked_references, checked_tag_names
from domain.leads import LeadSource, Touch
from domain.new_leads import new_lead
from domain.refusals import Refusal
from domain.status import LeadStatus
from domain.touches import checked_touch

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
_ID = UUID(int=7)


def paths(refusals: list[Refusal]) -> list[str]:
    return [".".join(refusal.path) for refusal in refusals]


def test_references_are_cleaned_and_kept_once() -> None:
    references, refusals = checked_references([(" crm ", "7\0"), ("crm", "7"), ("erp", "a b")], "references")

    assert refusals == []
    assert references == (("crm", "7"), ("erp", "a b"))


def test_what_is_wrong_with_references_is_said_by_index() -> None:
    _, refusals = checked_references([("crm", "7"), ("", "x" * 201), ("y" * 51, "\n")], "references")

    assert paths(refusals) == ["references.1.system", "references.1.external_id", "references.2.system", "references.2.external_id"]
    assert paths(checked_references([("crm", str(number)) for number in range(21)], "references")[1]) == ["references"]


def test_names_of_tags_that_differ_in_case_are_one() -> None:
    assert checked_tag_names(["Gold", " GOLD", "Big\tdeal"], "tags") == (("Gold", "Big deal"), [])
    assert paths(checked_tag_names(["a", " ", "x" * 51], "tags")[1]) == ["tags.1", "tags.2"]
    assert paths(checked_tag_names([str(number) for number in range(51)], "tags")[1]) == ["tags"]


@pytest.mark.parametrize(("color", "written"), [("#FFD700", "#ffd700"), (" #000000 ", "#000000"), (None, None)])
def test_colours_are_written_in_one_way(color: str | None, written: str | None) -> None:
    assert checked_color(color, "color") == (written, [])


@pytest.mark.parametrize("color", ["", "red", "#fff", "#ffd70", "#ffd7000", "ffd700", "#ggg000"])
def test_what_is_no_colour(color: str) -> None:
    assert paths(checked_color(color, "color")[1]) == ["color"]


def test_a_touch_lies_between_the_year_2000_and_now() -> None:
    def wrong(at: datetime) -> list[str]:
        return paths(checked_touch(Touch(source=LeadSource.EVENT, at=at), NOON, "touch")[1])

    assert wrong(datetime(2000, 1, 1, tzinfo=UTC)) == wrong(NOON + timedelta(minutes=5)) == []
    assert wrong(datetime(1999, 12, 31, tzinfo=UTC)) == wrong(NOON + timedelta(minutes=5, seconds=1)) == ["touch.at"]


def test_the_texts_of_a_touch_are_cleaned_and_bounded() -> None:
    touch, refusals = checked_touch(
        Touch(source=LeadSource.EVENT, at=NOON, detail=" Fair\0 ", utm_source="x" * 201, utm_term="", utm_content="y" * 200), NOON, "touch"
    )

    assert paths(refusals) == ["touch.utm.source"]
    assert (touch.detail, touch.utm_term, touch.utm_content) == ("Fair", None, "y" * 200)


def test_a_new_lead_has_one_touch_that_is_first_and_last() -> None:
    touch = Touch(source=LeadSource.WEBINAR, at=NOON - timedelta(days=1), detail="Growth", utm_campaign="june")
    lead = new_lead(id=_ID, at=NOON, profile={"company": "Acme"}, touch=touch)

    assert (lead.status, lead.version, lead.owner_id, lead.company, lead.phones) == (LeadStatus.NEW, 1, None, "Acme", ())
    assert (lead.source, lead.first_touch_at, lead.first_touch_detail, lead.first_utm_campaign) == (
        touch.source,
        touch.at,
        "Growth",
        "june",
    )
    assert (lead.last_source, lead.last_touch_at, lead.last_touch_detail, lead.last_utm_campaign) == (
        touch.source,
        touch.at,
        "Growth",
        "june",
    )
    assert lead.created_at == lead.updated_at == lead.status_since == NOON
