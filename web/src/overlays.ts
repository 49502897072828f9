// Layers of points and cells besides the areas, as /tiles and /features give them.
import { facilityName } from "./facilities";
import type { Row } from "./question";
import { type Scale, scaleFor } from "./scale";
import { lang, say, t, type Text } from "./words";

/** A layer that a reader can lay over the map. */
export interface Overlay {
  /** Its name in /tiles and /features. */
  id: string;
  label: Text;
  colour: string;
  /** Radius of a point in pixels where the whole district is shown. */
  size: number;
  /** For cells: the property that gives a cell its colour, and what it is called. */
  cells?: { property: string; label: Text };
  /** With which name "what if" fixes or excludes a point of this layer. */
  candidate?: (properties: Seen["properties"]) => string;
}
/** A point or cell under the pointer. */
export interface Seen {
  layer: string;
  properties: Record<string, unknown>;
  at?: [number, number];
}
/** Cells with their colours. */
export interface Cells {
  layer: string;
  scale: Scale;
  features: { at: GeoJSON.Position; side: number; value: number; properties: Seen["properties"] }[];
}

/** Titles of the columns of a layer, in the language of the page. */
const titles = new Map<string, Record<string, string>>();

/** Learns what the columns of a layer are called. */
export async function learnTitles({ id }: Overlay): Promise<void> {
  const key = `${id}/${lang()}`;
  if (titles.has(key)) return;
  const response = await fetch(`/tiles/${id}.json?lang=${lang().toLowerCase()}`);
  const said = (await response.json()) as { vector_layers?: { fields: Record<string, string> }[] };
  titles.set(key, said.vector_layers?.[0]?.fields ?? {});
}

/** All cells of a layer, with a scale over the values that they have. */
export async function loadCells({ id, cells }: Overlay): Promise<Cells | null> {
  if (!cells) return null;
  const response = await fetch(`/features/${id}.geojson`);
  if (!response.ok) return null;
  const { features } = (await response.json()) as GeoJSON.FeatureCollection<GeoJSON.Point, Record<string, unknown>>;
  const found = features.flatMap(({ geometry, properties }) => {
    const [value, side] = [properties[cells.property], properties.cellMetres];
    return typeof value === "number" && typeof side === "number" ? [{ at: geometry.coordinates, side, value, properties }] : [];
  });
  return { layer: id, scale: scaleFor(found.map(({ value }) => value), "sequential", "high", "cells"), features: found };
}

/** What is known of a point or cell, to be shown like a row. */
export function rowOfSeen({ layer, properties, at }: Seen, overlay: Overlay, places: Map<string, string>): Row {
  const fields = titles.get(`${layer}/${lang()}`) ?? {};
  const kind = typeof properties.kind === "string" ? facilityName(properties.kind) : "";
  const name = properties.name ?? [kind, properties.sourceId].filter(Boolean).join(" ");
  const text = (column: string, value: unknown): string => {
    if (column === "kind") return kind;
    if (column === "neighbourhood") return places.get(String(value)) ?? String(value);
    if (typeof value === "boolean") return t(value ? say.yes : say.no);
    return typeof value === "number" ? new Intl.NumberFormat(lang() === "KO" ? "ko-KR" : "en-GB", { maximumFractionDigits: 0 }).format(value) : String(value ?? "–");
  };
  const withdrawn = properties.runStatus !== undefined && properties.runStatus !== "PUBLISHED";
  const shown = Object.entries(fields).filter(([column]) => column !== "name" && (column !== "runStatus" || withdrawn));
  const id = overlay.candidate?.(properties);
  // A cell has no name; what is known of it tells it from the next.
  const key = id ?? (String(name) || Object.values(properties).join("/"));
  return {
    key: `${layer}:${key}`, kind: "point", id, name: String(name) || t(overlay.label), label: t(overlay.label), at, figures: {},
    facts: shown.map(([column, title]) => [title, text(column, properties[column])]),
  };
}
