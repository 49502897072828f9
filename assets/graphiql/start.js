// Opens the editor with one tab for each question. Tabs that somebody changed are kept by their browser.
"use strict";

const editor = React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
  defaultTabs: window.samples.map((query) => ({ query })),
  defaultEditorToolsVisibility: false,
  visiblePlugin: "Documentation Explorer",
});
ReactDOM.createRoot(document.getElementById("page")).render(editor);
