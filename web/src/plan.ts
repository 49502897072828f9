// "What if": the plan under other settings than those of the published run, asked anew while the sliders move.
import { Refused, ask } from "./ask";
import { h } from "./dom";
import { gap, number, unitName, valueText } from "./figure";
import { PlanDocument, type Unit } from "./generated";
import type { Row } from "./question";
import { lang, say, t, type Text } from "./words";

/** What is asked of a plan. */
export interface Wish {
  by: "budget" | "sites";
  sites: number;
  /** In won. */
  budget: number;
  radiusM: number;
  requestWeight: number;
  countAccessPoints: boolean;
  minimumPerNeighbourhood: number;
}
/** The sites of a plan, and what is said about it. */
export interface Plan {
  sites: Row[];
  said: Node;
}

/** The settings of the published run, from which a reader sets out. */
export function published(parameters: unknown, sites: number): Wish {
  const set = (parameters ?? {}) as Record<string, unknown>;
  const of = (name: string, otherwise: number) => (typeof set[name] === "number" ? (set[name] as number) : otherwise);
  return {
    by: "sites", sites, budget: 100_000_000, radiusM: of("radiusM", 100), requestWeight: of("requestWeight", 0),
    countAccessPoints: set.countAccessPoints !== false, minimumPerNeighbourhood: 0,
  };
}

/** Asks for the plan; a wish that cannot be met is said in the server's words. */
export async function askPlan(wish: Wish): Promise<Plan> {
  const { by, sites, budget, ...options } = wish;
  const amount = by === "sites" ? { sites } : { budget };
  try {
    const { wifiPlan: plan } = await ask(PlanDocument, { ...amount, options, lang: lang() }, lang());
    if (!plan) return { sites: [], said: h("p", {}, t(say.empty)) };
    const rows = plan.chosenSites?.nodes.map((site): Row => {
      const [longitude = 0, latitude = 0] = site.location?.coordinates ?? [];
      const kind = facilityName(site.facility.kind);
      return {
        key: `site:${site.rank}`, kind: "site", name: `${site.rank}. ${site.facility.name ?? `${kind} ${site.facility.sourceId}`}`,
        at: site.location ? [longitude, latitude] : undefined,
        figures: { gain: site.marginalGain },
        facts: [[say.place, site.neighbourhood?.name ?? "–"], [say.site, kind], [say.cost, valueText(site.cost)]],
      };
    });
    const best = plan.status === "OPTIMAL" ? t(say.best) : t(say.atMost).replace("{gap}", valueText(plan.gap));
    const facts: [Text, string][] = [
      [say.sites, String(plan.chosenSites?.totalCount ?? 0)],
      [say.covered, valueText(plan.value)],
      [say.cost, valueText(plan.cost)],
      [say.requests, valueText(plan.requestsServed)],
      [say.sure, best],
    ];
    return { sites: rows ?? [], said: h("dl", { class: "pairs" }, ...facts.flatMap(([name, text]) => [h("dt", {}, t(name)), h("dd", {}, text)])) };
  } catch (error) {
    return { sites: [], said: h("p", { class: "reason" }, error instanceof Refused ? error.message : t(say.failed)) };
  }
}

/** The name of a kind of facility, or the kind itself where this page does not know it. */
export function facilityName(kind: string): string {
  const known = say[kind as keyof typeof say] as Text | undefined;
  return known ? t(known) : kind;
}

/** The sliders. `onChange` is called with every new wish; the form keeps its own state. */
export function planForm(first: Wish, mostSites: number, onChange: (wish: Wish) => void): HTMLElement {
  let wish = first;
  const change = (part: Partial<Wish>) => {
    wish = { ...wish, ...part };
    showAmount();
    onChange(wish);
  };
  type Slider = { id: string; label: Text; range: [number, number, number]; unit?: Unit; value: number; set: (value: number) => Partial<Wish> };
  const slider = ({ id, label, range: [min, max, step], unit, value, set }: Slider) => {
    const text = (n: number) => (unit ? `${number(n, unit)}${gap(unit)}${unitName(unit)}` : String(n));
    const said = h("output", { for: id }, text(value));
    const input = h("input", {
      type: "range", id, min, max, step, value,
      input: (event) => {
        const n = Number((event.target as HTMLInputElement).value);
        said.textContent = text(n);
        change(set(n));
      },
    });
    return h("p", { class: "slider" }, h("label", { for: id }, t(label)), input, said);
  };
  const choice = (by: Wish["by"], label: Text) =>
    h("label", {}, h("input", { type: "radio", name: "plan-by", value: by, checked: wish.by === by, change: () => change({ by }) }), h("span", {}, t(label)));
  const sites = slider({ id: "plan-sites", label: say.sites, range: [1, mostSites, 1], value: wish.sites, set: (n) => ({ sites: n }) });
  const budget = slider({ id: "plan-budget", label: say.budget, range: [3_000_000, 500_000_000, 1_000_000], unit: "WON", value: wish.budget, set: (n) => ({ budget: n }) });
  const showAmount = () => {
    sites.hidden = wish.by !== "sites";
    budget.hidden = wish.by !== "budget";
  };
  showAmount();
  return h(
    "div", { class: "plan-form" },
    h("div", { class: "measures small", role: "radiogroup", "aria-label": t(say.limitedBy) }, choice("sites", say.sites), choice("budget", say.budget)),
    sites, budget,
    slider({ id: "plan-radius", label: say.radius, range: [20, 300, 10], unit: "METRES", value: wish.radiusM, set: (n) => ({ radiusM: n }) }),
    slider({ id: "plan-weight", label: say.weight, range: [0, 500, 10], unit: "PERSON_HOURS_PER_DAY", value: wish.requestWeight, set: (n) => ({ requestWeight: n }) }),
    slider({ id: "plan-minimum", label: say.minimum, range: [0, 5, 1], value: wish.minimumPerNeighbourhood, set: (n) => ({ minimumPerNeighbourhood: n }) }),
    h("p", {}, h("label", { class: "tick-box" }, h("input", { type: "checkbox", id: "plan-existing", checked: wish.countAccessPoints, change: (event) => change({ countAccessPoints: (event.target as HTMLInputElement).checked }) }), t(say.existing))),
  );
}
