// Explains one figure: value, interval, status in words, reason, where it comes from.
import { h } from "./dom";
import { type Figure, gap, intervalText, number, unitName, valueText } from "./figure";
import type { Language, RunPartsFragment } from "./generated";
import type { Measure, Row } from "./question";
import { lang, say, statuses, t, unitMeans } from "./words";

/** The explanation of one figure of one row. */
export function explain(row: Row, measure: Measure, figure: Figure | null | undefined, label: string): Node[] {
  const heading = h("div", { class: "panel-head" }, h("p", { class: "measure-name" }, label), h("h2", {}, row.name));
  if (row.kind === "point") return [heading, pairs(row.facts ?? [])];
  if (!figure) return [heading, h("p", { class: "big missing" }, t(say.noFigure))];
  const status = statuses[figure.status];
  const missing = figure.value === null || figure.value === undefined;
  const big = missing
    ? h("p", { class: "big missing" }, t(status.label))
    : h("p", { class: "big" }, number(figure.value as number, figure.unit), gap(figure.unit), h("span", { class: "unit" }, unitName(figure.unit)));
  const interval = figure.interval;
  const means = unitMeans[figure.unit];
  const lines: (HTMLElement | null)[] = [
    heading,
    big,
    missing || !means ? null : h("p", { class: "unit-means" }, t(means)),
    interval ? h("p", { class: "interval", title: interval.method }, `${intervalName(interval.level)}: ${intervalText(figure)}`) : null,
    h("p", { class: `status status-${missing ? "none" : "some"}` }, h("span", { class: "badge" }, h("span", { "aria-hidden": "true" }, `${status.mark} `), t(status.label)), " ", t(status.means)),
    figure.reason ? h("p", { class: "reason" }, figure.reason) : null,
    measure.tested && typeof row.differs === "boolean" ? h("p", { class: "tested" }, t(row.differs ? say.differs : say.differsNot)) : null,
    figure.sampleSize === null || figure.sampleSize === undefined ? null : h("p", { class: "sample" }, `${t(say.sample)}: ${figure.sampleSize}`),
  ];
  return lines.filter((line): line is HTMLElement => line !== null);
}

/** An interval of level 1 is no matter of confidence: the true value cannot lie outside. */
const intervalName = (level: number) => (level >= 1 ? t(say.bounds) : t(say.intervalOf).replace("{level}", String(Math.round(level * 100))));

/** Other figures and facts of the same row. */
export function others(row: Row, measures: Measure[], shown: string): HTMLElement | null {
  const figures = measures.flatMap((measure): [string, string][] => {
    const figure = row.figures[measure.id];
    return measure.id === shown || !figure ? [] : [[t(measure.label), valueText(figure)]];
  });
  const facts = row.facts ?? [];
  const all = row.kind === "site" ? facts : [...figures, ...facts];
  if (all.length === 0 || row.kind === "point") return null;
  return h("section", {}, h("h3", {}, t(say.allHere)), pairs(all));
}

/** Names with what belongs to them. */
export function pairs(list: readonly (readonly [string, string])[]): HTMLElement {
  return h("dl", { class: "pairs" }, ...list.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]));
}

/** The run and the files behind everything that is shown. */
export function provenance(run: RunPartsFragment | null, field: string | null, layer: string): HTMLElement | null {
  if (!run) return null;
  const language: Language = lang();
  const day = run.publishedAt ? new Intl.DateTimeFormat(language === "KO" ? "ko-KR" : "en-GB", { dateStyle: "medium", timeZone: "Asia/Seoul" }).format(new Date(run.publishedAt)) : "";
  const sources = run.inputs.map((input) =>
    h(
      "li", {},
      h("span", { class: `origin ${input.synthetic ? "made" : "real"}` }, t(input.synthetic ? say.generated : say.observed)), " ",
      h("b", {}, input.dataset), ` · ${input.publisher}`,
      input.period ? ` · ${input.period.start} – ${input.period.endInclusive}` : "",
      input.attribution === input.publisher ? "" : h("span", { class: "attribution" }, input.attribution),
    ),
  );
  return h(
    "section", { class: "provenance" },
    h("h3", {}, t(say.origin)),
    h("p", {}, `${t(say.run)}: `, h("code", {}, run.methodVersion), day ? ` · ${t(say.published)} ${day}` : ""),
    field ? h("p", {}, h("a", { href: `/docs/${field.split(".")[0]}?lang=${language.toLowerCase()}#${field}` }, t(say.how))) : null,
    h("p", { class: "save" }, `${t(say.save)}: `, ...["csv", "geojson"].flatMap((form) => [h("a", { href: `/features/${layer}.${form}?lang=${language.toLowerCase()}` }, form === "csv" ? "CSV" : "GeoJSON"), " "]), h("button", { type: "button", class: "quiet", click: () => print() }, t(say.print))),
    h("details", {}, h("summary", {}, t(say.datasets).replace("{all}", String(run.inputs.length)).replace("{made}", String(run.inputs.filter((input) => input.synthetic).length))), h("ul", { class: "sources" }, ...sources)),
  );
}
