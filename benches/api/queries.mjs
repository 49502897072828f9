// The three queries, each as this server and as PostGraphile is asked it, and as SQL that builds the same JSON.

export const QUERIES = [
  {
    name: "economy, 36 rows",
    ours: `{ economicSensitivity(first: 36) { nodes { scope neighbourhood { code } industry { code }
      sensitivity { value status interval { lower upper } } } } }`,
    theirs: "{ allEconomyRows(first: 36) { nodes { scope dongCode industryCode value status lower upper } } }",
    sql: "SELECT json_agg(r) FROM (SELECT * FROM bench.economy_row LIMIT 36) AS r;",
  },
  {
    name: "childcare, 15 rows",
    ours: `{ childcareSentiment(filter: { scope: NEIGHBOURHOOD }, first: 15) { nodes { neighbourhood { code }
      mentions { value status interval { lower upper } } balance { value status } accessibility { value status } } } }`,
    theirs: `{ allChildcareRows(first: 15) { nodes { dongCode mentions mentionsStatus mentionsLower mentionsUpper
      balance balanceStatus accessibility accessibilityStatus } } }`,
    sql: "SELECT json_agg(r) FROM (SELECT * FROM bench.childcare_row LIMIT 15) AS r;",
  },
  {
    name: "Wi-Fi, 50 rows with places",
    ours: `{ wifiSites(first: 50) { nodes { rank facility { kind sourceId name } neighbourhood { code } location
      marginalGain { value status } standaloneGain { value status } } } }`,
    theirs: `{ allWifiRows(first: 50, orderBy: RANK_ASC) { nodes { rank facilityKind facilityId facilityName dongCode
      location marginal marginalStatus standalone standaloneStatus } } }`,
    sql: "SELECT json_agg(r) FROM (SELECT * FROM bench.wifi_row ORDER BY rank LIMIT 50) AS r;",
  },
];

/** Values at the ends of an answer, nulls included: an object that is null counts once, as a null column does. */
export function leaves(value) {
  if (value === null || typeof value !== "object") return 1;
  return Object.values(value).reduce((sum, inner) => sum + leaves(inner), 0);
}
