"""The scoring models the product ships: standard, and voice for workspaces that call."""

from collections.abc import Mapping
from datetime import timedelta

from domain.scoring_rules import AtLeast, Band, BandRule, Category, FlatRule, Happened, Known, MatchRule, PerEventRule, Rule, ScoringModel
from domain.titles import Seniority

_DEMOGRAPHIC: tuple[Rule, ...] = (
    MatchRule("senior_title", "seniority", frozenset(Seniority), 10),
    FlatRule("company", Known("company"), 5),
    FlatRule("phone", AtLeast("phones", 1), 3),
    FlatRule("industry", Known("industry"), 2),
)
_BEHAVIOURAL: tuple[Rule, ...] = (
    PerEventRule("website_visits", "website_visits", 2, cap=10),
    PerEventRule("content_downloads", "content_downloads", 5, cap=10),
    PerEventRule("page_views", "page_views", 1, cap=5),
)
_ENGAGEMENT: tuple[Rule, ...] = (
    PerEventRule("email_opens", "email_opens", 2, cap=10),
    PerEventRule("email_clicks", "email_clicks", 3, cap=10),
    PerEventRule("social_engagements", "social_engagements", 1, cap=5),
)
_FIRMOGRAPHIC: tuple[Rule, ...] = (
    BandRule("employees", "employees", (Band(11, 2), Band(51, 5), Band(201, 10), Band(501, 15), Band(None, 20)), name="Company size"),
    BandRule(
        "annual_revenue",
        "annual_revenue",
        (Band(1_000_000, 2), Band(10_000_000, 5), Band(50_000_000, 10), Band(100_000_000, 15), Band(None, 20)),
    ),
)
_HIGH_INTENT_SOURCE = MatchRule("source", "source", frozenset({"WEBINAR", "CONTENT_DOWNLOAD"}), 5, name="High-intent source")
_CONTACT_REQUEST = FlatRule(
    "contact_requested_at", Happened("contact_requested_at", within=timedelta(days=30)), 3, name="Asked for contact"
)

STANDARD = ScoringModel(
    key="standard",
    version=1,
    name="Standard",
    categories=(
        Category("demographic", 20, _DEMOGRAPHIC),
        Category("behavioural", 25, _BEHAVIOURAL),
        Category("engagement", 25, _ENGAGEMENT),
        Category("firmographic", 20, _FIRMOGRAPHIC),
        Category(
            "intent",
            10,
            (
                _HIGH_INTENT_SOURCE,
                _CONTACT_REQUEST,
                FlatRule("outbound_attempts", AtLeast("outbound_attempts", 1), 2, name="Contacted before"),
            ),
        ),
    ),
)

_FORTNIGHT = timedelta(days=14)

VOICE = ScoringModel(
    key="voice",
    version=1,
    name="Voice",
    categories=(
        Category("demographic", 15, _DEMOGRAPHIC),
        Category("behavioural", 15, _BEHAVIOURAL),
        Category("engagement", 15, _ENGAGEMENT),
        Category("firmographic", 15, _FIRMOGRAPHIC),
        Category("intent", 5, (_HIGH_INTENT_SOURCE, _CONTACT_REQUEST)),
        Category(
            "conversation",
            35,
            (
                PerEventRule("connected_calls", "connected_calls", 6, cap=12, half_life=_FORTNIGHT),
                FlatRule("interested_calls", Happened("interested_calls"), 10, half_life=_FORTNIGHT, name="Interested"),
                FlatRule(
                    "callback_requested_calls", Happened("callback_requested_calls"), 10, half_life=_FORTNIGHT, name="Callback requested"
                ),
                FlatRule("meeting_booked_calls", Happened("meeting_booked_calls"), 15, half_life=_FORTNIGHT, name="Meeting booked"),
                FlatRule("not_interested_calls", Happened("not_interested_calls"), -15, half_life=_FORTNIGHT, name="Not interested"),
                FlatRule("wrong_number_calls", Happened("wrong_number_calls"), -10, half_life=_FORTNIGHT, name="Wrong number"),
            ),
        ),
    ),
)
"""What a conversation showed counts most.

Only connected calls earn "each"; of every other outcome the latest call counts, once. The decay is continuous: half after 14 days, a
quarter after 28, counted from each call. The cap of connected calls holds for what is left of their points.
"""

MODELS: Mapping[str, ScoringModel] = {model.key: model for model in (STANDARD, VOICE)}
