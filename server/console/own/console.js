// Starts GraphiQL with what the server printed into the page.
(function () {
  const config = JSON.parse(document.getElementById("config").textContent);
  // The page's own headers serve where the header editor is empty, as after a reload: GraphiQL stores no headers.
  const fetcher = GraphiQL.createFetcher({
    url: config.endpoint,
    subscriptionUrl: location.origin.replace(/^http/, "ws") + config.endpoint,
    headers: config.headers,
    wsConnectionParams: config.headers,
  });
  const element = React.createElement(GraphiQL, {
    fetcher: fetcher,
    defaultQuery: config.query || undefined,
    defaultHeaders: JSON.stringify(config.headers, null, 2),
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: false,
  });
  ReactDOM.createRoot(document.getElementById("console")).render(element);
})();
