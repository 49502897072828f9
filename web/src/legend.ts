// The legend: what the colours mean, which layers lie over the map, how many sites are shown.
import { h } from "./dom";
import { axisNumber, unitName, valueText } from "./figure";
import type { Unit } from "./generated";
import type { Cells } from "./overlays";
import type { Measure, Question, Row } from "./question";
import type { Scale } from "./scale";
import { lang, say, t } from "./words";

/** The colours of a measure, or of the cells while they are shown instead. */
export function colours(measure: Measure, rows: Row[], scale: Scale | null, cells: { cells: Cells; label: string } | null): (HTMLElement | string)[] {
  if (cells) return [classes(cells.label, cells.cells.scale, "PERSON_HOURS_PER_DAY")];
  const unit = rows.map((row) => row.figures[measure.id]?.unit).find(Boolean);
  const missing = h("p", { class: "extra" }, h("span", { class: "swatch hatched" }), t(say.missing));
  if (!scale || !unit) return [rows.length === 0 ? t(say.empty) : missing];
  const hasMissing = rows.some((row) => row.figures[measure.id] && typeof row.figures[measure.id]?.value !== "number");
  return [
    classes([t(measure.label), unitName(unit)].filter(Boolean).join(", "), scale, unit),
    ...(hasMissing ? [missing] : []),
    ...(measure.tested ? [h("p", { class: "extra" }, h("span", { class: "swatch dashed" }), t(say.differs))] : []),
  ];
}

function classes(title: string, scale: Scale, unit: Unit): HTMLElement {
  const items = scale.colours.map((colour, n) => {
    const swatch = h("span", { class: "swatch" });
    swatch.style.backgroundColor = colour;
    const limit = scale.limits[n - 1];
    return h("li", {}, swatch, limit === undefined ? null : h("span", {}, axisNumber(limit, unit)));
  });
  return h("div", {}, h("p", { class: "legend-title" }, title), h("ol", { class: "classes" }, ...items));
}

/** Boxes for the layers that can lie over the map, each with its rows as a file. */
export function layerChoices(question: Question, shown: Set<string>, onChange: (layer: string, isShown: boolean) => void): HTMLElement | null {
  const overlays = question.overlays ?? [];
  const all = [...(question.sites ? [{ id: "sites", label: say.recommended, colour: SITE }] : []), ...overlays];
  if (all.length === 0) return null;
  const boxes = all.map(({ id, label, colour }) => {
    const box = h("input", { type: "checkbox", id: `layer-${id}`, checked: shown.has(id), change: () => onChange(id, box.checked) });
    const dot = h("span", { class: "swatch round" });
    dot.style.backgroundColor = colour;
    const file = id === "sites" ? null : h("a", { href: `/features/${id}.csv?lang=${lang().toLowerCase()}`, "aria-label": `${t(label)}: CSV` }, "CSV");
    return h("span", { class: "layer" }, h("label", { class: "tick-box" }, box, dot, t(label)), file);
  });
  return h("fieldset", { class: "extra ticks" }, h("legend", {}, t(say.overlays)), ...boxes);
}

/** Colour of recommended and planned sites. */
export const SITE = "#b3361b";

/** How many of the ranked sites the map shows; every prefix of the ranking is a good plan of that size. */
export function siteSlider(sites: Row[], count: number, onInput: (count: number) => void, onChange: () => void): HTMLElement {
  const said = (n: number) => {
    const covered = sites[n - 1]?.figures.share;
    return `${t(say.withSites).replace("{n}", String(n))}${covered ? `: ${t(say.covers).replace("{share}", valueText(covered))}` : ""}`;
  };
  const text = h("output", { for: "site-count" }, said(count));
  const slider = h("input", {
    type: "range", id: "site-count", min: 1, max: sites.length, value: count, "aria-valuetext": said(count),
    input: () => {
      text.textContent = said(Number(slider.value));
      slider.setAttribute("aria-valuetext", said(Number(slider.value)));
      onInput(Number(slider.value));
    },
    change: onChange,
  });
  return h("p", { class: "extra slider" }, h("label", { for: "site-count" }, t(say.sites)), slider, text);
}
