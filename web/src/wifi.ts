// Public Wi-Fi: where the next access points help most people.
import { ask } from "./ask";
import { curveChart } from "./chart";
import { WifiDocument } from "./generated";
import { valueText } from "./figure";
import type { Question, Row } from "./question";
import { facilityName } from "./plan";
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
        name: `${site.rank}. ${site.facility.name ?? `${kind} ${site.facility.sourceId}`}`,
        at: [longitude, latitude],
        figures: { gain: site.marginalGain, share: site.cumulativeShare, alone: site.standaloneGain, nearest: site.nearestAccessPoint, requests: site.requestsServed },
        facts: [
          [say.place, site.neighbourhood?.name ?? "–"],
          [say.site, kind],
          [say.alone, valueText(site.standaloneGain)],
          [say.nearest, valueText(site.nearestAccessPoint)],
          [say.requests, valueText(site.requestsServed)],
          [say.topHours, site.topHours.map((hour) => `${hour}–${hour + 1}`).join(", ")],
        ],
      };
    });
    return { rows: wifiSummary ? [district, ...places, ...sites] : [], run: wifiSummary?.run ?? null, parameters: wifiSummary?.run.parameters };
  },

  async charts(row, { rows }) {
    const sites = rows.filter((other) => other.kind === "site");
    const rank = row.kind === "site" ? Number(row.key.slice(5)) : 0;
    return sites.length > 1 ? [curveChart(t(say.gainCurve), sites.map((site) => site.figures.share?.value ?? null), rank)] : [];
  },
};
