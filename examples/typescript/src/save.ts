// Tables as CSV, maps as SVG. A figure without a number stays empty and is hatched: missing is not zero.
import type { HonestFragment } from "./generated.js";

export interface Row {
  readonly neighbourhood?: { readonly code: string; readonly name: string } | null;
  readonly figure: HonestFragment;
  readonly location?: GeoJSON.Point | null;
}

export function csv(rows: readonly Row[]): string {
  const head = ["code", "name", "value", "unit", "status", "lower", "upper", "run", "method", "synthetic"];
  const lines = rows.map(({ neighbourhood, figure }) => {
    const { run } = figure.provenance;
    const { value, unit, status, interval } = figure;
    const cells = [neighbourhood?.code, neighbourhood?.name, value, unit, status, interval?.lower, interval?.upper];
    return [...cells, run?.id, run?.methodVersion, run?.synthetic].map(cell).join(",");
  });
  // With a byte order mark, so that a spreadsheet reads Korean.
  return `\uFEFF${[head.join(","), ...lines].join("\r\n")}\r\n`;
}

function cell(value: unknown): string {
  const text = String(value ?? "");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const WIDTH = 900;

export function svg(areas: GeoJSON.FeatureCollection, rows: readonly Row[], title: string): string {
  const rings = areas.features.flatMap((area) => outlines(area.geometry));
  const all = rings.flat();
  const [west, east] = range(all.map(([x]) => x ?? 0));
  const [south, north] = range(all.map(([, y]) => y ?? 0));
  // A degree of longitude is shorter than one of latitude.
  const scale = WIDTH / (east - west);
  const stretch = 1 / Math.cos((((south + north) / 2) * Math.PI) / 180);
  const place = ([x = 0, y = 0]: GeoJSON.Position) =>
    `${((x - west) * scale).toFixed(1)} ${((north - y) * scale * stretch + 40).toFixed(1)}`;
  const points = rows.filter((row) => row.location);
  const values = rows.map((row) => row.figure.value).filter((value): value is number => value != null);
  const [least, most] = range(values);
  const shade = (value: number) => `hsl(250 45% ${90 - 55 * ((value - least) / (most - least || 1))}%)`;
  const byCode = new Map(points.length ? [] : rows.map((row) => [row.neighbourhood?.code, row.figure.value]));
  const paths = areas.features.map((area) => {
    const value = byCode.get(area.properties?.["code"]);
    const fill = points.length ? "#eee" : value == null ? "url(#missing)" : shade(value);
    const d = outlines(area.geometry).map((ring) => `M${ring.map(place).join("L")}Z`).join("");
    return `<path d="${d}" fill="${fill}" stroke="#fff"/>`;
  });
  const dots = points.map(({ location, figure }) => {
    const [x, y] = place(location?.coordinates ?? []).split(" ");
    return `<circle cx="${x}" cy="${y}" r="${2 + 6 * ((figure.value ?? 0) / (most || 1))}" fill="#4b3f91" opacity=".7"/>`;
  });
  const bottom = (north - south) * scale * stretch + 70;
  const unit = rows[0]?.figure.unit ?? "";
  const legend = points.length
    ? `largest dot: ${most.toFixed(0)} ${unit}`
    : `lightest: ${least.toPrecision(3)}, darkest: ${most.toPrecision(3)} ${unit}; hatched: no figure`;
  const hatch = `<pattern id="missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#eee"/><path d="M0 0V6" stroke="#999"/></pattern>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${(bottom + 10).toFixed(0)}"><defs>${hatch}</defs><text x="4" y="24" font-family="sans-serif" font-size="18">${title}</text><text x="4" y="${bottom.toFixed(0)}" font-family="sans-serif" font-size="14">${legend}</text>${paths.join("")}${dots.join("")}</svg>\n`;
}

function outlines(geometry: GeoJSON.Geometry): GeoJSON.Position[][] {
  if (geometry.type === "Polygon") return geometry.coordinates;
  return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
}

function range(numbers: readonly number[]): [number, number] {
  return [Math.min(...numbers), Math.max(...numbers)];
}
