// The district's map. MapLibre draws areas and points from what the API answers; there are no tiles and no outside host.
import { type GeoJSONSource, Map as MapLibre, Marker, setWorkerUrl } from "maplibre-gl";
import { h } from "./dom";
import { type Place, boundsOf, centreOf, circle, grown, hatch, square } from "./geometry";
import type { Cells, Overlay, Seen } from "./overlays";

/** How one area is to look. Without a colour it has no value and is hatched. */
export interface Look {
  colour: string | null;
  text: string;
  marked: boolean;
  /** Whether the colour is so dark that its label has to be white. */
  isDark: boolean;
  /** What is said of the figure besides, to those who listen. */
  more: string;
}
/** A point with its rank. */
export interface Spot {
  key: string;
  at: [number, number];
  label: string;
  weight: number;
}
interface Listeners {
  onPoint(what: string | Seen | null): void;
  onChoose(what: string | Seen): void;
}

const PAPER = "#ffffff";
const INK = "#17202a";
const LINE = "#5b6470";
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
  private overlays: Overlay[] = [];
  private cells: Cells | null = null;
  private picking: ((at: [number, number]) => void) | null = null;
  private readonly marks = new Map<string, Marker>();
  private readonly watch = new ResizeObserver(() => this.home());

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
      // What is drawn stays readable for printing.
      canvasContextAttributes: { preserveDrawingBuffer: true },
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
    this.watch.observe(container);
  }

  /** Lets go of everything, before another map takes its place. */
  remove() {
    this.watch.disconnect();
    this.map.remove();
  }

  /** Shows the whole district. */
  home() {
    this.map.resize();
    this.map.fitBounds(this.bounds, { padding: { top: 16, bottom: 16, left: 24, right: 24 }, duration: 0 });
    this.clearOverlaps();
  }
  zoom(by: number) {
    this.map.zoomTo(this.map.getZoom() + by, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200 });
  }

  /** Gives every area its look, and the points their place. */
  async paint(looks: Map<string, Look>, spots: Spot[], spotColour: string, reachM: number) {
    for (const [code, label] of this.labels) {
      const look = looks.get(code);
      label.querySelector(".label-value")?.replaceChildren(look?.text ?? "");
      label.querySelector(".label-more")?.replaceChildren(look?.more ?? "");
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

  /** Shows points of these layers from the vector tiles of the API, and hides all others. */
  async showOverlays(overlays: readonly Overlay[], isShown: (overlay: Overlay) => boolean) {
    await this.ready;
    for (const overlay of overlays.filter(({ id, cells }) => !cells && !this.map.getSource(id))) {
      if (!isShown(overlay)) continue;
      this.map.addSource(overlay.id, { type: "vector", url: new URL(`/tiles/${overlay.id}.json`, location.href).href });
      this.map.addLayer({
        id: overlay.id, type: "circle", source: overlay.id, "source-layer": overlay.id,
        paint: { "circle-color": overlay.colour, "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, overlay.size, 16, overlay.size * 2.5], "circle-stroke-color": PAPER, "circle-stroke-width": 0.75 },
      }, "spot");
    }
    this.overlays = overlays.filter((overlay) => !overlay.cells && this.map.getLayer(overlay.id));
    for (const layer of this.map.getStyle().layers.filter(({ id }) => this.map.getSource(id)?.type === "vector")) {
      const overlay = overlays.find(({ id }) => id === layer.id);
      this.map.setLayoutProperty(layer.id, "visibility", overlay && isShown(overlay) ? "visible" : "none");
    }
  }

  /** Shows cells in place of the colours of the areas, or the areas again. */
  async showCells(cells: Cells | null) {
    this.map.getContainer().classList.toggle("with-cells", cells !== null);
    this.cells = cells;
    this.clearOverlaps();
    await this.ready;
    this.map.setPaintProperty("place-fill", "fill-opacity", cells ? 0 : 1);
    this.map.setPaintProperty("place-missing", "fill-opacity", cells ? 0 : 1);
    this.map.setPaintProperty("place-line", "line-color", cells ? LINE : PAPER);
    const features = (cells?.features ?? []).map((feature): GeoJSON.Feature => {
      const { at, side, value, properties } = feature;
      return { type: "Feature", properties: { ...properties, colour: cells?.scale.colour(value) }, geometry: square(at, side) };
    });
    this.source("cells").setData({ type: "FeatureCollection", features });
  }

  /** The next click on the map gives a place instead of choosing what lies there. */
  pick(onPlace: (at: [number, number]) => void) {
    this.map.getContainer().classList.add("picking");
    this.map.getContainer().scrollIntoView({ block: "center" });
    this.picking = onPlace;
  }

  /** Marks a place with a pin, or a point that is looked at with a ring; or takes the mark away. */
  mark(look: "pin" | "ring", at: [number, number] | null) {
    this.marks.get(look)?.remove();
    if (!at) return;
    const element = h("span", { class: "mark", "aria-hidden": "true" }, h("span", { class: look }));
    this.marks.set(look, new Marker({ element, anchor: look === "pin" ? "bottom" : "center" }).setLngLat(at).addTo(this.map));
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
    if (!this.map.getLayer("spot")) return { places: 0, spots: 0, points: 0, cells: 0 };
    const count = (layers: string[], name: string) =>
      new Set(this.map.queryRenderedFeatures({ layers }).map((feature) => feature.properties[name] as string)).size;
    const points = this.map.queryRenderedFeatures({ layers: this.overlays.map(({ id }) => id) }).length;
    const cells = this.map.queryRenderedFeatures({ layers: ["cells"] }).length;
    return { places: count(["place-fill", "place-missing"], "code"), spots: count(["spot"], "key"), points: this.overlays.length > 0 ? points : 0, cells };
  }

  private source(name: string): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }

  private addLayers() {
    const map = this.map;
    map.addImage("hatch", hatch(), { pixelRatio: 2 });
    map.addSource("places", { type: "geojson", data: nothing });
    map.addSource("cells", { type: "geojson", data: nothing });
    map.addSource("reach", { type: "geojson", data: nothing });
    map.addSource("spots", { type: "geojson", data: nothing });
    const marked: ["==", ["get", string], boolean] = ["==", ["get", "marked"], true];
    map.addLayer({ id: "place-fill", type: "fill", source: "places", filter: ["!=", ["get", "colour"], null], paint: { "fill-color": ["get", "colour"], "fill-antialias": false } });
    map.addLayer({ id: "place-missing", type: "fill", source: "places", filter: ["==", ["get", "colour"], null], paint: { "fill-pattern": "hatch" } });
    map.addLayer({ id: "cells", type: "fill", source: "cells", paint: { "fill-color": ["get", "colour"], "fill-antialias": false } });
    map.addLayer({ id: "place-line", type: "line", source: "places", layout: { "line-join": "round" }, paint: { "line-color": PAPER, "line-width": 1.5 } });
    map.addLayer({ id: "place-marked", type: "line", source: "places", filter: marked, layout: { "line-join": "round" }, paint: { "line-color": INK, "line-width": 1.4, "line-dasharray": [3, 1.6], "line-offset": 1.6 } });
    map.addLayer({ id: "place-chosen", type: "line", source: "places", filter: ["==", ["get", "code"], this.chosen ?? ""], layout: { "line-join": "round" }, paint: { "line-color": INK, "line-width": 2.8 } });
    map.addLayer({ id: "reach", type: "fill", source: "reach", paint: { "fill-color": "#b3361b", "fill-opacity": 0.18, "fill-outline-color": "#b3361b" } });
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
    map.on("mousemove", (event) => this.listeners.onPoint(this.at(event.point)));
    map.on("mouseout", () => this.listeners.onPoint(null));
    map.on("click", (event) => {
      if (this.picking) {
        this.map.getContainer().classList.remove("picking");
        this.picking([event.lngLat.lng, event.lngLat.lat]);
        this.picking = null;
        return;
      }
      const what = this.at(event.point);
      if (what) this.listeners.onChoose(what);
    });
  }

  /** What lies under a pixel: sites above other points, those above cells, cells above areas. */
  private at(point: { x: number; y: number }): string | Seen | null {
    const near: [[number, number], [number, number]] = [[point.x - 3, point.y - 3], [point.x + 3, point.y + 3]];
    const spot = this.map.queryRenderedFeatures(near, { layers: ["spot"] })[0];
    if (spot) return spot.properties.key as string;
    const layers = this.overlays.map(({ id }) => id);
    const seen = layers.length > 0 ? this.map.queryRenderedFeatures(near, { layers })[0] : undefined;
    if (seen) return { layer: seen.layer.id, properties: seen.properties, at: pointOf(seen.geometry) };
    const cell = this.map.queryRenderedFeatures([point.x, point.y], { layers: ["cells"] })[0];
    if (cell && this.cells) return { layer: this.cells.layer, properties: cell.properties };
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
        h("span", { class: "label-name" }, place.name), " ",
        h("span", { class: "label-value" }), " ",
        h("span", { class: "label-more unseen" }),
      );
      this.labels.set(place.code, label);
      this.centres.set(place.code, centre);
      new Marker({ element: label, anchor: "center" }).setLngLat(centre).addTo(this.map);
      // MapLibre names every marker "Map marker", makes it a stop of the tab key and takes its role.
      label.removeAttribute("role");
      label.removeAttribute("aria-label");
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

const pointOf = (geometry: GeoJSON.Geometry): [number, number] | undefined =>
  geometry.type === "Point" ? [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0] : undefined;
