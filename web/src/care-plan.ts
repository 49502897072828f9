// "What if" of childcare: where the next services should open, under terms of the reader's own.
import { ask } from "./ask";
import { facilityName } from "./facilities";
import { number, valueText } from "./figure";
import { CarePlanDocument, type ChildcareKind } from "./generated";
import type { Row } from "./question";
import { type Chosen, type Control, type Plan, asWhatIf } from "./whatif";
import { lang, say, t, type Text } from "./words";

type CareWish = Chosen & { care: ChildcareKind; sites: number; reachM: number; apartM: number; limited: boolean; budget: number };

/** The terms that hold where nothing else is asked. */
const DEFAULTS: CareWish = { care: "ALL_DAY", sites: 3, reachM: 1000, apartM: 300, limited: false, budget: 1_000_000_000, fixed: [], excluded: [] };
/** Metres walked for each metre of a straight line, where the run does not say. */
const DETOUR = 1.3;

export const carePlan = asWhatIf<CareWish>({
  published: () => ({ ...DEFAULTS }),

  controls(): Control<CareWish>[] {
    return [
      { kind: "choice", name: "care", label: say.careKind, options: [["ALL_DAY", say.allDayCare], ["PART_TIME", say.partTimeCare]] },
      { kind: "range", name: "sites", label: say.careSites, range: [1, 10, 1] },
      { kind: "range", name: "reachM", label: say.walk, range: [300, 2000, 100], unit: "METRES" },
      { kind: "range", name: "apartM", label: say.apart, range: [0, 2000, 100], unit: "METRES" },
      { kind: "tick", name: "limited", label: say.limited },
      { kind: "range", name: "budget", label: say.budget, range: [100_000_000, 2_000_000_000, 50_000_000], unit: "WON", hidden: ({ limited }) => !limited },
    ];
  },

  reach({ reachM }, parameters) {
    const { detour } = (parameters ?? {}) as { detour?: number };
    return reachM / (detour ?? DETOUR);
  },

  ask: async (wish, published) => planOf(wish, published),
});

/** The plan under the default terms, as rows. */
export const defaultSites = async (): Promise<Row[]> => (await planOf(DEFAULTS, [])).sites;

async function planOf(wish: CareWish, published: Row[]): Promise<Plan> {
  const { care, sites, reachM, apartM, limited, budget, fixed, excluded } = wish;
  const input = { sites, reachMeters: reachM, apartMeters: apartM, fixed, excluded, ...(limited ? { budgetWon: budget } : {}) };
  const { childcareSites: plan } = await ask(CarePlanDocument, { kind: care, input, lang: lang() }, lang());
  if (!plan) return { sites: [], facts: [], refused: t(say.noCandidates) };
  const rows = plan.sites.map((site): Row => {
    const [longitude = 0, latitude = 0] = site.location?.coordinates ?? [];
    const facts: [Text, string][] = [
      [say.place, site.neighbourhood?.name ?? "–"],
      [say.site, facilityName(site.kind)],
      [say.inReach, valueText(site.coveredChildren)],
      [say.walkTo, valueText(site.walkingTime)],
      [say.cost, valueText(site.cost)],
      [say.stability, valueText(site.stability)],
      [say.voices, valueText(site.supportingPosts)],
    ];
    return {
      key: `site:${site.rank}`, kind: "site", id: site.candidateId, name: `${site.rank}. ${site.name}`,
      at: site.location ? [longitude, latitude] : undefined,
      figures: { gain: site.marginalChildren },
      facts: facts.map(([name, text]) => [t(name), text]),
    };
  });
  const known = new Set(published.map(({ id }) => id));
  const facts: [Text, string][] = [
    [say.careSites, String(rows.length)],
    [say.newlyReached, valueText(plan.coveredChildren)],
    [say.withoutPlace, valueText(plan.unmetChildren)],
    [say.bound, valueText(plan.bound)],
    [say.sure, plan.status === "OPTIMAL" ? t(say.best) : t(say.notProven)],
    [say.greedy, valueText(plan.greedyChildren)],
    [say.cost, valueText(plan.cost)],
    [say.meanWalk, valueText(plan.walkingTime)],
    [say.shortestWalk, valueText(plan.shortestWalkingTime)],
    [say.need, number(plan.need, "PLACES_PER_CHILD")],
    ...(published.length > 0 ? [[say.commonDefault, `${rows.filter(({ id }) => known.has(id)).length} / ${rows.length}`] as [Text, string]] : []),
  ];
  return { sites: rows, facts };
}
