// Childcare: what parents say, and where a child can reach few places.
import { ask } from "./ask";
import { carePlan, defaultSites } from "./care-plan";
import { countsChart, sharesChart } from "./chart";
import { ChildcareDocument, type ChildcareKind, type Language, UseDocument, VolumesDocument } from "./generated";
import { issueSection } from "./issues";
import type { Question, Row } from "./question";
import { say, t, type Text } from "./words";

const both: Row["kind"][] = ["district", "place"];

export const childcare: Question = {
  id: "childcare",
  layer: "neighbourhoods",
  measures: [
    {
      id: "accessibility",
      label: { KO: "아동 1명이 닿을 수 있는 어린이집 자리", EN: "Daycare places in reach of each child" },
      kind: "sequential", dark: "low", field: "ChildcareAccess.accessibility", kinds: both,
    },
    {
      id: "unmet",
      label: { KO: "닿을 자리가 없는 아동", EN: "Children without a place in reach" },
      kind: "sequential", dark: "high", field: "ChildcareAccess.unmetChildren", kinds: ["place"],
    },
    {
      id: "publicAccess",
      label: { KO: "닿을 수 있는 국공립 자리", EN: "Public daycare places in reach" },
      kind: "sequential", dark: "low", field: "ChildcareAccess.publicAccessibility", kinds: both,
    },
    {
      id: "mentions",
      label: { KO: "육아 언급 글", EN: "Posts about childcare" },
      kind: "sequential", dark: "high", field: "ChildcareSentiment.mentions", kinds: ["place"],
    },
    {
      id: "perThousand",
      label: { KO: "아동 1,000명당 언급", EN: "Posts per 1,000 children" },
      kind: "sequential", dark: "high", field: "ChildcareSentiment.mentionsPerThousandChildren", kinds: both,
    },
    {
      id: "balance",
      label: { KO: "긍정에서 부정을 뺀 값", EN: "Praise minus complaint" },
      kind: "diverging", dark: "low", field: "ChildcareSentiment.balance", kinds: both,
    },
    {
      id: "vulnerability",
      label: { KO: "보육 취약도", EN: "Childcare vulnerability" },
      kind: "sequential", dark: "high", field: "VulnerabilityRank.index", kinds: ["place"],
    },
  ],

  sites: { title: say.careList, first: say.careSite, gain: say.careGain, field: "ChildcareSite.marginalChildren" },
  whatIf: carePlan,
  overlays: [{ id: "care-centres", label: say.centres, colour: "#7a1f5c", size: 2.4 }],

  async load(lang, names) {
    const { origin, childcareSentiment, childcareAccess, childcareVulnerability } = await ask(ChildcareDocument, { lang }, lang);
    const places = new Map<string, Row>();
    const rowOf = (node: { scope: string; neighbourhood?: { code: string } | null }): Row | null => {
      const key = node.scope === "DISTRICT" ? "district" : node.neighbourhood?.code;
      if (!key || (node.scope !== "DISTRICT" && node.scope !== "NEIGHBOURHOOD")) return null;
      const known = places.get(key);
      if (known) return known;
      const kind = key === "district" ? "district" : "place";
      const row: Row = { key, kind, name: names.get(key) ?? t(say.district), figures: {} };
      places.set(key, row);
      return row;
    };
    for (const node of childcareSentiment?.nodes ?? []) {
      const { mentions, mentionsPerThousandChildren: perThousand, balance, positiveShare, neutralShare, negativeShare, children } = node;
      Object.assign(rowOf(node)?.figures ?? {}, { mentions, perThousand, balance, positiveShare, neutralShare, negativeShare, children });
    }
    for (const node of childcareAccess?.nodes ?? []) {
      const { accessibility, publicAccessibility: publicAccess, unmetChildren: unmet } = node;
      Object.assign(rowOf(node)?.figures ?? {}, { accessibility, publicAccess, unmet });
    }
    for (const { code, index, rank, rankLower, rankUpper } of childcareVulnerability?.ranks ?? []) {
      const row = places.get(code);
      if (!row) continue;
      row.figures.vulnerability = index;
      row.facts = [[t(say.vulnerableRank), t(say.rankOf).replace("{rank}", String(rank)).replace("{lower}", String(rankLower)).replace("{upper}", String(rankUpper))]];
    }
    const run = origin?.nodes[0]?.run ?? null;
    return { rows: [...places.values(), ...(run ? await defaultSites() : [])], run, parameters: run?.parameters };
  },

  more: issueSection,

  async charts(row, _all, lang) {
    const { positiveShare, neutralShare, negativeShare } = row.figures;
    const shares = [
      { name: t(say.positive), figure: positiveShare },
      { name: t(say.neutral), figure: neutralShare },
      { name: t(say.negative), figure: negativeShare },
    ];
    const opinion = positiveShare ? [sharesChart(t(say.opinion), shares)] : [];
    return [...opinion, ...(await volumeChart(row, lang)), ...(await useCharts(row, lang))];
  },
};

/** How many posts there were, period by period, with exact intervals. */
async function volumeChart(row: Row, lang: Language): Promise<Element[]> {
  const filter = row.kind === "district" ? { scope: "DISTRICT" as const } : { neighbourhoods: [row.key] };
  const { childcareVolumes } = await ask(VolumesDocument, { filter, lang }, lang);
  const nodes = childcareVolumes?.nodes ?? [];
  const title = nodes[0]?.grain === "WEEK" ? say.weeklyPosts : say.monthly;
  return nodes.length > 1 ? [countsChart(t(title), nodes.map((node) => ({ day: node.startsOn, figure: node.mentions })))] : [];
}

/** How full the places are, by band of hours and kind of care. */
async function useCharts(row: Row, lang: Language): Promise<Element[]> {
  const filter = row.kind === "district" ? { scope: "DISTRICT" as const } : { neighbourhoods: [row.key] };
  const { childcareUse } = await ask(UseDocument, { filter, lang }, lang);
  const kinds: [ChildcareKind, Text][] = [["ALL_DAY", say.allDay], ["PART_TIME", say.partTime]];
  return kinds.flatMap(([kind, title]) => {
    const bands = (childcareUse?.nodes ?? []).filter((band) => band.kind === kind);
    const named = bands.map((band) => ({ name: `${band.fromHour}–${band.toHour}`, figure: band.useRatio }));
    return named.length > 0 ? [sharesChart(t(title), named)] : [];
  });
}
