"""The closed sets of consent and contacting, described."""

from __future__ import annotations

from domain.consent import ConsentAction, ConsentState, LegalBasis, SuppressionKind, SuppressionReason
from domain.consent_purposes import ConsentPurpose
from domain.contact_decisions import ContactRuleKind, ContactVerdict
from domain.contact_rules import ConsentNeed
from domain.whereabouts import ZoneSource
from gql.enums import describe

# Whoever annotates a field with one of them imports it from here, so that it is described before it is used.
__all__ = [
    "ConsentAction",
    "ConsentNeed",
    "ConsentPurpose",
    "ConsentState",
    "ContactRuleKind",
    "ContactVerdict",
    "LegalBasis",
    "SuppressionKind",
    "SuppressionReason",
    "ZoneSource",
]

describe(
    ConsentPurpose,
    "What a contact is for.",
    {
        "MARKETING": "Making something known to many.",
        "SALES": "Talking about a deal with this one.",
        "SERVICE": "Serving whom we know, without selling anything.",
    },
)
describe(
    ConsentAction,
    "What a line of the ledger says.",
    {"GRANTED": "The lead may be contacted.", "WITHDRAWN": "It may no longer be."},
)
describe(
    LegalBasis,
    "On what ground a lead may be contacted.",
    {
        "CONSENT": "It said yes.",
        "CONTRACT": "A contract with it, or what leads to one at its request, needs it.",
        "LEGITIMATE_INTEREST": "Our interest outweighs, and it did not object.",
        "LEGAL_OBLIGATION": "The law asks for it.",
    },
)
describe(
    ConsentState,
    "What the ledger comes to.",
    {
        "UNKNOWN": "It says nothing about it.",
        "GRANTED": "The lead may be contacted.",
        "WITHDRAWN": "The lead said no.",
        "EXPIRED": "The lead said yes, for a time that is over.",
    },
)
describe(
    SuppressionKind,
    "What must not be contacted.",
    {
        "ADDRESS": "A phone number or an e-mail address, whoever has it.",
        "LEAD": "A lead, by whatever address.",
        "CHANNEL": "Nobody at all on the channel.",
    },
)
describe(
    SuppressionReason,
    "Why something must not be contacted.",
    {
        "OPT_OUT": "The lead does not want it.",
        "COMPLAINT": "Somebody complained.",
        "INVALID_ADDRESS": "Nobody is reached there, or somebody else.",
        "LEGAL": "A list that the law keeps, or a court, forbids it.",
        "OTHER": "As the note says.",
    },
)
describe(
    ContactVerdict,
    "Whether a lead may be contacted.",
    {"ALLOW": "It may be, now.", "DENY": "It must not be.", "DEFER": "Not now, but later."},
)
describe(
    ContactRuleKind,
    "What a rule of contacting looks at.",
    {
        "ADDRESS": "Whether there is an address for the channel.",
        "SUPPRESSION": "Whether anything is suppressed.",
        "CONSENT": "What the ledger says for the purpose.",
        "TIME_ZONE": "Whether anybody knows what time it is for the lead.",
        "LEGAL_HOURS": "Whether it is 08:00–21:00 for the lead, outside of which nobody is called or texted.",
        "WINDOW": "Whether it is within the workspace's window for the channel.",
        "FREQUENCY_CAP": "How often the lead was tried of late.",
    },
)
describe(
    ConsentNeed,
    "What the ledger must say.",
    {"GIVEN": "A yes is on record, on a ground that counts.", "NOT_WITHDRAWN": "No no is on record."},
)
describe(
    ZoneSource,
    "How a lead's time zones were found.",
    {
        "LEAD": "The lead has one.",
        "PHONE_AND_COUNTRY": "What the phone prefix and the country have in common; all of both where that is nothing.",
        "PHONE": "The prefix of the preferred phone number.",
        "COUNTRY": "The country of the address.",
        "NONE": "Nothing tells.",
    },
)
