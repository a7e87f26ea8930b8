// The part of this project's schema that the benchmark's documents ask for, for the peer whose schema is written by hand.

export const SCHEMA = `
  scalar DateTime
  scalar Date

  enum LeadStatus { NEW CONTACTED QUALIFIED PROPOSAL NEGOTIATION NURTURING RECYCLED CLOSED_WON CLOSED_LOST DISQUALIFIED }
  enum Grade { A B C D }
  enum LeadOrderField { CREATED_AT SCORE }
  enum OrderDirection { ASC DESC }

  input LeadStatusFilter { eq: LeadStatus }
  input GradeFilter { eq: Grade }
  input LeadFilter { status: LeadStatusFilter grade: GradeFilter }
  input LeadOrder { field: LeadOrderField! direction: OrderDirection! = DESC }
  input ChangeLeadStatusInput { leadId: ID! status: LeadStatus! }

  type Query {
    lead(id: ID!): Lead
    leads(first: Int! = 50, filter: LeadFilter, orderBy: LeadOrder): LeadConnection!
  }
  type Mutation { changeLeadStatus(input: ChangeLeadStatusInput!): ChangeLeadStatusPayload! }

  interface UserError { message: String! code: String! path: [String!]! }
  type IllegalStatusChange implements UserError { message: String! code: String! path: [String!]! }
  type ChangeLeadStatusPayload { lead: Lead errors: [UserError!]! }

  type Lead {
    id: ID!
    version: Int!
    status: LeadStatus!
    grade: Grade!
    temperature: String!
    priority: String!
    createdAt: DateTime!
    updatedAt: DateTime!
    lastActivityAt: DateTime
    name: String
    notes: String
    contact: Contact!
    owner: Agent
    stage: Stage
    score: Score
    activities(first: Int! = 50): ActivityConnection!
    scoreHistory(first: Int! = 50): ScoreChangeConnection!
    campaigns(first: Int! = 50): CampaignConnection!
    timeline(first: Int! = 50): TimelineEntryConnection!
  }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type LeadConnection { nodes: [Lead!]! edges: [LeadEdge!]! pageInfo: PageInfo! }
  type LeadEdge { cursor: String! node: Lead! }
  type ActivityConnection { nodes: [Activity!]! }
  type ScoreChangeConnection { nodes: [ScoreChange!]! }
  type CampaignConnection { nodes: [Campaign!]! }
  type TimelineEntryConnection { nodes: [TimelineEntry!]! }

  type Contact { firstName: String lastName: String email: String title: String }
  type Agent { id: ID! name: String! }
  type Pipeline { id: ID! name: String! }
  type Stage { id: ID! name: String! pipeline: Pipeline! }
  type Campaign { id: ID! name: String! }
  type Score { total: Int! grade: Grade! categories: [ScoreCategory!]! }
  type ScoreCategory { name: String! points: Int! }

  union TimelineEntry = Activity | Assignment | CampaignMember | CloseDateSlip | ConsentEntry | ContactAttempt | EnrollmentChange | FollowUp
    | LeadMerge | ScoreChange | StageStay | StatusChange
  type Activity { id: ID! type: String! occurredAt: DateTime! subject: String body: String }
  type ContactAttempt { id: ID! channel: String! occurredAt: DateTime! }
  type StatusChange { id: ID! to: LeadStatus! at: DateTime! }
  type Assignment { id: ID! strategy: String! at: DateTime! }
  type ScoreChange { id: ID! at: DateTime! total: Int! grade: Grade! cause: String! }
  type StageStay { id: ID! enteredAt: DateTime! leftAt: DateTime }
  type CampaignMember { id: ID! joinedAt: DateTime! leftAt: DateTime }
  type CloseDateSlip { id: ID! fromDate: Date at: DateTime! }
  type EnrollmentChange { id: ID! kind: String! at: DateTime! }
  type FollowUp { id: ID! dueAt: DateTime! createdAt: DateTime! }
  type LeadMerge { id: ID! at: DateTime! unmergedAt: DateTime }
  type ConsentEntry { id: ID! channel: String! at: DateTime! }
`;
