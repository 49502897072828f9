// The district's map. MapLibre draws areas and points from what the API answers; there are no tiles and no outside host.
import { type GeoJSONSource, Map as MapLibre, Marker, setWorkerUrl } from "maplibre-gl";
import { h } from "./dom";
import type { PlacesQuery } from "./generated";

export type Place = NonNullable<PlacesQuery["neighbourhoods"]>[number];

/** How one area is to look. Without a colour it has no value and is hatched. */
export interface Look {
  colour: string | null;
  text: string;
  marked: boolean;
  /** Whether the colour is so dark that its label has to be white. */
  isDark: boolean;
  spoken: string;
}
/** A point with its rank. */
export interface Spot {
  key: string;
  at: [number, number];
  label: string;
  weight: number;
}
interface Listeners {
  onPoint(key: string | null): void;
  onChoose(key: string): void;
}

const PAPER = "#ffffff";
const INK = "#17202a";
const POINT = "#0b6e4f";
/** Name of the layer of access points in /tiles. */
const POINTS = "access-points";
const nothing: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

setWorkerUrl("/page/maplibre-gl-worker.mjs");

/** The map, or null where the browser cannot draw one. */
export function openMap(container: HTMLElement, places: Place[], listeners: Listeners): DistrictMap | null {
  try {
    return new DistrictMap(container, places, listeners);
  } catch {
    return null;
  }
}

export class DistrictMap {
  private readonly map: MapLibre;
  private readonly ready: Promise<unknown>;
  private readonly labels = new Map<string, HTMLButtonElement>();
  private readonly centres = new Map<string, [number, number]>();
  private readonly bounds: [number, number, number, number];
  private chosen: string | null = null;
  private spots: Spot[] = [];

  constructor(container: HTMLElement, private readonly places: Place[], private readonly listeners: Listeners) {
    this.bounds = boundsOf(places);
    this.map = new MapLibre({
      container,
      style: { version: 8, sources: {}, layers: [{ id: "paper", type: "background", paint: { "background-color": PAPER } }] },
      bounds: this.bounds,
      fitBoundsOptions: { padding: 24 },
      maxBounds: grown(this.bounds),
      attributionControl: false,
      dragRotate: false,
      touchPitch: false,
      keyboard: false,
      // A page that is scrolled past the map must not be caught by it.
      cooperativeGestures: false,
      scrollZoom: false,
      maxZoom: 17,
    });
    this.map.touchZoomRotate.disableRotation();
    const canvas = this.map.getCanvas();
    // Places are reached through their labels; the canvas itself has nothing to say to the keyboard.
    canvas.tabIndex = -1;
    canvas.setAttribute("aria-hidden", "true");
    canvas.removeAttribute("role");
    this.ready = this.map.once("load").then(() => this.addLayers());
    this.addLabels();
    this.map.on("move", () => this.clearOverlaps());
    new ResizeObserver(() => this.home()).observe(container);
  }

  /** Shows the whole district. */
  home() {
    this.map.resize();
    this.map.fitBounds(this.bounds, { padding: { top: 16, bottom: 16, left: 24, right: 24 }, duration: 0 });
    this.clearOverlaps();
  }
  zoom(by: number) {
    this.map.zoomTo(this.map.getZoom() + by, { duration: 200 });
  }

  /** Gives every area its look, and the points their place. */
  async paint(looks: Map<string, Look>, spots: Spot[], spotColour: string, reachM: number) {
    for (const [code, label] of this.labels) {
      const look = looks.get(code);
      label.querySelector(".label-value")?.replaceChildren(look?.text ?? "");
      label.setAttribute("aria-label", look?.spoken ?? "");
      label.classList.toggle("on-dark", look?.isDark ?? false);
    }
    this.spots = spots;
    this.clearOverlaps();
    await this.ready;
    const features = this.places.flatMap((place): GeoJSON.Feature[] => {
      if (!place.boundary) return [];
      const look = looks.get(place.code);
      const properties = { code: place.code, colour: look?.colour ?? null, marked: look?.marked ?? false };
      return [{ type: "Feature", properties, geometry: place.boundary }];
    });
    this.source("places").setData({ type: "FeatureCollection", features });
    this.source("spots").setData({
      type: "FeatureCollection",
      features: spots.map(({ key, at, label, weight }) => ({
        type: "Feature", properties: { key, label, weight, colour: spotColour }, geometry: { type: "Point", coordinates: at },
      })),
    });
    this.source("reach").setData({ type: "FeatureCollection", features: spots.map(({ at }) => circle(at, reachM)) });
  }

  /** Shows the access points that work already, from the vector tiles of the API, or hides them. */
  async showAccessPoints(shown: boolean) {
    await this.ready;
    if (shown && !this.map.getSource(POINTS)) {
      this.map.addSource(POINTS, { type: "vector", url: new URL(`/tiles/${POINTS}.json`, location.href).href });
      this.map.addLayer({
        id: POINTS, type: "circle", source: POINTS, "source-layer": POINTS,
        paint: { "circle-color": POINT, "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 2, 16, 5], "circle-stroke-color": PAPER, "circle-stroke-width": 0.75 },
      }, "spot");
    }
    if (this.map.getLayer(POINTS)) this.map.setLayoutProperty(POINTS, "visibility", shown ? "visible" : "none");
  }

  /** Outlines one place or point. */
  async choose(key: string | null) {
    this.chosen = key;
    const stop = key !== null && this.labels.has(key) ? key : this.places[0]?.code;
    for (const [code, label] of this.labels) {
      label.tabIndex = code === stop ? 0 : -1;
      label.setAttribute("aria-pressed", String(code === key));
    }
    this.clearOverlaps();
    await this.ready;
    this.map.setFilter("place-chosen", ["==", ["get", "code"], key ?? ""]);
    this.map.setFilter("spot-chosen", ["==", ["get", "key"], key ?? ""]);
  }

  /** How many areas and points are drawn, for tests. None before the map has its layers. */
  drawn() {
    if (!this.map.getLayer("spot")) return { places: 0, spots: 0, points: 0 };
    const count = (layers: string[], name: string) =>
      new Set(this.map.queryRenderedFeatures({ layers }).map((feature) => feature.properties[name] as string)).size;
    return { places: count(["place-fill", "place-missing"], "code"), spots: count(["spot"], "key"), points: this.map.getLayer(POINTS) ? this.map.queryRenderedFeatures({ layers: [POINTS] }).length : 0 };
  }

  private source(name: string): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }

  private addLayers() {
    const map = this.map;
    map.addImage("hatch", hatch(), { pixelRatio: 2 });
    map.addSource("places", { type: "geojson", data: nothing });
    map.addSource("reach", { type: "geojson", data: nothing });
    map.addSource("spots", { type: "geojson", data: nothing });
    const marked: ["==", ["get", string], boolean] = ["==", ["get", "marked"], true];
    map.addLayer({ id: "place-fill", type: "fill", source: "places", filter: ["!=", ["get", "colour"], null], paint: { "fill-color": ["get", "colour"], "fill-antialias": false } });
    map.addLayer({ id: "place-missing", type: "fill", source: "places", filter: ["==", ["get", "colour"], null], paint: { "fill-pattern": "hatch" } });
    map.addLayer({ id: "place-line", type: "line", source: "places", layout: { "line-join": "round" }, paint: { "line-color": PAPER, "line-width": 1.5 } });
    map.addLayer({ id: "place-marked", type: "line", source: "places", filter: marked, layout: { "line-join": "round" }, paint: { "line-color": INK, "line-width": 1.4, "line-dasharray": [3, 1.6], "line-offset": 1.6 } });
    map.addLayer({ id: "place-chosen", type: "line", source: "places", filter: ["==", ["get", "code"], this.chosen ?? ""], layout: { "line-join": "round" }, paint: { "line-color": INK, "line-width": 2.8 } });
    map.addLayer({ id: "reach", type: "fill", source: "reach", paint: { "fill-color": "#b3361b", "fill-opacity": 0.22 } });
    map.addLayer({
      id: "spot", type: "circle", source: "spots",
      paint: { "circle-color": ["get", "colour"], "circle-radius": ["+", 3, ["*", 8, ["sqrt", ["get", "weight"]]]], "circle-stroke-color": PAPER, "circle-stroke-width": 1.4, "circle-opacity": 0.92 },
    });
    map.addLayer({
      id: "spot-label", type: "symbol", source: "spots",
      layout: { "text-field": ["get", "label"], "text-size": 11, "text-font": ["sans-serif"], "text-allow-overlap": false },
      paint: { "text-color": PAPER },
    });
    map.addLayer({
      id: "spot-chosen", type: "circle", source: "spots", filter: ["==", ["get", "key"], this.chosen ?? ""],
      paint: { "circle-color": "rgba(0,0,0,0)", "circle-radius": ["+", 6, ["*", 8, ["sqrt", ["get", "weight"]]]], "circle-stroke-color": INK, "circle-stroke-width": 2.5 },
    });
    map.on("mousemove", (event) => this.listeners.onPoint(this.keyAt(event.point)));
    map.on("mouseout", () => this.listeners.onPoint(null));
    map.on("click", (event) => {
      const key = this.keyAt(event.point);
      if (key) this.listeners.onChoose(key);
    });
  }

  /** What lies under a pixel; points lie above areas. */
  private keyAt(point: { x: number; y: number }): string | null {
    const near: [[number, number], [number, number]] = [[point.x - 3, point.y - 3], [point.x + 3, point.y + 3]];
    const spot = this.map.queryRenderedFeatures(near, { layers: ["spot"] })[0];
    if (spot) return spot.properties.key as string;
    const place = this.map.queryRenderedFeatures([point.x, point.y], { layers: ["place-fill", "place-missing"] })[0];
    return (place?.properties.code as string | undefined) ?? null;
  }

  private addLabels() {
    this.places.forEach((place, n) => {
      if (!place.boundary) return;
      const centre = centreOf(place.boundary);
      const label = h(
        "button",
        {
          type: "button", class: "map-label", tabindex: n === 0 ? 0 : -1, "data-code": place.code,
          click: () => this.listeners.onChoose(place.code),
          focus: () => this.listeners.onPoint(place.code),
          blur: () => this.listeners.onPoint(null),
          mouseenter: () => this.listeners.onPoint(place.code),
          keydown: (event) => this.step(place.code, event as KeyboardEvent),
        },
        h("span", { class: "label-name" }, place.name),
        h("span", { class: "label-value" }),
      );
      this.labels.set(place.code, label);
      this.centres.set(place.code, centre);
      new Marker({ element: label, anchor: "center" }).setLngLat(centre).addTo(this.map);
      // MapLibre names every marker "Map marker", makes it a stop of the tab key and takes its role.
      label.removeAttribute("role");
      label.tabIndex = n === 0 ? 0 : -1;
    });
  }

  /** An arrow key moves to the nearest place in its direction. */
  private step(from: string, event: KeyboardEvent) {
    const ways: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    const start = this.centres.get(from);
    if (!way || !start) return;
    event.preventDefault();
    const origin = this.map.project(start);
    let best: [number, string] | null = null;
    for (const [code, centre] of this.centres) {
      const at = this.map.project(centre);
      const [dx, dy] = [at.x - origin.x, at.y - origin.y];
      const ahead = dx * way[0] + dy * way[1];
      const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (code !== from && ahead > 0 && aside <= ahead * 1.5 && (!best || ahead + aside < best[0])) best = [ahead + aside, code];
    }
    if (best) this.labels.get(best[1])?.focus();
  }

  /** Labels that would cover a point or another label give up their name, then their value; the table has both. */
  private clearOverlaps() {
    const corner = this.map.getContainer().getBoundingClientRect();
    const kept = this.spots.map(({ at }) => {
      const { x, y } = this.map.project(at);
      return new DOMRect(corner.left + x - 7, corner.top + y - 7, 14, 14);
    });
    const collides = (box: DOMRect) => kept.some((k) => box.left < k.right + 2 && k.left < box.right + 2 && box.top < k.bottom && k.top < box.bottom);
    const chosenFirst = [...this.labels].sort(([a], [b]) => Number(b === this.chosen) - Number(a === this.chosen));
    for (const [code, label] of chosenFirst) {
      label.classList.remove("no-name", "no-text");
      for (const fewer of ["no-name", "no-text"]) {
        if (code === this.chosen || !collides(label.getBoundingClientRect())) break;
        label.classList.add(fewer);
      }
      kept.push(label.getBoundingClientRect());
    }
  }
}

/** The people within reach of a point: a circle in metres, as a polygon. */
function circle([longitude, latitude]: [number, number], metres: number): GeoJSON.Feature {
  const [dy, dx] = [metres / 111_320, metres / (111_320 * Math.cos((latitude * Math.PI) / 180))];
  const ring = Array.from({ length: 33 }, (_, n) => [longitude + dx * Math.cos((n * Math.PI) / 16), latitude + dy * Math.sin((n * Math.PI) / 16)]);
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

function boundsOf(places: Place[]): [number, number, number, number] {
  const points = places.flatMap((place) => place.boundary?.coordinates.flat(2) ?? []);
  const xs = points.map((p) => p[0] ?? 0);
  const ys = points.map((p) => p[1] ?? 0);
  return points.length > 0 ? [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] : [126.7, 37.4, 127.2, 37.7];
}

function grown([west, south, east, north]: [number, number, number, number]): [number, number, number, number] {
  const [dx, dy] = [(east - west) * 1.2, (north - south) * 1.2];
  return [west - dx, south - dy, east + dx, north + dy];
}

/** Balance point of the largest ring: where a label stands well. */
function centreOf(boundary: GeoJSON.MultiPolygon): [number, number] {
  let best: { area: number; at: [number, number] } = { area: -1, at: [0, 0] };
  for (const [ring = []] of boundary.coordinates) {
    let [area, x, y] = [0, 0, 0];
    const [ox = 0, oy = 0] = ring[0] ?? [];
    for (let n = 0; n + 1 < ring.length; n++) {
      const [ax = 0, ay = 0] = [(ring[n]?.[0] ?? 0) - ox, (ring[n]?.[1] ?? 0) - oy];
      const [bx = 0, by = 0] = [(ring[n + 1]?.[0] ?? 0) - ox, (ring[n + 1]?.[1] ?? 0) - oy];
      const cross = ax * by - bx * ay;
      area += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: [ox + x / (3 * area), oy + y / (3 * area)] };
  }
  return best.at;
}

/** Grey diagonal lines for "no value". */
function hatch(): { width: number; height: number; data: Uint8Array } {
  const size = 16;
  const data = new Uint8Array(size * size * 4);
  for (let n = 0; n < size * size; n++) {
    const dark = ((n % size) + Math.floor(n / size)) % 8 < 2;
    data.set(dark ? [138, 146, 155, 255] : [240, 242, 244, 255], n * 4);
  }
  return { width: size, height: size, data };
}
