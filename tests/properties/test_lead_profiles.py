"""Whatever comes in as a profile is refused by name or stored in one form, which comes out the same when it comes in again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.lead_profiles import PROFILE_PATHS, checked_profile, profile_field
from domain.leads import ProfileFields
from domain.scoring_facts import is_valid_phone

_ANYTHING = st.text(max_size=60)
_TEXTS: dict[str, st.SearchStrategy[Any]] = {
    name: st.none() | _ANYTHING
    for name in PROFILE_PATHS
    if name not in ("phones", "employees", "annual_revenue", "do_not_call", "do_not_email")
}
_LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "email": st.emails() | _ANYTHING,
    "website": st.sampled_from(["http://", "https://", "HTTPS://"]).flatmap(lambda scheme: _ANYTHING.map(lambda rest: scheme + rest)),
    "language": st.from_regex(r"\A[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8}){0,3}\Z"),
    "country": st.text("abcdefghijklmnopqrstuvwxyzABC", min_size=2, max_size=2),
    "time_zone": st.sampled_from(["Europe/Lisbon", "UTC", "etc/gmt+3"]) | _ANYTHING,
    "phones": st.lists(st.from_regex(r"\A[+0-9 ()./-]{3,18}\Z") | _ANYTHING, max_size=3),
    "employees": st.integers(-(2**31), 2**31 - 1),
    "annual_revenue": st.decimals(),
    "do_not_call": st.booleans() | st.none(),
}


def check(fields: dict[str, Any], country: str | None) -> tuple[dict[str, Any], set[str | None]]:
    checked, refusals = checked_profile(cast(ProfileFields, fields), country=country)
    return cast("dict[str, Any]", checked), {profile_field(refusal.path) for refusal in refusals}


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional={**_TEXTS, **_LIKELY}), st.sampled_from([None, "PT", "US", "DE"]))
@example({"annual_revenue": Decimal("sNaN"), "first_name": "\ud800", "notes": "\udfff" * 3, "email": "\ud800@a.example"}, None)
@example({"website": "https://[::1", "language": "de-" * 20, "phones": ["+" * 40, "\ud800"]}, "PT")
def test_what_is_not_refused_is_stored_in_one_form(fields: dict[str, Any], country: str | None) -> None:
    checked, refused = check(fields, country)

    assert checked.keys() | refused == fields.keys()
    assert not checked.keys() & refused
    assert all(is_valid_phone(number) for number in checked.get("phones", ()))
    assert all("\0" not in str(value) for value in checked.values())
    str(checked).encode()
    assert check(checked, country) == (checked, set())
