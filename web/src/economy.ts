// Economic sensitivity: who lost and who gained card sales when cases rose.
import { actSection } from "./act";
import { ask } from "./ask";
import { seriesChart } from "./chart";
import { h } from "./dom";
import { EconomyDocument, SalesDocument } from "./generated";
import { policySection } from "./policies";
import type { Question, Row } from "./question";
import { say, t } from "./words";

/** Cases a day at which the slope is read: the level of the second and third wave. */
const CASES = 100;
const all: Row["kind"][] = ["district", "place", "industry"];

export const economy: Question = {
  id: "economy",
  layer: "neighbourhoods",
  measures: [
    {
      id: "effect",
      label: { KO: `하루 확진자 ${CASES}명일 때 매출 변화`, EN: `Change of sales at ${CASES} cases a day` },
      kind: "sequential", dark: "low", field: "CaseEffect.salesChange", kinds: all,
    },
    {
      id: "relative",
      label: { KO: "구 전체와 견준 민감도", EN: "Sensitivity relative to the district" },
      kind: "diverging", dark: "low", field: "RelativeSensitivity.sensitivity", kinds: ["place", "industry"], tested: true,
    },
    {
      id: "depth",
      label: { KO: "매출이 가장 낮았을 때의 깊이", EN: "Depth of the trough" },
      kind: "sequential", dark: "low", field: "EconomicShock.depth", kinds: all,
    },
    {
      id: "halfLife",
      label: { KO: "절반을 회복하기까지 걸린 기간", EN: "Weeks until half was made good" },
      kind: "sequential", dark: "high", field: "EconomicShock.halfLife", kinds: all,
    },
    {
      id: "loss",
      label: { KO: "잃은 매출", EN: "Sales that were lost" },
      kind: "sequential", dark: "high", field: "EconomicShock.loss", kinds: all,
    },
    {
      id: "composite",
      label: { KO: "종합 민감도", EN: "Composite sensitivity" },
      kind: "sequential", dark: "high", field: "CompositeRank.index", kinds: ["place"],
    },
  ],

  async load(lang, names) {
    const { origin, economicSensitivity, compositeSensitivity } = await ask(EconomyDocument, { lang }, lang);
    const rows = (economicSensitivity?.nodes ?? []).map((node): Row => {
      const at = keyOf(node);
      return {
        ...at,
        name: node.industry?.name ?? names.get(at.key) ?? t(say.district),
        differs: node.relative?.differs ?? null,
        figures: {
          // A series that may not be shown has no effects; the slope then says why.
          effect: node.effects.find((effect) => effect.casesPerDay === CASES)?.salesChange ?? node.sensitivity,
          relative: node.relative?.sensitivity,
          depth: node.shock.depth,
          halfLife: node.shock.halfLife,
          loss: node.shock.loss,
        },
      };
    });
    for (const { code, index, rank, rankLower, rankUpper } of compositeSensitivity?.ranks ?? []) {
      const row = rows.find(({ key }) => key === code);
      if (!row) continue;
      row.figures.composite = index;
      row.facts = [[t(say.compositeRank), t(say.rankOf).replace("{rank}", String(rank)).replace("{lower}", String(rankLower)).replace("{upper}", String(rankUpper))]];
    }
    return { rows, run: origin?.nodes[0]?.run ?? null };
  },

  async more(lang) {
    const sections = await Promise.all([actSection(lang), policySection(lang)]);
    return h("div", {}, ...sections);
  },

  async charts(row, _all, lang) {
    const { economicSensitivity } = await ask(SalesDocument, {}, lang);
    const weeksOf = (key: string) =>
      economicSensitivity?.nodes.find((node) => keyOf(node).key === key)?.weeks.map((week) => ({
        day: week.start,
        value: week.yearOnYear.value ?? null,
      })) ?? [];
    const here = weeksOf(row.key);
    if (here.length === 0) return [];
    const others = row.key === "district" ? [] : weeksOf("district");
    return [seriesChart({ title: t(say.weekly), unit: "CHANGE_RATIO", here, others, hereName: row.name, othersName: t(say.district) })];
  },
};

function keyOf(node: { scope: string; neighbourhood?: { code: string } | null; industry?: { code: string } | null }): Pick<Row, "key" | "kind"> {
  if (node.scope === "INDUSTRY") return { key: `industry:${node.industry?.code ?? ""}`, kind: "industry" };
  if (node.scope === "NEIGHBOURHOOD") return { key: node.neighbourhood?.code ?? "", kind: "place" };
  return { key: "district", kind: "district" };
}
