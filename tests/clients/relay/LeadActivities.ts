// A lead's activities, refetched by the lead's global id.
import { graphql } from "react-relay";

export const LeadActivitiesFragment = graphql`
  fragment LeadActivities_lead on Lead
  @refetchable(queryName: "LeadActivitiesPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "Cursor" }) {
    activities(first: $count, after: $cursor) @connection(key: "LeadActivities_activities") {
      edges {
        node {
          id
          type
          occurredAt
          lead {
            id
          }
        }
      }
    }
  }
`;
