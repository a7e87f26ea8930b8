"""Suggests a mapping from the names of a file's columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

_WORDS = {
    "first_name": "first name|firstname|given name|forename|vorname|prenom|nombre",
    "last_name": "last name|lastname|surname|family name|nachname|nom|apellido",
    "name": "name|full name|contact|contact name|lead name|person",
    "title": "title|job title|position|role|job|occupation",
    "email": "email|e mail|email address|e mail address|mail|work email",
    "company": "company|company name|account|account name|organisation|organization|employer|firm|business",
    "industry": "industry|sector|branch|specialization",
    "employees": "employees|number of employees|company size|employee count|headcount|size",
    "annual_revenue": "revenue|annual revenue|turnover",
    "website": "website|web site|url|homepage|domain",
    "street": "street|address|street address",
    "city": "city|town",
    "region": "region|state|province|county",
    "postal_code": "postal code|zip|zip code|postcode",
    "country": "country|country code",
    "language": "language|locale",
    "notes": "notes|note|comment|comments|remarks|description",
    "source": "source|lead source|channel",
    "created_at": "created|created at|created on|created date|create date|date created|date",
    "status": "status|lead status",
    "owner": "owner|lead owner|agent|sales agent|assigned to|account executive",
    "do_not_call": "do not call|dnc",
    "do_not_email": "do not email|opt out|email opt out|unsubscribed",
}
_PHONES = "phone|phone number|mobile|mobile phone|telephone|tel|cell|cell phone|work phone"
_TAGS = "tags|tag|labels|label"
_COUNTS = {
    "website_visits": "visits|total visits|totalvisits|website visits|sessions",
    "page_views": "page views|pageviews",
    "email_opens": "opens|email opens|emails opened",
    "email_clicks": "clicks|email clicks|emails clicked",
    "content_downloads": "downloads|content downloads",
    "social_engagements": "social engagements|likes",
}
_IDS = "id|lead id|external id|record id|prospect id|contact id|customer id|opportunity id|crm id"
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    return _SEPARATORS.sub(" ", "".join(each for each in folded if not unicodedata.combining(each))).strip()


def suggested_mapping(header: Sequence[str]) -> dict[str, Any]:
    """Guess what the columns mean; a column whose name says nothing is left out. The guess is for people to correct."""
    columns: dict[str, str] = {}
    for name in header:
        columns.setdefault(_plain(name), name)

    def found(words: str) -> list[str]:
        return [columns[word] for word in words.split("|") if word in columns]

    lead: dict[str, Any] = {}
    ids = found(_IDS)
    if ids:
        lead["references"] = [{"system": "import", "id": ids[0]}]
    lead |= {target: names[0] for target, words in _WORDS.items() if (names := found(words))}
    if "first_name" in lead or "last_name" in lead:
        lead.pop("name", None)
    # A source has to be one of ours; what else the file says is kept as the touch's detail.
    if "source" in lead:
        lead["detail"] = lead["source"]
        lead["source"] = {"column": lead["source"], "map": {"Website": "WEBSITE_FORM", "Referral": "REFERRAL"}, "other": "OTHER"}
    for target, words in (("phones", _PHONES), ("tags", _TAGS)):
        if names := found(words):
            lead[target] = names
    counts = {target: names[0] for target, words in _COUNTS.items() if (names := found(words))}
    if counts:
        lead["counts"] = counts
    return {"kind": "leads", "lead": lead}
