// Charts as SVG. Gaps stay gaps: a missing value is never drawn as zero.
import { type Figure, axisNumber, intervalText, number, valueText } from "./figure";
import type { Unit } from "./generated";
import { h, svg } from "./dom";
import { roundStep } from "./scale";
import { lang, say, t } from "./words";

const WIDTH = 360;
/** Charts in cards are narrower; drawn at their own size, their words stay readable. */
const CARD_WIDTH = 270;
const HEIGHT = 170;
const SIDE = { left: 46, right: 8, top: 10, bottom: 24 };

export interface Point {
  day: string;
  value: number | null;
}

interface Frame {
  x: (value: number) => number;
  y: (value: number) => number;
  root: SVGSVGElement;
}

function frame(title: string, xs: [number, number], ys: [number, number], unit: Unit, width = WIDTH): Frame {
  const x = (v: number) => SIDE.left + ((v - xs[0]) / (xs[1] - xs[0] || 1)) * (width - SIDE.left - SIDE.right);
  const y = (v: number) => HEIGHT - SIDE.bottom - ((v - ys[0]) / (ys[1] - ys[0] || 1)) * (HEIGHT - SIDE.top - SIDE.bottom);
  const root = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": title, class: "chart" });
  const step = roundStep((ys[1] - ys[0]) / 4);
  for (let tick = Math.ceil(ys[0] / step) * step; tick <= ys[1] + step / 1e6; tick += step) {
    const value = Math.abs(tick) < step / 1e6 ? 0 : tick;
    root.append(
      svg("line", { x1: SIDE.left, x2: width - SIDE.right, y1: y(value), y2: y(value), class: value === 0 ? "zero" : "grid" }),
      svg("text", { x: SIDE.left - 6, y: y(value) + 3.5, class: "tick end" }, axisNumber(value, unit)),
    );
  }
  return { x, y, root };
}

/** Runs of neighbouring values as paths. */
function runs(values: (number | null)[], at: (value: number, n: number) => string): string {
  let path = "";
  values.forEach((value, n) => {
    if (value !== null) path += `${n > 0 && values[n - 1] !== null ? "L" : "M"}${at(value, n)}`;
  });
  return path;
}

function figureOf(title: string, root: SVGSVGElement, ...key: (Node | string)[]): HTMLElement {
  return h("figure", { class: "chart-box" }, h("figcaption", {}, h("span", { class: "chart-title" }, title), ...key), root);
}

const swatch = (name: string, text: string) => h("span", { class: `key ${name}` }, text);

/** Names of months below an axis, as many as have room, with the year where it begins. */
function months([from, to]: [number, number], x: (value: number) => number): SVGTextElement[] {
  const language = lang() === "KO" ? "ko-KR" : "en-GB";
  const month = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
  const first = new Date(from);
  const names: SVGTextElement[] = [];
  const span = (to - from) / 2.63e9;
  const step = span > 16 ? 6 : span > 10 ? 3 : 1;
  for (let n = 0; ; n += 1) {
    const start = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1 + n, 1);
    if (start > to) return names;
    const at = new Date(start);
    if (at.getUTCMonth() % step !== 0) continue;
    const isNewYear = at.getUTCMonth() === 0 || names.length === 0;
    const year = isNewYear ? String(at.getUTCFullYear()) : "";
    const text = lang() === "KO" ? `${year && `${year}년 `}${month.format(start)}` : `${month.format(start)} ${year}`.trim();
    names.push(svg("text", { x: x(start), y: HEIGHT - 7, class: "tick middle" }, text));
  }
}

/** Weeks of one place, and of the district behind it. */
export function seriesChart(asked: {
  title: string; unit: Unit; here: Point[]; others: Point[]; hereName: string; othersName: string;
}): HTMLElement {
  const { title, unit, here, others } = asked;
  const values = [...here, ...others].map((p) => p.value).filter((v): v is number => v !== null);
  const days = [...here, ...others].filter((p) => p.value !== null).map((p) => Date.parse(p.day));
  const span: [number, number] = [Math.min(...days), Math.max(...days)];
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const pad = (high - low) * 0.06;
  const { x, y, root } = frame(title, span, [low - pad, high + pad], unit);
  const line = (points: Point[], name: string) =>
    svg("path", { d: runs(points.map((p) => p.value), (v, n) => `${x(Date.parse(points[n]?.day ?? "")).toFixed(1)},${y(v).toFixed(1)}`), class: name });
  root.append(line(others, "line others"), line(here, "line here"));
  root.append(...months(span, x));
  const key = [swatch("here", asked.hereName), others.length > 0 ? swatch("others", asked.othersName) : ""];
  return figureOf(title, root, ...key);
}

/** Counts of one place by period, each with its interval. A hidden one is hatched at the axis, not drawn as zero. */
export function countsChart(title: string, points: { day: string; figure: Figure }[]): HTMLElement {
  const days = points.map((point) => Date.parse(point.day));
  const span: [number, number] = [Math.min(...days), Math.max(...days)];
  const pad = (span[1] - span[0]) * 0.03;
  const highest = Math.max(1, ...points.map(({ figure }) => figure.interval?.upper ?? figure.value ?? 0));
  const { x, y, root } = frame(title, [span[0] - pad, span[1] + pad], [0, highest], "POSTS");
  let hidden = false;
  for (const { day, figure } of points) {
    const at = x(Date.parse(day));
    if (typeof figure.value !== "number") {
      hidden = true;
      root.append(svg("rect", { x: at - 3, y: y(0) - 9, width: 6, height: 9, class: "hidden-count" }));
      continue;
    }
    if (figure.interval) root.append(svg("line", { x1: at, x2: at, y1: y(figure.interval.lower), y2: y(figure.interval.upper), class: "spread" }));
    const dot = svg("circle", { cx: at, cy: y(figure.value), r: 3, class: "dot" });
    dot.append(svg("title", {}, `${day}: ${valueText(figure)} (${intervalText(figure)})`));
    root.append(dot);
  }
  root.append(...months(span, x));
  return figureOf(title, root, h("span", { class: "key none" }, t(say.withInterval)), hidden ? h("span", { class: "key gone" }, t(say.hiddenCount)) : "");
}

/** Shares of one whole with their intervals. */
export function sharesChart(title: string, shares: { name: string; figure: Figure | null | undefined }[]): HTMLElement {
  const rows = shares.map(({ name, figure }) => {
    const value = figure?.value ?? null;
    const bar = h("span", { class: "share-track" });
    if (figure && value !== null) {
      const fill = h("span", { class: "share-fill" });
      fill.style.width = `${Math.min(value, 1) * 100}%`;
      bar.append(fill);
      if (figure.interval) {
        const whisker = h("span", { class: "share-whisker" });
        whisker.style.left = `${figure.interval.lower * 100}%`;
        whisker.style.width = `${(figure.interval.upper - figure.interval.lower) * 100}%`;
        bar.append(whisker);
      }
    } else bar.classList.add("hatched");
    const text = figure ? valueText(figure) : t(say.noFigure);
    return h("li", {}, h("span", {}, name), bar, h("span", { class: "share-value", title: figure ? intervalText(figure) : "" }, text));
  });
  return h("figure", { class: "chart-box" }, h("figcaption", {}, h("span", { class: "chart-title" }, title)), h("ul", { class: "shares" }, ...rows));
}

/** How much of the demand the first sites cover together. */
export function curveChart(title: string, shares: (number | null)[], marked: number): HTMLElement {
  const top = Math.max(...shares.filter((v): v is number => v !== null), 0);
  const { x, y, root } = frame(title, [0, shares.length], [0, top * 1.06], "RATIO");
  const all = [0, ...shares];
  root.append(svg("path", { d: runs(all, (v, n) => `${x(n).toFixed(1)},${y(v).toFixed(1)}`), class: "line here" }));
  const step = roundStep(shares.length / 5);
  for (let n = step; n <= shares.length; n += step) root.append(svg("text", { x: x(n), y: HEIGHT - 7, class: "tick middle" }, String(n)));
  const value = shares[marked - 1];
  if (marked > 0 && value !== null && value !== undefined) {
    root.append(
      svg("line", { x1: x(marked), x2: x(marked), y1: y(0), y2: y(value), class: "mark" }),
      svg("circle", { cx: x(marked), cy: y(value), r: 4, class: "dot" }),
      svg("text", { x: Math.min(x(marked) + 7, WIDTH - 60), y: y(value) > HEIGHT - SIDE.bottom - 24 ? y(value) - 9 : y(value) + 16, class: "tick strong" }, `${marked}: ${number(value, "RATIO")}`),
    );
  }
  return figureOf(title, root);
}

/** People present at each hour of the day. */
export function hoursChart(title: string, sum: string, persons: readonly number[]): HTMLElement {
  const { x, y, root } = frame(title, [0, 24], [0, Math.max(...persons, 1) * 1.04], "PERSONS");
  persons.forEach((value, hour) => {
    const bar = svg("rect", { x: x(hour + 0.1), y: y(value), width: x(0.8) - x(0), height: y(0) - y(value), class: "hour" });
    bar.append(svg("title", {}, `${hour}–${hour + 1}: ${number(value, "PERSONS")}`));
    root.append(bar);
  });
  for (const hour of [0, 6, 12, 18, 24]) root.append(svg("text", { x: x(hour), y: HEIGHT - 7, class: "tick middle" }, String(hour)));
  return figureOf(title, root, h("span", { class: "key none" }, sum));
}

/** A dot with its interval on an axis that all rows of a table share. `zero` is where a value says "no change". */
export function whisker(figure: Figure, axis: [number, number], colour: string, zero = 0): SVGSVGElement | null {
  if (figure.value === null || figure.value === undefined) return null;
  const width = 200;
  const x = (v: number) => (6 + ((v - axis[0]) / (axis[1] - axis[0] || 1)) * (width - 12)).toFixed(1);
  const root = svg("svg", { viewBox: `0 0 ${width} 20`, "aria-hidden": "true", class: "whisker" });
  if (axis[0] < zero) root.append(svg("line", { x1: x(zero), x2: x(zero), y1: 0, y2: 20, class: "zero" }));
  if (figure.interval) root.append(svg("line", { x1: x(figure.interval.lower), x2: x(figure.interval.upper), y1: 10, y2: 10, class: "bar" }));
  else root.append(svg("line", { x1: x(zero), x2: x(figure.value), y1: 10, y2: 10, class: "stem" }));
  const dot = svg("circle", { cx: x(figure.value), cy: 10, r: 5, class: "dot" });
  dot.style.fill = colour;
  root.append(dot);
  return root;
}

/** How far two groups are apart by week, each value with its interval; the policy begins at week 0. */
export function pathChart(spoken: string, title: string, points: { week: number; value: number | null; interval: { lower: number; upper: number } | null }[]): HTMLElement {
  const weeks = points.map((point) => point.week);
  const values = points.flatMap(({ value, interval }) => [value, interval?.lower, interval?.upper]).filter((v): v is number => typeof v === "number");
  const pad = 0.8;
  const { x, y, root } = frame(spoken, [Math.min(...weeks) - pad, Math.max(...weeks) + pad], [Math.min(0, ...values), Math.max(0, ...values)], "PERCENT", CARD_WIDTH);
  root.append(svg("line", { x1: x(-0.5), x2: x(-0.5), y1: SIDE.top, y2: HEIGHT - SIDE.bottom, class: "mark" }));
  for (const { week, value, interval } of points) {
    if (interval) root.append(svg("line", { x1: x(week), x2: x(week), y1: y(interval.lower), y2: y(interval.upper), class: "spread" }));
    if (value !== null) root.append(svg("circle", { cx: x(week), cy: y(value), r: 3, class: week < 0 ? "dot before" : "dot" }));
    if (week % 4 === 0) root.append(svg("text", { x: x(week), y: HEIGHT - 7, class: "tick middle" }, `${week > 0 ? "+" : week < 0 ? "−" : ""}${Math.abs(week)}${week === 0 ? "" : ` ${t(say.weeksAfter)}`}`));
  }
  return figureOf(title, root);
}
