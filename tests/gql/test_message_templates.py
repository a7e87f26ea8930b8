"""Message templates: checked when they are saved, never changed once written, and shown as a real lead would get them."""

from __future__ import annotations

from typing import Any

import pytest

from domain.access import Role
from tests.worlds import World

TEMPLATE = """
    template { id version name channel current { number subject text html variables fallbacks { variable text } } }
    errors { __typename ... on UserError { code message path } }
"""
PREVIEW = """
    query ($template: ID!, $lead: ID!) {
        previewMessageTemplate(templateId: $template, leadId: $lead) {
            message { subject text html missing } version { number } lead { id } template { name }
        }
    }
"""
MAIL = {
    "name": "Welcome",
    "channel": "EMAIL",
    "subject": "Hello {{ contact.first_name }}",
    "text": "Dear {{ contact.name }}, how is {{ company.name | upcase }}?\n{{ owner.name }}",
    "html": "<p>{{ company.name }}</p>",
    "fallbacks": [{"variable": "contact.first_name", "text": "there"}],
}


def errors(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(".".join(error["path"][1:]), error["message"]) for error in payload["errors"]]


async def create(world: World, **fields: Any) -> dict[str, Any]:
    payload = await world.tell("createMessageTemplate", {**MAIL, **fields}, TEMPLATE)
    assert payload["errors"] == []
    return payload["template"]


async def test_a_template_says_which_variables_it_uses(world: World) -> None:
    template = await create(world)
    assert template["current"] == {
        "number": 1,
        "subject": "Hello {{ contact.first_name }}",
        "text": MAIL["text"],
        "html": "<p>{{ company.name }}</p>",
        "variables": ["company.name", "contact.first_name", "contact.name", "owner.name"],
        "fallbacks": [{"variable": "contact.first_name", "text": "there"}],
    }
    assert (template["version"], template["channel"]) == (1, "EMAIL")


async def test_a_preview_shows_the_message_as_the_lead_would_get_it(world: World) -> None:
    template = await create(world)
    lead = await world.lead(first_name="Ann", last_name="Lee", company="Smith <& Sons>", owner_id=world.ada.id)

    data = await world.ask(PREVIEW, {"template": template["id"], "lead": world.id(lead)})

    assert data["previewMessageTemplate"] == {
        "message": {
            "subject": "Hello Ann",
            "text": "Dear Ann Lee, how is SMITH <& SONS>?\nAda",
            "html": "<p>Smith &lt;&amp; Sons&gt;</p>",
            "missing": [],
        },
        "version": {"number": 1},
        "lead": {"id": world.id(lead)},
        "template": {"name": "Welcome"},
    }


async def test_a_preview_says_what_is_missing_and_puts_fallbacks_in(world: World) -> None:
    template = await create(world)
    lead = await world.lead()

    data = await world.ask(PREVIEW, {"template": template["id"], "lead": world.id(lead)})

    assert data["previewMessageTemplate"]["message"] == {
        "subject": "Hello there",
        "text": "Dear , how is ?\n",
        "html": "<p></p>",
        "missing": ["company.name", "contact.name", "owner.name"],
    }


async def test_a_subject_stays_one_line_whatever_the_lead_is_called(world: World) -> None:
    template = await create(world)
    lead = await world.lead(first_name="Ann\r\nBcc: all@example.org")

    data = await world.ask(PREVIEW, {"template": template["id"], "lead": world.id(lead)})

    assert data["previewMessageTemplate"]["message"]["subject"] == "Hello Ann Bcc: all@example.org"


async def test_a_link_that_a_leads_value_would_make_leads_nowhere(world: World) -> None:
    html = '<a href="{{ company.name }}">x</a><a href="{{ company.website }}">y</a>'
    template = await create(world, html=html)
    lead = await world.lead(company="javascript:alert(1)", website="https://lima.pt")

    data = await world.ask(PREVIEW, {"template": template["id"], "lead": world.id(lead)})

    assert data["previewMessageTemplate"]["message"]["html"] == '<a href="#">x</a><a href="https://lima.pt">y</a>'


async def test_a_preview_shows_whose_mail_it_is_and_a_link_that_unsubscribes_nobody(world: World) -> None:
    html = '<a href="{{ contact.unsubscribe_url }}">No more</a><p>{{ workspace.postal_address | newline_to_br }}</p>'
    template = await create(world, text="{{ contact.unsubscribe_url }}\n{{ workspace.postal_address }}", html=html, subject="Hi")
    ask = {"template": template["id"], "lead": world.id(await world.lead())}

    assert (await world.ask(PREVIEW, ask))["previewMessageTemplate"]["message"] == {
        "subject": "Hi",
        "text": "https://unsubscribe.example/preview\nAcme\nRua da Prova 7\n1000-111 Lisboa",
        "html": '<a href="https://unsubscribe.example/preview">No more</a><p>Acme<br>\nRua da Prova 7<br>\n1000-111 Lisboa</p>',
        "missing": [],
    }
    await world.tell("updateWorkspace", {"postalAddress": None}, "errors { __typename }")
    assert (await world.ask(PREVIEW, ask))["previewMessageTemplate"]["message"]["missing"] == ["workspace.postal_address"]


async def test_leads_that_the_viewer_does_not_see_are_previewed_for_nobody(world: World) -> None:
    template = await create(world)
    lead = await world.lead(owner_id=world.cleo.id)
    ask = {"template": template["id"], "lead": world.id(lead)}

    assert (await world.ask(PREVIEW, ask, viewer=world.viewer(Role.AGENT, world.ada))) == {"previewMessageTemplate": None}
    assert (await world.ask(PREVIEW, ask, viewer=world.viewer(Role.AGENT, world.cleo)))["previewMessageTemplate"] is not None
    assert (await world.ask(PREVIEW, {**ask, "template": world.id(lead)})) == {"previewMessageTemplate": None}


async def test_other_words_are_a_new_version_and_the_old_ones_stay(world: World) -> None:
    template = await create(world)
    update = {"templateId": template["id"], "text": "Short.", "expectedVersion": 1}

    changed = (await world.tell("updateMessageTemplate", update, TEMPLATE))["template"]
    same = (await world.tell("updateMessageTemplate", {"templateId": template["id"], "text": "Short."}, TEMPLATE))["template"]
    renamed = (await world.tell("updateMessageTemplate", {"templateId": template["id"], "name": "Short"}, TEMPLATE))["template"]

    assert (changed["version"], changed["current"]["number"], changed["current"]["text"]) == (2, 2, "Short.")
    assert changed["current"]["variables"] == ["company.name", "contact.first_name"]
    assert same == changed
    assert (renamed["version"], renamed["name"], renamed["current"]["number"]) == (3, "Short", 2)
    query = "query ($id: ID!) { messageTemplate(id: $id) { versions { nodes { number text createdBy { kind } } } } }"
    versions = (await world.ask(query, {"id": template["id"]}))["messageTemplate"]["versions"]["nodes"]
    assert versions == [
        {"number": 2, "text": "Short.", "createdBy": {"kind": "API_KEY"}},
        {"number": 1, "text": MAIL["text"], "createdBy": {"kind": "API_KEY"}},
    ]


async def test_everything_that_is_wrong_is_said_when_it_is_saved(world: World) -> None:
    await create(world)
    before = await world.contents()

    assert errors(
        await world.tell(
            "createMessageTemplate",
            {
                "name": " ",
                "channel": "EMAIL",
                "subject": "{{ contact.nose }}",
                "text": "{% for x in y %}",
                "html": "{{ company.name",
                "fallbacks": [{"variable": "contact.ear", "text": ""}],
            },
            TEMPLATE,
        )
    ) == [
        ("name", "A name has 1–100 characters."),
        ("subject", "There is no variable `contact.nose`."),
        ("text", "Line 1: there is no tag `for` in messages."),
        ("html", "Line 1: `{{` is not closed by `}}` within 300 characters."),
        ("fallbacks.0.variable", "There is no such variable."),
        ("fallbacks.0.text", "1–200 characters."),
    ]
    assert errors(await world.tell("createMessageTemplate", {"name": "welcome", "channel": "EMAIL"}, TEMPLATE)) == [
        ("subject", "A mail has a subject."),
        ("text", "A mail has text, or HTML, or both."),
        ("name", "Another message template has this name."),
    ]
    assert await world.contents() == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"channel": "SMS", "text": "Hi"}, []),
        ({"channel": "SMS", "text": "Hi", "subject": "Hi"}, [("subject", "Only mails have a subject.")]),
        ({"channel": "SOCIAL", "text": "Hi", "html": "<p>"}, [("html", "Only mails have HTML.")]),
        ({"channel": "SMS"}, [("text", "A message has text.")]),
        ({"channel": "SMS", "text": "x" * 1_601}, [("text", "At most 1,600 characters.")]),
        ({"channel": "EMAIL", "subject": "x" * 301, "text": "Hi"}, [("subject", "At most 300 characters.")]),
        (
            {"channel": "EMAIL", "subject": "Hi", "html": '<a href="javascript:alert(1)">x</a>'},
            [("html", "A link leads to http, https, mailto, tel or sms, not to `javascript`.")],
        ),
    ],
)
async def test_each_channel_has_its_own_parts(world: World, fields: dict[str, Any], said: list[tuple[str, str]]) -> None:
    assert errors(await world.tell("createMessageTemplate", {"name": "Message", **fields}, TEMPLATE)) == said


async def test_an_update_is_refused_when_the_whole_would_be_wrong(world: World) -> None:
    template = await create(world)
    before = await world.contents()

    refused = await world.tell(
        "updateMessageTemplate", {"templateId": template["id"], "subject": None, "name": None, "expectedVersion": 7}, TEMPLATE
    )

    assert errors(refused) == [
        ("expectedVersion", "The message template is at version 1 by now."),
        ("name", "A name has 1–100 characters."),
        ("subject", "A mail has a subject."),
    ]
    assert await world.contents() == before


async def test_an_archived_template_is_listed_only_when_asked_for(world: World) -> None:
    template = await create(world)
    selection = "template { version archivedAt } errors { ... on UserError { code } }"

    for version in (2, 2):
        archived = await world.tell("archiveMessageTemplate", {"templateId": template["id"]}, selection)
        assert archived["template"] == {"version": version, "archivedAt": "2026-06-30T12:00:00Z"}
    query = "{ messageTemplates { totalCount } all: messageTemplates(includeArchived: true) { nodes { name } } }"
    assert await world.ask(query) == {"messageTemplates": {"totalCount": 0}, "all": {"nodes": [{"name": "Welcome"}]}}
    back = await world.tell("unarchiveMessageTemplate", {"templateId": template["id"], "expectedVersion": 2}, selection)
    assert back["template"] == {"version": 3, "archivedAt": None}
    stale = await world.tell("unarchiveMessageTemplate", {"templateId": template["id"], "expectedVersion": 2}, selection)
    assert stale == {"template": None, "errors": [{"code": "VERSION_CONFLICT"}]}
    unknown = await world.tell("archiveMessageTemplate", {"templateId": world.id(world.ada)}, selection)
    assert unknown == {"template": None, "errors": [{"code": "NOT_FOUND"}]}


async def test_the_same_key_creates_once(world: World) -> None:
    payloads = [await world.tell("createMessageTemplate", {**MAIL, "idempotencyKey": "m"}, TEMPLATE) for _ in range(2)]
    assert payloads[0] == payloads[1]
    assert await world.ask("{ messageTemplates { totalCount } }") == {"messageTemplates": {"totalCount": 1}}


async def test_agents_read_templates_and_managers_write_them(world: World) -> None:
    template = await create(world)
    agent = world.viewer(Role.AGENT, world.ada)
    archive = "mutation ($id: ID!) { archiveMessageTemplate(input: { templateId: $id }) { errors { __typename } } }"

    refused = await world.answer(archive, {"id": template["id"]}, viewer=agent)
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert (await world.ask("{ messageTemplates { totalCount } }", viewer=agent))["messageTemplates"] == {"totalCount": 1}
    assert (await world.ask(archive, {"id": template["id"]}, viewer=world.viewer(Role.MANAGER)))["archiveMessageTemplate"] == {"errors": []}


async def test_the_variables_are_listed(world: World) -> None:
    variables = (await world.ask("{ messageVariables { name kind description alwaysKnown } }"))["messageVariables"]
    assert variables[0] == {"name": "contact.first_name", "kind": "TEXT", "description": "The first name.", "alwaysKnown": False}
    assert {variable["name"] for variable in variables if variable["alwaysKnown"]} == {
        "lead.status",
        "lead.source",
        "lead.created_on",
        "score.total",
        "score.grade",
        "workspace.name",
        "contact.unsubscribe_url",
    }


FIELDS: list[dict[str, Any]] = [
    {"key": "seats", "label": "Seats", "type": "NUMBER"},
    {"key": "renewal", "label": "Renewal", "type": "DATE"},
    {"key": "vip", "label": "VIP", "type": "BOOLEAN"},
    {
        "key": "uses",
        "label": "Uses",
        "type": "MULTI_SELECT",
        "options": [{"key": "crm", "label": "Our CRM"}, {"key": "ads", "label": "Ads"}],
    },
]
VALUES: list[dict[str, Any]] = [
    {"key": "seats", "value": {"number": "1200"}},
    {"key": "renewal", "value": {"date": "2026-09-01"}},
    {"key": "vip", "value": {"boolean": True}},
    {"key": "uses", "value": {"options": ["crm", "ads"]}},
]


async def test_custom_fields_are_variables_as_long_as_they_are_in_use(world: World) -> None:
    field: dict[str, Any] = {}
    for given in FIELDS:
        field = (await world.tell("createCustomField", given, "customField { id } errors { __typename }"))["customField"]
    lead = await world.lead()
    update = {"leadId": world.id(lead), "customFields": VALUES}
    assert await world.tell("updateLead", update, "errors { __typename }") == {"errors": []}
    text = "{{ custom.seats | thousands }} by {{ custom.renewal | date: '%d.%m.' }}: {{ custom.uses }}{% if custom.vip %}!{% endif %}"
    template = await create(world, text=text, html=None, subject="Hi", fallbacks=[])

    ask = {"template": template["id"], "lead": world.id(lead)}
    assert (await world.ask(PREVIEW, ask))["previewMessageTemplate"]["message"]["text"] == "1,200 by 01.09.: Our CRM, Ads!"
    variables = (await world.ask("{ messageVariables { name kind description } }"))["messageVariables"]
    assert {"name": "custom.uses", "kind": "TEXT", "description": "The custom field “Uses”."} in variables

    await world.tell("archiveCustomField", {"customFieldId": field["id"]}, "errors { __typename }")
    refused = await world.tell("updateMessageTemplate", {"templateId": template["id"], "subject": "Hello"}, TEMPLATE)
    assert errors(refused) == [("text", "There is no variable `custom.uses`.")]
    assert (await world.ask(PREVIEW, ask))["previewMessageTemplate"]["message"]["missing"] == ["custom.uses"]
