"""What a newcomer runs first: a query, and a subscription."""

FIRST_QUERY = """\
query ClosestToClosing {
  leads(
    first: 3
    filter: { status: { eq: NEGOTIATION } }
    orderBy: { field: SCORE, direction: DESC }
  ) {
    totalCount
    nodes {
      name
      company { name industry employees }
      owner { name team { name } }
      stage { name winProbability pipeline { name } }
      deal { value { amount currency } expectedCloseDate }
      score {
        total
        grade
        categories { name points cap }
        nextSteps { toGrade steps { text points } }
      }
      timeline(first: 5) {
        nodes {
          __typename
          ... on Activity { type subject occurredAt }
          ... on ContactAttempt { channel outcome occurredAt }
          ... on ScoreChange { delta total cause }
          ... on StageStay { stage { name } }
          ... on StatusChange { from to }
        }
      }
    }
  }
}
"""

# What to watch while the leads act.
FIRST_SUBSCRIPTION = """\
subscription ScoresMove {
  leadScoreChanged {
    fromTotal
    total
    grade
    cause
    lead { name company { name } status }
    cursor
  }
}
"""
