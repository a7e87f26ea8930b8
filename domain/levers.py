"""What somebody can do about a score: more of which facts, how much of each still counts, and what a rule then gives."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from domain.scoring import Facts, RulePoints
from domain.scoring_facts import EVENT_FACTS, NUMBER_FACTS, SINGLE_EVENTS, TEXT_FACTS
from domain.scoring_rules import AtLeast, BandRule, FlatRule, MatchRule, PerEventRule, Rule, window_of

MOST_UNITS_OF_A_FACT = 100

ACTIONABLE: Mapping[str, tuple[str, str]] = {
    "company": ("the company's name", ""),
    "industry": ("the industry", ""),
    "phones": ("a valid phone number", "{} more valid phone numbers"),
    "website_visits": ("1 more website visit", "{} more website visits"),
    "content_downloads": ("1 more content download", "{} more content downloads"),
    "page_views": ("1 more page view", "{} more page views"),
    "email_opens": ("1 more e-mail open", "{} more e-mail opens"),
    "email_clicks": ("1 more e-mail click", "{} more e-mail clicks"),
    "social_engagements": ("1 more social engagement", "{} more social engagements"),
    "contact_requested_at": ("a request to be contacted", "{} requests to be contacted"),
    "outbound_attempts": ("1 contact attempt", "{} more contact attempts"),
    "connected_calls": ("1 more call of at least a minute", "{} more calls of at least a minute"),
    "interested_calls": ("a call that ends in interest", "{} calls that end in interest"),
    "callback_requested_calls": ("a call that ends in a callback request", "{} calls that end in a callback request"),
    "meeting_booked_calls": ("a call that ends in a meeting", "{} calls that end in a meeting"),
}
"""The facts somebody can do something about, in words for one more and for several more of them.

A fact is actionable when it can be learnt or made to happen: a name, a number, a visit, a call that ends well. What a lead simply is (its
title, size, revenue and source) is not, nor is what nobody wants, such as a refusal. More of it counts as fresh: it happens at the instant
of scoring, so nothing of its points has decayed. Learning a text is not taken to match a set: nobody knows what will be learnt. More of an
actionable fact may also take points away where a model says so, and that is reckoned in.
"""


def held(rule: Rule, facts: Facts, as_of: datetime) -> int:
    """Count how much of its fact there is, of events those that count for the rule."""
    if rule.fact in TEXT_FACTS:
        return int(TEXT_FACTS[rule.fact](facts) is not None)
    if rule.fact in NUMBER_FACTS:
        return int(NUMBER_FACTS[rule.fact](facts) or 0)
    window = window_of(rule)
    return sum(at <= as_of and (window is None or as_of - at <= window) for at in EVENT_FACTS[rule.fact](facts))


def useful_units(rule: Rule, earned: RulePoints, have: int) -> int:
    """Tell after how many units more the rule has nothing left to give."""
    if earned.points >= rule.cap and not _dips(rule):
        return 0
    match rule:
        case FlatRule(condition=AtLeast(threshold=threshold)):
            return max(0, threshold - have)
        case FlatRule():
            return 1
        case PerEventRule(points_each=each) if each <= 0:
            return 0
        case PerEventRule(fact=fact, points_each=each, cap=cap):
            # Only the latest of these events is known: another one takes its place.
            return int(min(each, cap) > earned.points) if fact in SINGLE_EVENTS else math.ceil((cap - earned.raw_points) / each)
        case BandRule():
            return max(0, max((band.below for band in rule.bands if band.below is not None), default=1) - have)
        case MatchRule():
            return 0


def with_more(rule: Rule, earned: RulePoints, have: int, more: int) -> int | float:
    """Tell what the rule gives when there are so many units more of its fact, events among them taking place at the instant of scoring."""
    if more == 0:
        return earned.points
    match rule:
        case FlatRule(condition=AtLeast(threshold=threshold)):
            return rule.points if have + more >= threshold else 0
        case FlatRule():
            return rule.points
        case PerEventRule(fact=fact, points_each=each, cap=cap):
            points = each if fact in SINGLE_EVENTS else earned.raw_points + each * more
            return max(-cap, min(cap, points))
        case BandRule():
            return next(band.points for band in rule.bands if band.below is None or have + more < band.below)
        case MatchRule():
            return earned.points


def _dips(rule: Rule) -> bool:
    """Tell whether more of the fact may take points that still more of it gives back: other rules may want the first step."""
    return isinstance(rule, BandRule) and any(later.points < earlier.points for earlier, later in pairwise(rule.bands))


def takes_away(rule: Rule) -> bool:
    """Tell whether more of the rule's fact may cost points."""
    match rule:
        case FlatRule(points=points) | MatchRule(points=points):
            return points < 0
        case PerEventRule(points_each=each):
            return each < 0
        case BandRule(bands=bands):
            return _dips(rule) or any(band.points < 0 for band in bands)
