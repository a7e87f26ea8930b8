"""A lead's timeline: everything that happened to it in one order."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from domain.activities import Activity, ContactAttempt
from domain.campaign_members import CampaignMember
from domain.consent import ConsentEntry
from domain.enrollments import EnrollmentChange
from domain.follow_ups import FollowUp
from domain.leads import Assignment, ScoreEntry, StatusChange
from domain.merging import LeadMerge
from domain.pipelines import CloseDateSlip, StageStay


class TimelineEntryType(StrEnum):
    """The kinds of things that a timeline shows."""

    ACTIVITY = "ACTIVITY"
    CONTACT_ATTEMPT = "CONTACT_ATTEMPT"
    STATUS_CHANGE = "STATUS_CHANGE"
    ASSIGNMENT = "ASSIGNMENT"
    SCORE_CHANGE = "SCORE_CHANGE"
    STAGE_STAY = "STAGE_STAY"
    CLOSE_DATE_SLIP = "CLOSE_DATE_SLIP"
    ENROLLMENT_CHANGE = "ENROLLMENT_CHANGE"
    FOLLOW_UP = "FOLLOW_UP"
    MERGE = "MERGE"
    CAMPAIGN_MEMBERSHIP = "CAMPAIGN_MEMBERSHIP"
    CONSENT = "CONSENT"


TimelineEntry: TypeAlias = (
    Activity
    | ContactAttempt
    | StatusChange
    | Assignment
    | ScoreEntry
    | StageStay
    | CloseDateSlip
    | EnrollmentChange
    | FollowUp
    | LeadMerge
    | CampaignMember
    | ConsentEntry
)
