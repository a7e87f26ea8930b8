// A change of status with its refusals, and the lead's row updated in the store.
import { graphql } from "react-relay";

export const ChangeStatusMutation = graphql`
  mutation ChangeStatusMutation($input: ChangeLeadStatusInput!) {
    changeLeadStatus(input: $input) {
      lead {
        ...LeadRow_lead
      }
      errors {
        __typename
        ... on UserError {
          code
          message
          path
        }
        ... on IllegalStatusChange {
          from
          to
          allowed
        }
      }
    }
  }
`;
