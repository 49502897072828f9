// The table beside the map: the same figures for the keyboard, the screen reader and the exact reader.
import { whisker } from "./chart";
import { h } from "./dom";
import { saveRows } from "./save";
import { type Figure, intervalText, number, unitName } from "./figure";
import type { RunPartsFragment } from "./generated";
import type { Measure, Row } from "./question";
import { say, statuses, t, type Text } from "./words";

export interface Asked {
  title: Text;
  first: Text;
  rows: Row[];
  measure: Measure;
  label: string;
  run: RunPartsFragment | null;
  chosen: string;
  colour(figure: Figure): string;
  onChoose(key: string): void;
  onPoint(key: string | null): void;
}

/** A table of one figure for many rows, the most notable first, missing values last with their status. */
export function figureTable(asked: Asked): HTMLElement | null {
  const { measure } = asked;
  const rows = asked.rows.filter((row) => row.figures[measure.id]);
  if (rows.length === 0) return null;
  const unit = rows.map((row) => row.figures[measure.id]?.unit).find(Boolean);
  const sign = measure.dark === "low" ? 1 : -1;
  const ranked = rows.every((row) => row.kind === "site");
  const sorted = ranked ? rows : [...rows].sort((a, b) => sign * (sortable(a, measure, sign) - sortable(b, measure, sign)));
  const ends = rows.flatMap((row) => {
    const figure = row.figures[measure.id];
    return figure && typeof figure.value === "number" ? [figure.value, figure.interval?.lower ?? figure.value, figure.interval?.upper ?? figure.value] : [];
  });
  const axis: [number, number] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const intervals = rows.some((row) => row.figures[measure.id]?.interval);
  const body = sorted.map((row) => {
    const figure = row.figures[measure.id] as Figure;
    const missing = typeof figure.value !== "number";
    const name = h("button", {
      type: "button", class: "row-name", "aria-pressed": String(row.key === asked.chosen), "data-key": row.key,
      click: () => asked.onChoose(row.key), focus: () => asked.onPoint(row.key), blur: () => asked.onPoint(null),
    }, row.name);
    return h(
      "tr", { class: row.key === asked.chosen ? "chosen" : null, mouseenter: () => asked.onPoint(row.key), mouseleave: () => asked.onPoint(null) },
      h("th", { scope: "row" }, name),
      h("td", { class: `number${missing ? " missing" : ""}` }, missing ? t(statuses[figure.status].label) : number(figure.value as number, figure.unit)),
      h("td", { class: "plot" }, whisker(figure, axis, missing ? "" : asked.colour(figure)) ?? h("span", { class: "hatched", "aria-hidden": "true" })),
      intervals ? h("td", { class: "range" }, intervalText(figure)) : null,
      h("td", { class: missing ? "state why" : "state" }, missing ? (figure.reason ?? t(statuses[figure.status].means)) : `${t(statuses[figure.status].label)}${measure.tested && row.differs ? " ✱" : ""}`),
    );
  });
  return h(
    "section", { class: "table-box" },
    h("div", { class: "table-head" }, h("h2", {}, t(asked.title)), h("p", {}, `${asked.label}. ${t(intervals ? say.tableHint : say.tableHintPlain)}`)),
    h(
      "table", {},
      h("caption", { class: "unseen" }, `${t(asked.title)}: ${asked.label}`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t(asked.first)), h("th", { scope: "col", class: "number" }, [t(say.value), unit ? unitName(unit) : ""].filter(Boolean).join(", ")), h("th", { scope: "col", class: "plot" }, h("span", { class: "unseen" }, t(say.interval))), intervals ? h("th", { scope: "col", class: "range" }, t(say.interval)) : null, h("th", { scope: "col" }, t(say.status)))),
      h("tbody", {}, ...body),
    ),
    h(
      "p", { class: "foot" },
      h("button", { type: "button", class: "quiet", click: () => saveRows(t(asked.title), asked.label, sorted, measure.id, asked.run) }, t(say.csv)),
      measure.tested ? ` ✱ ${t(say.differs)}` : null,
    ),
  );
}

/** Missing values come last in both directions. */
function sortable(row: Row, measure: Measure, sign: number): number {
  return row.figures[measure.id]?.value ?? sign * Number.MAX_VALUE;
}
