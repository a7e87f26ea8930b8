"""How tokens are written and read, and which keys are good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import AgentVisibility, LeadVisibility, Permission, Role
from domain.api_keys import Credential, Token, hash_secret, hint_of, is_good, read_token, secret_matches, viewer_of, write_token
from domain.people import Availability
from domain.workspaces import ApiKey

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
WORKSPACE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
KEY = UUID("01890a5d-ac96-774b-bcce-b302099a8058")
AGENT = UUID("01890a5d-ac96-774b-bcce-b302099a8059")
TEAM = UUID("01890a5d-ac96-774b-bcce-b302099a805a")
NOON = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
SECRET = bytes(range(24))
WRITTEN = write_token(Token(WORKSPACE, KEY, SECRET))

_key = ApiKey(
    id=KEY,
    name="Website",
    hint=hint_of(KEY),
    role=Role.INTEGRATION,
    agent_id=None,
    scopes=None,
    created_at=NOON,
    expires_at=None,
    revoked_at=None,
    last_used_at=None,
)
CREDENTIAL = Credential(_key, hash_secret(SECRET), None, None, AgentVisibility.TEAM_AND_POOL)


def _stored(availability: Availability | None = None, **fields: object) -> Credential:
    return replace(CREDENTIAL, key=replace(_key, **fields), availability=availability)


def test_a_token_shows_what_it_is_and_never_changes_its_shape() -> None:
    assert WRITTEN == "lgk_02tcRIyrxLXTR81B3dqdOx02tcRIyrxLXTR81B3dqdOy000A7dl5PEW67zZCpFU9uKaHnGgOvQKAR0LhmjG"
    assert hint_of(KEY) == "lgk_…qdOy"


@given(st.uuids(), st.uuids(), st.binary(min_size=24, max_size=24))
def test_every_token_reads_back(workspace_id: UUID, key_id: UUID, secret: bytes) -> None:
    token = Token(workspace_id, key_id, secret)

    assert read_token(write_token(token)) == token


@pytest.mark.parametrize("position", range(len(WRITTEN)))
def test_one_wrong_character_anywhere_is_noticed(position: int) -> None:
    wrong = "x" if WRITTEN[position] != "x" else "y"

    assert read_token(WRITTEN[:position] + wrong + WRITTEN[position + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    ["", "lgk_", WRITTEN[:-1], WRITTEN + "0", WRITTEN.swapcase(), WRITTEN.replace("lgk_", "ghp_"), "lgk_" + "é" * 83, "lgk_" + "-" * 83],
)
def test_what_was_never_a_token_is_none(text: str) -> None:
    assert read_token(text) is None


def test_numbers_too_large_for_an_id_are_none_even_with_a_right_checksum() -> None:
    body = "lgk_" + "z" * 77
    checksum = crc32(body.encode())

    assert read_token(body + "".join(ALPHABET[checksum // 62**power % 62] for power in range(5, -1, -1))) is None


def test_the_secret_is_stored_as_its_hash_and_compared_with_it() -> None:
    assert CREDENTIAL.secret_hash != SECRET
    assert secret_matches(SECRET, CREDENTIAL)
    assert not secret_matches(bytes(24), CREDENTIAL)
    assert not secret_matches(SECRET, None)


@pytest.mark.parametrize(
    ("stored", "good"),
    [
        (_stored(), True),
        (_stored(revoked_at=NOON - timedelta(days=1)), False),
        (_stored(expires_at=NOON + timedelta(microseconds=1)), True),
        (_stored(expires_at=NOON), False),
        (_stored(Availability.AVAILABLE, agent_id=AGENT), True),
        (_stored(Availability.AWAY, agent_id=AGENT), True),
        (_stored(Availability.DEACTIVATED, agent_id=AGENT), False),
    ],
)
def test_a_key_is_good_until_it_is_revoked_expires_or_its_agent_leaves(stored: Credential, good: bool) -> None:
    assert is_good(stored, NOON) is good


def test_scopes_narrow_what_the_role_allows() -> None:
    viewer = viewer_of(WORKSPACE, _stored(scopes=(Permission.READ_LEADS, Permission.MANAGE_KEYS)))

    assert viewer.permissions == {Permission.READ_LEADS}
    assert viewer.visibility is None


def test_an_agents_key_sees_what_the_workspace_lets_agents_see() -> None:
    stored = replace(_stored(Availability.AVAILABLE, role=Role.AGENT, agent_id=AGENT), team_id=TEAM)

    assert viewer_of(WORKSPACE, stored).visibility == LeadVisibility(AGENT, TEAM, pool=True)
    assert viewer_of(WORKSPACE, replace(stored, agent_visibility=AgentVisibility.OWN)).visibility == LeadVisibility(AGENT, None, pool=False)
