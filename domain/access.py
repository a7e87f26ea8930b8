"""Who may do what, and which leads a viewer sees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a key or a person may do, in broad strokes."""

    ADMIN = "ADMIN"
    MANAGER = "MANAGER"
    AGENT = "AGENT"
    INTEGRATION = "INTEGRATION"
    READ_ONLY = "READ_ONLY"


class Permission(StrEnum):
    """One thing that a role, or a key's scopes, may allow."""

    READ_LEADS = "READ_LEADS"
    WRITE_LEADS = "WRITE_LEADS"
    DELETE_LEADS = "DELETE_LEADS"
    MERGE_LEADS = "MERGE_LEADS"
    RECORD_ACTIVITY = "RECORD_ACTIVITY"
    CHANGE_STATUS = "CHANGE_STATUS"
    FORCE_STATUS = "FORCE_STATUS"
    ASSIGN_LEADS = "ASSIGN_LEADS"
    MANAGE_TAGS = "MANAGE_TAGS"
    MANAGE_CUSTOM_FIELDS = "MANAGE_CUSTOM_FIELDS"
    MANAGE_SEGMENTS = "MANAGE_SEGMENTS"
    MANAGE_PIPELINES = "MANAGE_PIPELINES"
    MANAGE_CAMPAIGNS = "MANAGE_CAMPAIGNS"
    MANAGE_SCORING = "MANAGE_SCORING"
    MANAGE_SEQUENCES = "MANAGE_SEQUENCES"
    MANAGE_CONSENT = "MANAGE_CONSENT"
    MANAGE_QUEUES = "MANAGE_QUEUES"
    MANAGE_PEOPLE = "MANAGE_PEOPLE"
    MANAGE_KEYS = "MANAGE_KEYS"
    MANAGE_WORKSPACE = "MANAGE_WORKSPACE"
    MANAGE_FOLLOW_UPS = "MANAGE_FOLLOW_UPS"
    IMPORT_LEADS = "IMPORT_LEADS"
    MANAGE_WEBHOOKS = "MANAGE_WEBHOOKS"
    INTROSPECT = "INTROSPECT"


_AGENT = frozenset(
    {
        Permission.READ_LEADS,
        Permission.WRITE_LEADS,
        Permission.RECORD_ACTIVITY,
        Permission.CHANGE_STATUS,
        Permission.ASSIGN_LEADS,
        Permission.MANAGE_TAGS,
    }
)
_INTEGRATION = _AGENT | {
    Permission.DELETE_LEADS,
    Permission.MANAGE_CAMPAIGNS,
    Permission.MERGE_LEADS,
    Permission.MANAGE_SEGMENTS,
    Permission.IMPORT_LEADS,
    Permission.INTROSPECT,
}
_MANAGER = _INTEGRATION | {
    Permission.FORCE_STATUS,
    Permission.MANAGE_CUSTOM_FIELDS,
    Permission.MANAGE_PIPELINES,
    Permission.MANAGE_SCORING,
    Permission.MANAGE_SEQUENCES,
    Permission.MANAGE_CONSENT,
    Permission.MANAGE_QUEUES,
    Permission.MANAGE_PEOPLE,
    Permission.MANAGE_FOLLOW_UPS,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.MANAGER: frozenset(_MANAGER),
    Role.AGENT: _AGENT,
    Role.INTEGRATION: frozenset(_INTEGRATION),
    Role.READ_ONLY: frozenset({Permission.READ_LEADS, Permission.INTROSPECT}),
}


class AgentVisibility(StrEnum):
    """Which leads an agent of the workspace sees besides the own ones."""

    OWN = "OWN"
    TEAM = "TEAM"
    TEAM_AND_POOL = "TEAM_AND_POOL"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class LeadVisibility:
    """The part of a workspace's leads that an agent sees: own ones, the team's, and those without an owner."""

    agent_id: UUID
    team_id: UUID | None
    pool: bool


class ActorKind(StrEnum):
    """What kind of party caused a change."""

    AGENT = "AGENT"
    API_KEY = "API_KEY"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class Actor:
    """The party that history entries and events name."""

    kind: ActorKind
    id: UUID | None


SYSTEM = Actor(ActorKind.SYSTEM, None)
_NO_KEY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: an API key with its workspace, role and scopes. `visibility` None means every lead of the workspace."""

    workspace_id: UUID
    key_id: UUID
    role: Role
    agent_id: UUID | None
    permissions: frozenset[Permission]
    visibility: LeadVisibility | None

    @property
    def actor(self) -> Actor:
        """Name the agent whom the key stands for, else the key itself; the service's own tasks are the system."""
        if self.key_id == _NO_KEY:
            return SYSTEM
        return Actor(ActorKind.AGENT, self.agent_id) if self.agent_id else Actor(ActorKind.API_KEY, self.key_id)

    def may(self, permission: Permission) -> bool:
        """Tell whether role and scopes both allow it."""
        return permission in self.permissions


def system_viewer(workspace_id: UUID) -> Viewer:
    """Make the viewer as whom the service's own tasks work: it may do everything, and histories name the system."""
    return Viewer(workspace_id, _NO_KEY, Role.ADMIN, None, ROLE_PERMISSIONS[Role.ADMIN], None)


def effective_permissions(role: Role, scopes: frozenset[Permission] | None) -> frozenset[Permission]:
    """Intersect what the role allows with the key's scopes; `None` means the whole role. Scopes never add anything."""
    allowed = ROLE_PERMISSIONS[role]
    return allowed if scopes is None else allowed & scopes


def lead_visibility(role: Role, agent_id: UUID | None, team_id: UUID | None, rule: AgentVisibility) -> LeadVisibility | None:
    """Derive what an agent sees from the workspace's rule; every other role sees all leads."""
    if role is not Role.AGENT or rule is AgentVisibility.ALL or agent_id is None:
        return None
    return LeadVisibility(agent_id, team_id if rule is not AgentVisibility.OWN else None, rule is AgentVisibility.TEAM_AND_POOL)
