// One lead with its histories, each of them a connection of its own below the lead.
import { graphql } from "react-relay";

export const LeadDetailQuery = graphql`
  query LeadDetailQuery($id: ID!) {
    node(id: $id) {
      __typename
      ...LeadDetail_lead @alias(as: "lead")
    }
  }
`;

export const LeadDetailFragment = graphql`
  fragment LeadDetail_lead on Lead {
    contact {
      email
      phones
    }
    firstTouch {
      source
      at
    }
    allowedTransitions {
      to
      missing
    }
    ...LeadActivities_lead
    scoreHistory(first: 10) @connection(key: "LeadDetail_scoreHistory") {
      edges {
        node {
          at
          cause
        }
      }
    }
  }
`;
