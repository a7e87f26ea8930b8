"""What happens to made-up leads: who turns up, what they do, how far it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from domain.activities import ActivityType, ContactChannel, ContactDirection, ContactOutcome, SocialNetwork
from domain.leads import Lead, LeadSource, ProfileFields, Touch
from domain.new_leads import new_lead
from domain.people import Agent
from domain.pipelines import Stage
from domain.scoring import Priority
from domain.status import LeadStatus
from server.demo.cast import Cast
from server.demo.story import Story
from server.demo.words import FIRST_NAMES, LAST_NAMES, PLACES, TITLES, Firm, mailbox, phone
from usecases.verbs import new_id

OLDEST = timedelta(days=270)
Scene = tuple[datetime, Callable[[Story], None]]


@dataclass(frozen=True, slots=True)
class Fate:
    """How far a lead gets, how often that happens, and how much such a lead does (the mean of its activities)."""

    name: str
    weight: int
    activity: float
    steps: tuple[LeadStatus, ...] = ()


_S = LeadStatus
FATES = (
    Fate("unworked", 16, 3),
    Fate("contacted", 18, 6),
    Fate("nurtured", 16, 11, (_S.NURTURING,)),
    Fate("disqualified", 7, 2, (_S.DISQUALIFIED,)),
    Fate("recycled", 5, 5, (_S.RECYCLED,)),
    Fate("lost", 12, 12, (_S.QUALIFIED, _S.PROPOSAL, _S.CLOSED_LOST)),
    Fate("won", 14, 20, (_S.QUALIFIED, _S.PROPOSAL, _S.NEGOTIATION, _S.CLOSED_WON)),
    Fate("open", 12, 17, (_S.QUALIFIED, _S.PROPOSAL, _S.NEGOTIATION)),
)
_SOURCES = (
    (LeadSource.WEBSITE_FORM, 22, ("Contact form", "Pricing page", "Demo request")),
    (LeadSource.CONTENT_DOWNLOAD, 14, ("Buyer's guide", "Benchmark report")),
    (LeadSource.WEBINAR, 12, ("Shorter sales cycles", "Forecasts that hold")),
    (LeadSource.REFERRAL, 10, ("A customer", "A former colleague")),
    (LeadSource.EMAIL_MARKETING, 10, ("Spring newsletter", "Product update")),
    (LeadSource.SOCIAL_MEDIA, 9, ("A post", "An advertisement")),
    (LeadSource.TRADE_SHOW, 8, ("Stand 14", "Evening reception")),
    (LeadSource.PARTNER, 7, ("A reseller", "An integrator")),
    (LeadSource.COLD_CALL, 5, (None,)),
    (LeadSource.ADVERTISING, 3, ("Search campaign",)),
)
_ASSETS = ("Buyer's guide", "Benchmark report", "Security overview", "Case study: Linden Clinics", "Price list")
_PAGES = ("/pricing", "/product", "/customers", "/integrations", "/security")
_DOINGS: tuple[tuple[ActivityType, int], ...] = (
    (ActivityType.WEBSITE_VISITED, 20),
    (ActivityType.PAGE_VIEWED, 22),
    (ActivityType.EMAIL_OPENED, 20),
    (ActivityType.EMAIL_CLICKED, 12),
    (ActivityType.CONTENT_DOWNLOADED, 9),
    (ActivityType.SOCIAL_ENGAGED, 6),
    (ActivityType.CONTACT_REQUESTED, 4),
    (ActivityType.WEBINAR_ATTENDED, 3),
    (ActivityType.CHAT_STARTED, 2),
    (ActivityType.NOTE_ADDED, 2),
)
_SUBJECTS = {
    ActivityType.EMAIL_OPENED: ("What teams like yours do first", "A short follow-up", "Your questions, answered"),
    ActivityType.EMAIL_CLICKED: ("What teams like yours do first", "A short follow-up"),
    ActivityType.WEBINAR_ATTENDED: ("Shorter sales cycles", "Forecasts that hold"),
    ActivityType.CONTACT_REQUESTED: ("Please call me back", "Could we see a demo?"),
    ActivityType.CHAT_STARTED: ("Asked about prices", "Asked about single sign-on"),
    ActivityType.NOTE_ADDED: ("Prefers mornings", "Budget round in autumn", "Two more people to convince"),
    ActivityType.SOCIAL_ENGAGED: ("Liked a post", "Shared a case study"),
}
_REASONS = {
    _S.CLOSED_LOST: ("Chose a competitor", "No budget this year", "The project was stopped"),
    _S.DISQUALIFIED: ("A student, not a buyer", "Far too small", "Wrong country"),
    _S.RECYCLED: ("Not before next year", "The contact left the company"),
}
_CALL_ENDS = (
    (ContactOutcome.CONNECTED, 30),
    (ContactOutcome.NO_ANSWER, 28),
    (ContactOutcome.VOICEMAIL, 18),
    (ContactOutcome.INTERESTED, 10),
    (ContactOutcome.CALLBACK_REQUESTED, 6),
    (ContactOutcome.MEETING_BOOKED, 5),
    (ContactOutcome.BUSY, 3),
)
_TALKED = (ContactOutcome.CONNECTED, ContactOutcome.INTERESTED, ContactOutcome.CALLBACK_REQUESTED, ContactOutcome.MEETING_BOOKED)


def new_face(random: Random, firm: Firm, now: datetime, number: int) -> Lead:
    """Make up somebody who turns up at some time of the last nine months; some tell more about themselves than others."""
    created = at_work(random, now - OLDEST * random.random() ** 1.3, now)
    first_name, last_name = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    place = random.choice(PLACES)
    title = random.choices([each for each, _ in TITLES], [weight for _, weight in TITLES])[0]
    source, _, details = random.choices(_SOURCES, [weight for _, weight, _ in _SOURCES])[0]
    talkative = random.random()
    profile: ProfileFields = {
        "first_name": first_name,
        "last_name": last_name,
        "title": title,
        "email": mailbox(first_name, f"{last_name}{number}" if random.random() < 0.1 else last_name, firm.domain),
        "phones": (phone(random, place),) if talkative > 0.25 else (),
        "language": place.language,
        "company": firm.name if talkative > 0.08 else None,
        "industry": firm.industry if talkative > 0.3 else None,
        "employees": firm.employees if talkative > 0.35 else None,
        "annual_revenue": Decimal(firm.revenue) if talkative > 0.5 else None,
        "website": f"https://{firm.domain}" if talkative > 0.3 else None,
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "time_zone": place.time_zone,
    }
    campaign = source in (LeadSource.EMAIL_MARKETING, LeadSource.ADVERTISING, LeadSource.SOCIAL_MEDIA)
    utm = {"utm_source": source.lower(), "utm_medium": "paid", "utm_campaign": "spring-2026"} if campaign else {}
    return new_lead(new_id(), created, profile, Touch(source=source, at=created, detail=random.choice(details), **utm))


def at_work(random: Random, roughly: datetime, latest: datetime) -> datetime:
    """Move an instant into working hours of a weekday, not beyond `latest`."""
    moved = roughly.replace(hour=random.randint(8, 17), minute=random.randrange(60), second=random.randrange(60), microsecond=0)
    while moved.weekday() > 4:
        moved += timedelta(days=1)
    return min(moved, latest)


def live(random: Random, cast: Cast, story: Story, now: datetime, beside: Sequence[Scene] = ()) -> None:
    """Let a lead live from its creation until now, as far as its fate takes it by then; `beside` is what others do with it meanwhile."""
    fate = random.choices(FATES, [each.weight for each in FATES])[0]
    agent = cast.agent_for(random, story.lead.country or "")
    born = story.lead.created_at
    scenes: list[Scene] = [*_doings(random, fate, born, now, agent), *beside]
    if fate.name != "unworked" or random.random() < 0.4:
        assigned = born + timedelta(hours=random.uniform(0.2, 30))
        scenes.append((assigned, lambda told: told.assign(assigned, agent, "WEIGHTED")))
        if fate.name != "unworked":
            scenes += _work(random, cast, fate, assigned, agent, story.lead)
    for at, scene in sorted(scenes, key=lambda each: each[0]):
        if at > now:
            break
        scene(story)
    story.let_time_pass(now)


def _doings(random: Random, fate: Fate, born: datetime, now: datetime, agent: Agent) -> Sequence[Scene]:
    """Scatter what the lead does over the weeks after it turned up, most of it early."""
    scenes: list[Scene] = []
    span = min(now - born, timedelta(days=random.uniform(20, 120)))
    for _ in range(round(random.gammavariate(2.0, fate.activity / 2.0))):
        type = random.choices([each for each, _ in _DOINGS], [weight for _, weight in _DOINGS])[0]
        at = born + span * random.random() ** 1.5 + timedelta(seconds=random.randrange(1, 3600))
        scenes.append((at, _doing(random, type, at, agent)))
    return scenes


def _doing(random: Random, type: ActivityType, at: datetime, agent: Agent) -> Callable[[Story], None]:
    subject = random.choice(_SUBJECTS[type]) if type in _SUBJECTS else None
    asset: str | None = None
    if type is ActivityType.CONTENT_DOWNLOADED:
        asset = subject = random.choice(_ASSETS)
    elif type in (ActivityType.PAGE_VIEWED, ActivityType.WEBSITE_VISITED):
        asset = random.choice(_PAGES)
    by = agent if type is ActivityType.NOTE_ADDED else None
    system = None if by else ("mail" if type in (ActivityType.EMAIL_OPENED, ActivityType.EMAIL_CLICKED) else "website")
    event_id = f"{system}-{random.getrandbits(48):012x}" if system else None
    return lambda story: story.act(at, type, by=by, subject=subject, asset=asset, source=system, source_event_id=event_id)


def _work(random: Random, cast: Cast, fate: Fate, assigned: datetime, agent: Agent, lead: Lead) -> Sequence[Scene]:
    """Plan what the agent does: attempts to reach the lead, then one step after another."""
    scenes: list[Scene] = []
    at = assigned + timedelta(hours=random.uniform(0.5, 60))
    for _ in range(random.randint(1, 4 if fate.steps else 3)):
        scenes.append((at, _attempt(random, at, agent)))
        at += timedelta(days=random.uniform(1, 6))
    if random.random() < 0.3:
        chosen = random.sample(sorted(cast.tags), random.randint(1, 2))
        scenes.append((at, lambda story, at=at: story.tag(at, agent, [cast.tags[name] for name in chosen])))
    stages = {stage.mapped_status: stage for stage in cast.stages_for(lead.source)}
    for status in fate.steps:
        at += timedelta(days=random.uniform(3, 24))
        scenes.append((at, _advance(random, status, stages, at, agent)))
        if status is LeadStatus.PROPOSAL:
            at += timedelta(days=random.uniform(1, 5))
            scenes.append((at, _slip(random, at, agent)))
    return scenes


def _attempt(random: Random, at: datetime, agent: Agent) -> Callable[[Story], None]:
    channel = random.choices((ContactChannel.PHONE, ContactChannel.EMAIL, ContactChannel.SOCIAL), (6, 4, 1))[0]
    if channel is ContactChannel.PHONE:
        outcome = random.choices([each for each, _ in _CALL_ENDS], [weight for _, weight in _CALL_ENDS])[0]
        seconds = random.randint(60, 1500) if outcome in _TALKED else random.randint(5, 45)
        call_id = f"call-{random.getrandbits(48):012x}"
        return lambda story: story.attempt(
            at,
            agent,
            ContactDirection.OUTBOUND,
            channel=channel,
            outcome=outcome,
            duration_seconds=seconds,
            provider="phone",
            provider_id=call_id,
        )
    outcome = random.choice((ContactOutcome.DELIVERED, ContactOutcome.OPENED, ContactOutcome.REPLIED))
    network = SocialNetwork.LINKEDIN if channel is ContactChannel.SOCIAL else None
    return lambda story: story.attempt(at, agent, ContactDirection.OUTBOUND, channel=channel, outcome=outcome, social_network=network)


def _advance(
    random: Random, status: LeadStatus, stages: dict[LeadStatus | None, Stage], at: datetime, agent: Agent
) -> Callable[[Story], None]:
    """Take the step to a status, through the stage that maps to it where there is one, with what it needs done first."""
    reason = random.choice(_REASONS[status]) if status in _REASONS else None
    value = Decimal(random.randrange(4, 160)) * 500
    closing = (at + timedelta(days=random.randint(20, 70))).date()
    pins = random.random() < 0.25

    def step(story: Story) -> None:
        if status is LeadStatus.QUALIFIED:
            story.learn(
                at, agent, budget=f"About {value:,.0f} EUR", authority="Decides with the board", need="Fewer tools", timeline="This year"
            )
        if status is LeadStatus.PROPOSAL:
            story.deal(at, agent, {"value": (value, "EUR"), "expected_close_date": closing})
        if status is LeadStatus.NEGOTIATION and pins:
            story.pin(at, agent, Priority.URGENT, "The contract is on their desk", at + timedelta(days=14))
        if status in stages:
            story.enter(at, agent, stages[status], reason)
        else:
            story.move(at, agent, status, reason)

    return step


def _slip(random: Random, at: datetime, agent: Agent) -> Callable[[Story], None]:
    later = (at + timedelta(days=random.randint(30, 100))).date()
    slips = random.random() < 0.35
    return lambda story: story.deal(at, agent, {"expected_close_date": later}) if slips else None
