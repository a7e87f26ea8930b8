"""Who may what: one table for every root field and every type. A test fails for an element without an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.access import Permission, Viewer
from gql.documents import PreparedOperation
from gql.errors import ErrorCode, TopLevelError

_P = Permission

# Whoever has a valid key may see these; everything else names what it needs.
ANYONE = None

ROOT_FIELDS: Mapping[str, Permission | None] = {
    "Query.viewer": ANYONE,
    "Query.node": _P.READ_LEADS,
    "Query.nodes": _P.READ_LEADS,
    "Query.events": _P.READ_LEADS,
    "Query.lead": _P.READ_LEADS,
    "Query.import": _P.IMPORT_LEADS,
    "Query.imports": _P.IMPORT_LEADS,
    "Query.leads": _P.READ_LEADS,
    "Query.customFields": _P.READ_LEADS,
    "Query.agents": _P.READ_LEADS,
    "Query.teams": _P.READ_LEADS,
    "Query.activities": _P.READ_LEADS,
    "Query.contactAttempts": _P.READ_LEADS,
    "Query.pipelines": _P.READ_LEADS,
    "Query.campaign": _P.READ_LEADS,
    "Query.campaigns": _P.READ_LEADS,
    "Query.tags": _P.READ_LEADS,
    "Query.apiKeys": _P.MANAGE_KEYS,
    "Mutation.archiveCustomField": _P.MANAGE_CUSTOM_FIELDS,
    "Mutation.createCustomField": _P.MANAGE_CUSTOM_FIELDS,
    "Mutation.setCustomFieldOptions": _P.MANAGE_CUSTOM_FIELDS,
    "Mutation.unarchiveCustomField": _P.MANAGE_CUSTOM_FIELDS,
    "Mutation.updateCustomField": _P.MANAGE_CUSTOM_FIELDS,
    "Mutation.assignLead": _P.ASSIGN_LEADS,
    "Mutation.assignLeads": _P.ASSIGN_LEADS,
    "Mutation.changeLeadStatus": _P.CHANGE_STATUS,
    "Mutation.changeLeadStatuses": _P.CHANGE_STATUS,
    "Mutation.createLead": _P.WRITE_LEADS,
    "Mutation.createLeads": _P.WRITE_LEADS,
    "Mutation.createTag": _P.MANAGE_TAGS,
    "Mutation.deleteLead": _P.DELETE_LEADS,
    "Mutation.mergeLeads": _P.MERGE_LEADS,
    "Mutation.unmergeLeads": _P.MERGE_LEADS,
    "Mutation.deleteTag": _P.MANAGE_TAGS,
    "Mutation.restoreLead": _P.DELETE_LEADS,
    "Mutation.tagLeads": _P.WRITE_LEADS,
    "Mutation.untagLeads": _P.WRITE_LEADS,
    "Mutation.updateLead": _P.WRITE_LEADS,
    "Mutation.updateTag": _P.MANAGE_TAGS,
    "Mutation.upsertLead": _P.WRITE_LEADS,
    "Mutation.archivePipeline": _P.MANAGE_PIPELINES,
    "Mutation.createPipeline": _P.MANAGE_PIPELINES,
    "Mutation.createStage": _P.MANAGE_PIPELINES,
    "Mutation.deleteStage": _P.MANAGE_PIPELINES,
    "Mutation.moveLeadToStage": _P.WRITE_LEADS,
    "Mutation.moveLeadsToStage": _P.WRITE_LEADS,
    "Mutation.removeLeadFromPipeline": _P.WRITE_LEADS,
    "Mutation.reorderStages": _P.MANAGE_PIPELINES,
    "Mutation.setDeal": _P.WRITE_LEADS,
    "Mutation.unarchivePipeline": _P.MANAGE_PIPELINES,
    "Mutation.updatePipeline": _P.MANAGE_PIPELINES,
    "Mutation.updateStage": _P.MANAGE_PIPELINES,
    "Mutation.pinLeadPriority": _P.WRITE_LEADS,
    "Mutation.recalculateLeadScore": _P.WRITE_LEADS,
    "Mutation.recalculateLeadScores": _P.WRITE_LEADS,
    "Mutation.recordActivities": _P.RECORD_ACTIVITY,
    "Mutation.recordActivity": _P.RECORD_ACTIVITY,
    "Mutation.recordContactAttempt": _P.RECORD_ACTIVITY,
    "Mutation.unpinLeadPriority": _P.WRITE_LEADS,
    "Mutation.createAgent": _P.MANAGE_PEOPLE,
    "Mutation.createApiKey": _P.MANAGE_KEYS,
    "Mutation.createTeam": _P.MANAGE_PEOPLE,
    "Mutation.deactivateAgent": _P.MANAGE_PEOPLE,
    "Mutation.deleteTeam": _P.MANAGE_PEOPLE,
    "Mutation.revokeApiKey": _P.MANAGE_KEYS,
    "Mutation.unassignLead": _P.ASSIGN_LEADS,
    "Mutation.updateAgent": _P.MANAGE_PEOPLE,
    "Mutation.updateTeam": _P.MANAGE_PEOPLE,
    "Mutation.updateWorkspace": _P.MANAGE_WORKSPACE,
    "Mutation.addCampaignMembers": _P.WRITE_LEADS,
    "Mutation.cancelCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.completeCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.createCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.createCampaignBudgetLine": _P.MANAGE_CAMPAIGNS,
    "Mutation.createCampaignVariant": _P.MANAGE_CAMPAIGNS,
    "Mutation.deleteCampaignBudgetLine": _P.MANAGE_CAMPAIGNS,
    "Mutation.deleteCampaignCost": _P.MANAGE_CAMPAIGNS,
    "Mutation.deleteCampaignVariant": _P.MANAGE_CAMPAIGNS,
    "Mutation.pauseCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.recordCampaignCost": _P.MANAGE_CAMPAIGNS,
    "Mutation.recordCampaignTouch": _P.RECORD_ACTIVITY,
    "Mutation.recordCampaignTouches": _P.RECORD_ACTIVITY,
    "Mutation.removeCampaignMembers": _P.WRITE_LEADS,
    "Mutation.resumeCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.scheduleCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.startCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.updateCampaign": _P.MANAGE_CAMPAIGNS,
    "Mutation.updateCampaignBudgetLine": _P.MANAGE_CAMPAIGNS,
    "Mutation.updateCampaignVariant": _P.MANAGE_CAMPAIGNS,
    "Mutation.createImport": _P.IMPORT_LEADS,
    "Mutation.previewImport": _P.IMPORT_LEADS,
    "Mutation.startImport": _P.IMPORT_LEADS,
    "Subscription.activityRecorded": _P.READ_LEADS,
    "Subscription.leadAssigned": _P.READ_LEADS,
    "Subscription.leadChanged": _P.READ_LEADS,
    "Subscription.leadScoreChanged": _P.READ_LEADS,
    "Subscription.leadStatusChanged": _P.READ_LEADS,
    "Subscription.pipelineChanged": _P.READ_LEADS,
}

TYPES: Mapping[str, Permission | None] = {
    "Activity": _P.READ_LEADS,
    "ActivityRecorded": _P.READ_LEADS,
    "Actor": ANYONE,
    "AddCampaignMembersRow": ANYONE,
    "Address": _P.READ_LEADS,
    "Agent": _P.READ_LEADS,
    "AllowedTransition": _P.READ_LEADS,
    "ApiKey": _P.MANAGE_KEYS,
    "AssignLeadsRow": ANYONE,
    "Assignment": _P.READ_LEADS,
    "Bant": _P.READ_LEADS,
    "BehaviourCounts": _P.READ_LEADS,
    "Campaign": _P.READ_LEADS,
    "CampaignBudgetLine": _P.READ_LEADS,
    "CampaignCost": _P.READ_LEADS,
    "CampaignMember": _P.READ_LEADS,
    "CampaignPerformance": _P.READ_LEADS,
    "CampaignRate": _P.READ_LEADS,
    "CampaignStatusChange": _P.READ_LEADS,
    "CampaignVariant": _P.READ_LEADS,
    "CampaignVariantPerformance": _P.READ_LEADS,
    "ChangeLeadStatusesRow": ANYONE,
    "CloseDateSlip": _P.READ_LEADS,
    "Company": _P.READ_LEADS,
    "Contact": _P.READ_LEADS,
    "ContactAttempt": _P.READ_LEADS,
    "CreateLeadsRow": ANYONE,
    "CustomField": _P.READ_LEADS,
    "CustomFieldOption": _P.READ_LEADS,
    "CustomFieldValue": _P.READ_LEADS,
    "Deal": _P.READ_LEADS,
    "DryRun": _P.READ_LEADS,
    "DryRunChange": _P.READ_LEADS,
    "Event": _P.READ_LEADS,
    "EventFact": _P.READ_LEADS,
    "EventFeed": _P.READ_LEADS,
    "ExternalReference": _P.READ_LEADS,
    "FactUsed": _P.READ_LEADS,
    "FieldChange": _P.READ_LEADS,
    "Import": _P.IMPORT_LEADS,
    "ImportPreview": _P.IMPORT_LEADS,
    "Lead": _P.READ_LEADS,
    "LeadAssigned": _P.READ_LEADS,
    "LeadChanged": _P.READ_LEADS,
    "LeadMerge": _P.READ_LEADS,
    "LeadScoreChanged": _P.READ_LEADS,
    "LeadStatusChanged": _P.READ_LEADS,
    "MergeDecision": _P.READ_LEADS,
    "MergedLead": _P.READ_LEADS,
    "MergedRows": _P.READ_LEADS,
    "Money": _P.READ_LEADS,
    "MoveLeadsToStageRow": ANYONE,
    "NextStep": _P.READ_LEADS,
    "NextSteps": _P.READ_LEADS,
    "Pipeline": _P.READ_LEADS,
    "PipelineChanged": _P.READ_LEADS,
    "PreviewedRow": _P.IMPORT_LEADS,
    "PriorityPin": _P.READ_LEADS,
    "RecalculateLeadScoresRow": ANYONE,
    "RecordActivitiesRow": ANYONE,
    "RecordCampaignTouchesRow": ANYONE,
    "RemoveCampaignMembersRow": ANYONE,
    "RowProblem": _P.IMPORT_LEADS,
    "Score": _P.READ_LEADS,
    "ScoreCategory": _P.READ_LEADS,
    "ScoreChange": _P.READ_LEADS,
    "ScoreRule": _P.READ_LEADS,
    "ScoringModelReference": _P.READ_LEADS,
    "Stage": _P.READ_LEADS,
    "StageStay": _P.READ_LEADS,
    "StatusChange": _P.READ_LEADS,
    "Tag": _P.READ_LEADS,
    "TagLeadsRow": ANYONE,
    "Team": _P.READ_LEADS,
    "Touch": _P.READ_LEADS,
    "UntagLeadsRow": ANYONE,
    "Utm": _P.READ_LEADS,
    "Viewer": ANYONE,
    "ViewerKey": ANYONE,
    "Workspace": ANYONE,
}

# These carry what others own: connections and their parts, payloads, refusals, and the interfaces. They need nothing of their own.
_CARRIERS = ("Connection", "Edge", "Payload", "PageInfo", "Node", "UserError")


def required(coordinate: str) -> Permission | None:
    """Return what a field needs. Raises KeyError for a root field or a type that the table forgot."""
    type_name = coordinate.partition(".")[0]
    if type_name in ("Query", "Mutation", "Subscription"):
        return ROOT_FIELDS[coordinate]
    if coordinate in ROOT_FIELDS:
        return ROOT_FIELDS[coordinate]
    return TYPES.get(type_name) if type_name in TYPES or is_carrier(type_name) else _forgotten(type_name)


def is_carrier(type_name: str) -> bool:
    """Tell whether a type only carries what other types own."""
    return type_name.endswith(_CARRIERS) or type_name in REFUSAL_TYPES


REFUSAL_TYPES = frozenset(
    {
        "ValidationError",
        "NotFound",
        "VersionConflict",
        "NotAllowed",
        "AlreadyExists",
        "IdempotencyKeyReused",
        "DuplicateLead",
        "IllegalStatusChange",
        "StatusRequirementsMissing",
        "AgentNotAvailable",
        "AgentAtCapacity",
        "NoEligibleAgent",
        "StageFieldsMissing",
        "StageHoldsLeads",
        "PipelineArchived",
        "FollowUpNotOpen",
        "ImportRejected",
        "MergeNotUndoable",
        "SameLead",
        "WrongCampaignStatus",
        "IllegalCampaignChange",
        "CampaignRequirementsMissing",
        "LeadOptedOut",
    }
)


def _forgotten(type_name: str) -> Permission | None:
    raise KeyError(f"no permission is declared for type {type_name}")


def authorize(viewer: Viewer, operation: PreparedOperation, variables: Mapping[str, object]) -> Sequence[TopLevelError]:
    """Name the selected fields that the viewer may not use; any of them keeps the whole operation from running."""
    denied: list[TopLevelError] = []
    for use in operation.facts.fields:
        if use.coordinate.rpartition(".")[2].startswith("__") or use.coordinate.startswith("__"):
            continue
        permission = required(use.coordinate)
        if permission is not None and not viewer.may(permission) and use.selected(variables):
            denied.append(
                TopLevelError(
                    ErrorCode.FORBIDDEN,
                    "The key does not allow this field.",
                    path=use.path,
                    facts={"permission": permission.value},
                )
            )
    return denied
