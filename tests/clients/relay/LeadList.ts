// A list of leads that loads more as it is scrolled.
import { graphql } from "react-relay";

export const LeadListQuery = graphql`
  query LeadListQuery($filter: LeadFilter) {
    viewer {
      role
    }
    ...LeadList_query @arguments(filter: $filter)
  }
`;

export const LeadListFragment = graphql`
  fragment LeadList_query on Query
  @refetchable(queryName: "LeadListPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "Cursor" }, filter: { type: "LeadFilter" }) {
    leads(first: $count, after: $cursor, filter: $filter) @connection(key: "LeadList_leads", filters: ["filter"]) {
      edges {
        node {
          id
          ...LeadRow_lead
        }
      }
    }
  }
`;
