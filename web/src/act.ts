// Where to act: every market, neighbourhood and industry with where its sales stand against the base year.
import { ask } from "./ask";
import { whisker } from "./chart";
import { h } from "./dom";
import { intervalText, valueText } from "./figure";
import { ActDocument, type ActQuery, type Language } from "./generated";
import { say, standings, subjects, t, type Text } from "./words";

type Line = NonNullable<ActQuery["whereToAct"]>["nodes"][number];

/** The list, those still below with confidence first, as the API orders it. */
export async function actSection(lang: Language): Promise<HTMLElement | null> {
  const { whereToAct } = await ask(ActDocument, { lang }, lang);
  const lines = whereToAct?.nodes ?? [];
  if (lines.length === 0) return null;
  const below = lines.filter(({ standing }) => standing === "BELOW");
  const others = lines.filter(({ standing }) => standing !== "BELOW");
  return h(
    "section", { class: "policies", "aria-labelledby": "act-title" },
    h("div", { class: "table-head" }, h("h2", { id: "act-title" }, t(say.act)), h("p", {}, t(say.actHint))),
    table(below),
    others.length > 0 ? h("details", { class: "rest" }, h("summary", {}, t(say.actOthers).replace("{n}", String(others.length))), table(others)) : null,
  );
}

function table(lines: readonly Line[]): HTMLElement {
  const ends = lines.flatMap(({ level: { value, interval } }) => [value, interval?.lower, interval?.upper]).filter((end): end is number => typeof end === "number");
  const axis: [number, number] = [Math.min(1, ...ends), Math.max(1, ...ends)];
  const rows = lines.map((line) => {
    const name = line.market?.name ?? line.industry?.name ?? line.neighbourhood?.name ?? "–";
    const missing = typeof line.level.value !== "number";
    return h(
      "tr", {},
      h("th", { scope: "row" }, name),
      h("td", { class: "state besides" }, t(subjects[line.subject])),
      h("td", { class: `number${missing ? " missing" : ""}` }, valueText(line.level)),
      h("td", { class: "plot" }, whisker(line.level, axis, "#934620", 1) ?? h("span", { class: "hatched", "aria-hidden": "true" })),
      h("td", { class: "range" }, intervalText(line.level)),
      h("td", { class: "state why" }, t(standings[line.standing]), line.reason ? ` · ${line.reason}` : ""),
    );
  });
  const columns: [Text, string][] = [[say.name, ""], [say.subject, "besides"], [say.level, "number"], [say.interval, "plot"], [say.interval, "range"], [say.standing, ""]];
  const head = columns.map(([text, kind]) => h("th", { scope: "col", class: kind }, kind === "plot" ? h("span", { class: "unseen" }, t(text)) : t(text)));
  return h("div", { class: "wide", role: "region", tabindex: 0, "aria-label": t(say.act) }, h("table", {}, h("caption", { class: "unseen" }, t(say.act)), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)));
}
