// What the address says: language, question, measure, place, layers and terms, so that a view can be sent to somebody.
import type { Language } from "./generated";

/** `?lang=en&layers=sites,demand&first=12&whatif&radiusM=150#wifi/gain/11590510` */
export interface Address {
  lang: Language;
  question: string;
  measure: string;
  chosen: string;
  /** Layers over the map; null where the address leaves that open. */
  layers: string[] | null;
  /** How many of the recommended sites are shown. */
  first: number | null;
  /** The terms of "what if" that differ from the published ones; null while it is closed. */
  terms: URLSearchParams | null;
}

export function readAddress(): Address {
  const [question = "", measure = "", chosen = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  const search = new URLSearchParams(location.search);
  const wanted = search.get("lang") ?? navigator.language;
  const first = Number(search.get("first"));
  return {
    lang: wanted.toLowerCase().startsWith("en") ? "EN" : "KO",
    question, measure, chosen,
    layers: search.get("layers")?.split(",").filter(Boolean) ?? null,
    first: Number.isInteger(first) && first > 0 ? first : null,
    terms: search.has("whatif") ? search : null,
  };
}

/** Writes what is shown into the address, without a step of its own in the history. */
export function writeAddress({ lang, question, measure, chosen, layers, first }: Omit<Address, "terms">, terms: [string, string][] | null) {
  const search = new URLSearchParams({ lang: lang.toLowerCase() });
  if (layers) search.set("layers", layers.join(","));
  if (first !== null) search.set("first", String(first));
  if (terms) for (const [name, value] of [["whatif", ""], ...terms] as [string, string][]) search.append(name, value);
  // "whatif=" and "%2C" say nothing more than "whatif" and ",".
  const written = search.toString().replace("whatif=", "whatif").replaceAll("%2C", ",").replaceAll("%2F", "/");
  history.replaceState(null, "", `${location.pathname}?${written}#${question}/${measure}/${chosen}`);
}
