"""The query that a newcomer runs first."""

FIRST_QUERY = """\
query HottestLeads {
  leads(first: 3, orderBy: { field: SCORE, direction: DESC }) {
    totalCount
    nodes {
      name
      company { name industry employees }
      status
      owner { name team { name } }
      stage { name winProbability pipeline { name } }
      deal { value { amount currency } expectedCloseDate }
      score {
        total
        grade
        categories { name points cap }
      }
      activities(first: 3) { nodes { type occurredAt subject } }
    }
  }
}
"""
