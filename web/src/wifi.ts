// Public Wi-Fi: where the next access points help most people.
import { ask } from "./ask";
import { curveChart, hoursChart } from "./chart";
import { facilityName } from "./facilities";
import { valueText } from "./figure";
import { CoverageDocument, WifiDocument } from "./generated";
import type { Question, Row } from "./question";
import { requestSection } from "./requests";
import { facility, wifiPlan } from "./wifi-plan";
import { say, t } from "./words";

export const wifi: Question = {
  id: "wifi",
  layer: "wifi-sites",
  measures: [
    {
      id: "gain",
      label: { KO: "순위 지점이 새로 충족하는 수요", EN: "Demand that the ranked sites cover" },
      kind: "sequential", dark: "high", field: "WifiSite.marginalGain", kinds: ["place"],
    },
    {
      id: "sites",
      label: { KO: "순위에 든 지점 수", EN: "Ranked sites" },
      kind: "sequential", dark: "high", field: "NeighbourhoodWifi.sites", kinds: ["place"],
    },
  ],

  sites: { title: say.allSites, first: say.site, gain: say.gain, field: "WifiSite.marginalGain" },
  whatIf: wifiPlan,
  overlays: [
    { id: "access-points", label: say.points, colour: "#0b6e4f", size: 2 },
    { id: "candidates", label: say.candidates, colour: "#8a5a00", size: 1.4, candidate: ({ kind, sourceId }) => `${kind}/${sourceId}` },
    { id: "demand", label: say.cells, colour: "#5b6470", size: 0, cells: { property: "weekdayPersonHours", label: say.cellHours } },
  ],

  async load(lang, names) {
    const { wifiSummary, wifiSites, neighbourhoods } = await ask(WifiDocument, { lang }, lang);
    const district: Row = {
      key: "district", kind: "district", name: t(say.district),
      figures: { gain: wifiSummary?.rankedGain, demand: wifiSummary?.demand, served: wifiSummary?.servedShare, candidates: wifiSummary?.candidates },
    };
    const places = (neighbourhoods ?? []).map((place): Row => ({
      key: place.code, kind: "place", name: names.get(place.code) ?? place.code,
      figures: { gain: place.wifi?.marginalGain, sites: place.wifi?.sites },
    }));
    const sites = (wifiSites?.nodes ?? []).map((site): Row => {
      const kind = facilityName(site.facility.kind);
      const [longitude = 0, latitude = 0] = site.location?.coordinates ?? [];
      return {
        key: `site:${site.rank}`, kind: "site",
        ...facility(site.rank, site.facility),
        at: [longitude, latitude],
        figures: { gain: site.marginalGain, share: site.cumulativeShare, alone: site.standaloneGain, nearest: site.nearestAccessPoint, requests: site.requestsServed },
        facts: [
          [t(say.place), site.neighbourhood?.name ?? "–"],
          [t(say.site), kind],
          [t(say.alone), valueText(site.standaloneGain)],
          [t(say.overlap), valueText(site.overlap)],
          [t(say.nearest), valueText(site.nearestAccessPoint)],
          [t(say.requests), valueText(site.requestsServed)],
          [t(say.topHours), site.topHours.map((hour) => `${hour}–${hour + 1}`).join(", ")],
          [t(say.cost), valueText(site.cost)],
          [t(say.costEach), valueText(site.costPerPersonHour)],
          [t(say.stability), valueText(site.stability)],
          [t(say.boundShare), valueText(site.boundShare)],
          [t(say.placeShare), `${valueText(site.neighbourhoodShareBefore)} → ${valueText(site.neighbourhoodShareAfter)}`],
        ],
      };
    });
    return { rows: wifiSummary ? [district, ...places, ...sites] : [], run: wifiSummary?.run ?? null, parameters: wifiSummary?.run.parameters };
  },

  more: (_lang, picker) => Promise.resolve(requestSection(picker)),

  async charts(row, { rows }, lang) {
    const sites = rows.filter((other) => other.kind === "site");
    const rank = row.kind === "site" ? Number(row.key.slice(5)) : 0;
    const curve = sites.length > 1 ? [curveChart(t(say.gainCurve), sites.map((site) => site.figures.share?.value ?? null), rank)] : [];
    if (row.kind !== "district" && row.kind !== "place") return curve;
    const neighbourhood = row.kind === "place" ? row.key : null;
    const { wifiCoverage } = await ask(CoverageDocument, { neighbourhood, lang }, lang);
    if (!wifiCoverage) return curve;
    const { demand, reachedToday, demandByHour } = wifiCoverage;
    return [hoursChart(t(say.byHour), `${t(say.demand)} ${valueText(demand)} · ${t(say.reachedToday)} ${valueText(reachedToday)}`, demandByHour), ...curve];
  },
};
