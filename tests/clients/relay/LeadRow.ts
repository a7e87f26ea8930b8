// One row of the list.
import { graphql } from "react-relay";

export const LeadRowFragment = graphql`
  fragment LeadRow_lead on Lead {
    name
    status
    score {
      total
      grade
    }
    owner {
      name
    }
    stage {
      name
      pipeline {
        name
      }
    }
  }
`;
