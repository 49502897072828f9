// "What if" of public Wi-Fi: the best sites under other settings than those of the published run.
import { ask } from "./ask";
import { facilityName } from "./facilities";
import { valueText } from "./figure";
import { CompareDocument, EquityDocument, PlanDocument, type WifiPlanOptions } from "./generated";
import type { Row } from "./question";
import { type Chosen, type Control, type Plan, asWhatIf } from "./whatif";
import { lang, say, t, type Text } from "./words";

type WifiWish = Chosen & {
  by: "budget" | "sites";
  sites: number;
  budget: number;
  radiusM: number;
  minimum: number;
  requestWeight: number;
  existing: boolean;
  fromHour: number;
  toHour: number;
  days: "all" | "weekdays" | "weekend";
  second: number;
  kinds: readonly string[];
};

/** Parameters of a run, of which this page knows these. */
interface Parameters {
  radiusM?: number;
  requestWeight?: number;
  countAccessPoints?: boolean;
  candidateKinds?: string[];
  weekdayShare?: number;
}
const parametersOf = (parameters: unknown) => (parameters ?? {}) as Parameters;
const clock = (hour: number) => (lang() === "KO" ? `${hour}시` : `${hour}:00`);

export const wifiPlan = asWhatIf<WifiWish>({
  published(parameters, count) {
    const { radiusM = 100, requestWeight = 0, countAccessPoints = true, candidateKinds = [] } = parametersOf(parameters);
    return {
      by: "sites", sites: count, budget: 100_000_000, radiusM, minimum: 0, requestWeight, existing: countAccessPoints,
      fromHour: 0, toHour: 24, days: "all", second: 0, kinds: candidateKinds, fixed: [], excluded: [],
    };
  },

  controls(parameters, most): Control<WifiWish>[] {
    const kinds = (parametersOf(parameters).candidateKinds ?? []).map((kind): [string, string] => [kind, facilityName(kind)]);
    return [
      { kind: "choice", name: "by", label: say.limitedBy, options: [["sites", say.sites], ["budget", say.budget]] },
      { kind: "range", name: "sites", label: say.sites, range: [1, most, 1], hidden: ({ by }) => by !== "sites" },
      { kind: "range", name: "budget", label: say.budget, range: [3_000_000, 500_000_000, 1_000_000], unit: "WON", hidden: ({ by }) => by !== "budget" },
      { kind: "range", name: "radiusM", label: say.radius, range: [20, 300, 10], unit: "METRES" },
      { kind: "range", name: "minimum", label: say.minimum, range: [0, 5, 1] },
      { kind: "tick", name: "existing", label: say.existing },
      { kind: "range", name: "requestWeight", label: say.weight, range: [0, 500, 10], unit: "PERSON_HOURS_PER_DAY", rare: true },
      { kind: "range", name: "second", label: say.second, range: [0, 0.5, 0.05], unit: "RATIO", rare: true },
      { kind: "range", name: "fromHour", label: say.fromHour, range: [0, 23, 1], text: clock, rare: true },
      { kind: "range", name: "toHour", label: say.toHour, range: [1, 24, 1], text: clock, rare: true },
      { kind: "choice", name: "days", label: say.days, options: [["all", say.everyDay], ["weekdays", say.weekdays], ["weekend", say.weekend]], rare: true },
      { kind: "ticks", name: "kinds", label: say.facilityKinds, options: kinds, rare: true },
    ];
  },

  reach: ({ radiusM }) => radiusM,

  async ask(wish, published, parameters): Promise<Plan> {
    const { by, sites, budget } = wish;
    const options = optionsOf(wish, parametersOf(parameters));
    const amount = by === "sites" ? { sites } : { budget };
    const { wifiPlan: plan } = await ask(PlanDocument, { ...amount, options, lang: lang() }, lang());
    if (!plan) return { sites: [], facts: [], refused: t(say.empty) };
    const rows = (plan.chosenSites?.nodes ?? []).map((site): Row => {
      const [longitude = 0, latitude = 0] = site.location?.coordinates ?? [];
      return {
        key: `site:${site.rank}`, kind: "site", ...facility(site.rank, site.facility),
        at: site.location ? [longitude, latitude] : undefined,
        figures: { gain: site.marginalGain },
        facts: [[t(say.place), site.neighbourhood?.name ?? "–"], [t(say.site), facilityName(site.facility.kind)], [t(say.cost), valueText(site.cost)]],
      };
    });
    const facts: [Text, string][] = [
      [say.sites, String(plan.chosenSites?.totalCount ?? 0)],
      [say.covered, valueText(plan.value)],
      [say.ofPeople, valueText(plan.peopleValue)],
      [say.bound, valueText(plan.upperBound)],
      [say.sure, plan.status === "OPTIMAL" ? t(say.best) : t(say.atMost).replace("{gap}", valueText(plan.gap))],
      [say.greedyFree, valueText(plan.greedyValue)],
      [say.cost, valueText(plan.cost)],
      [say.requests, valueText(plan.requestsServed)],
      [say.inequality, valueText(plan.inequality)],
    ];
    const later = Promise.all([beside(rows, published.slice(0, rows.length), wish.radiusM, options), equity(amount, options)]).then((parts) => parts.flat());
    return { sites: rows, facts, later };
  },
});

/** How the API writes a wish. What is as in the run is left to the run. */
function optionsOf(wish: WifiWish, { weekdayShare, candidateKinds = [] }: Parameters): WifiPlanOptions {
  const { radiusM, requestWeight, existing, minimum, fromHour, toHour, days, second, kinds, fixed, excluded } = wish;
  const counts = (hour: number) => (fromHour < toHour ? fromHour <= hour && hour < toHour : hour >= fromHour || hour < toHour);
  const hours = Array.from({ length: 24 }, (_, hour) => Number(counts(hour)));
  return {
    radiusM, requestWeight, countAccessPoints: existing, fixed, excluded,
    ...(minimum > 0 ? { minimumPerNeighbourhood: minimum } : {}),
    ...(second > 0 ? { secondCoverShare: second } : {}),
    ...(hours.includes(0) ? { hourWeights: hours } : {}),
    ...(kinds.length === candidateKinds.length ? {} : { facilityKinds: kinds }),
    ...(days === "all" ? {} : { weekdayShare: days === "weekdays" ? 1 : 0 }),
    ...(days === "all" && weekdayShare !== undefined ? { weekdayShare } : {}),
  };
}

/** The plan beside as many sites of the published ranking: sites in common, and people in common, counted as the plan counts. */
async function beside(rows: Row[], published: Row[], radiusM: number, { hourWeights, weekdayShare, countAccessPoints }: WifiPlanOptions): Promise<[Text, string][]> {
  const ids = (list: Row[]) => list.flatMap(({ id }) => id ?? []);
  const [facilities, against] = [ids(rows), ids(published)];
  if (facilities.length === 0 || against.length === 0) return [];
  const common = facilities.filter((id) => against.includes(id)).length;
  const { wifiCoverage } = await ask(CompareDocument, { facilities, against, radiusM, options: { hourWeights, weekdayShare, countAccessPoints }, lang: lang() }, lang());
  return [
    [say.common, `${common} / ${facilities.length}`],
    ...(wifiCoverage ? [[say.agreement, valueText(wifiCoverage.agreement)] as [Text, string]] : []),
  ];
}

/** What a minimum in each neighbourhood costs: the share of the demand that is given up for it. */
async function equity(amount: { sites?: number; budget?: number }, options: WifiPlanOptions): Promise<[Text, string][]> {
  const { wifiEquityCurve } = await ask(EquityDocument, { ...amount, options: { ...options, minimumPerNeighbourhood: null }, lang: lang() }, lang());
  const points = (wifiEquityCurve ?? []).filter(({ minimum }) => minimum > 0);
  return points.length > 0 ? [[say.equity, points.map(({ minimum, price }) => t(say.atLeast).replace("{n}", String(minimum)).replace("{share}", valueText(price))).join(" · ")]] : [];
}

/** Name and id of a facility, as a row has them. */
export function facility(rank: number, { kind, name, sourceId }: { kind: string; name?: string | null; sourceId: string }): Pick<Row, "id" | "name"> {
  return { id: `${kind}/${sourceId}`, name: `${rank}. ${name ?? `${facilityName(kind)} ${sourceId}`}` };
}
