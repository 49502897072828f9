// How a figure came about: formula, numbers, rows, and what was left out, as the API explains it.
import { ask } from "./ask";
import { h } from "./dom";
import { ExplainDocument, type ExplainQuery, type Language } from "./generated";
import { lang, say, t } from "./words";

type Explanation = NonNullable<ExplainQuery["explain"]>;

/** A box that asks for the explanation when it is opened for the first time. */
export function why(figure: string, language: Language): HTMLElement {
  const inside = h("div", { class: "why-inside" });
  const box = h("details", { class: "why" }, h("summary", {}, t(say.explain)), inside);
  box.addEventListener("toggle", () => {
    if (!box.open || inside.childElementCount > 0) return;
    inside.replaceChildren(h("p", {}, t(say.loading)));
    ask(ExplainDocument, { figure, lang: language }, language)
      .then(({ explain }) => inside.replaceChildren(...(explain ? told(explain) : [h("p", {}, t(say.notExplained))])))
      .catch(() => inside.replaceChildren(h("p", {}, t(say.failed))));
  });
  return box;
}

function told(explanation: Explanation): HTMLElement[] {
  const { terms, parameters, leftOut, refusedRows, table } = explanation;
  const parts: (HTMLElement | null)[] = [
    h("p", {}, explanation.formulaInWords),
    h("p", {}, h("code", { class: "formula" }, explanation.computation ?? explanation.formula)),
    terms.length > 0
      ? h("dl", { class: "pairs terms" }, ...terms.flatMap((term) => [h("dt", {}, h("code", {}, term.symbol), ` ${term.name}`), h("dd", {}, plain(term.value))]))
      : null,
    leftOut.length > 0 ? h("h4", {}, t(say.leftOut)) : null,
    leftOut.length > 0 ? h("ul", {}, ...leftOut.map((left) => h("li", {}, left.what, typeof left.count === "number" ? `: ${plain(left.count)}` : ""))) : null,
    refusedRows.length > 0 ? h("h4", {}, t(say.refused)) : null,
    refusedRows.length > 0 ? h("ul", {}, ...refusedRows.map((rows) => h("li", {}, `${rows.dataset}: ${rows.count} · `, h("span", { lang: "en" }, rows.reason)))) : null,
    parameters.length > 0 ? h("h4", {}, t(say.parameters)) : null,
    parameters.length > 0 ? h("ul", {}, ...parameters.map((parameter) => h("li", {}, h("code", {}, `${parameter.name} = ${JSON.stringify(parameter.value)}`)))) : null,
    table.rows.length > 0 ? rowsOf(table) : null,
  ];
  return parts.filter((part): part is HTMLElement => part !== null);
}

function rowsOf(table: Explanation["table"]): HTMLElement {
  return h(
    "details", {},
    h("summary", {}, `${t(say.rows)} (${table.rows.length})`),
    h(
      "div", { class: "rows", tabindex: 0 },
      h(
        "table", {},
        h("thead", {}, h("tr", {}, h("th", {}), ...table.columns.map((column) => h("th", { scope: "col", class: "number" }, column)))),
        h("tbody", {}, ...table.rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row.name), ...row.values.map((value) => h("td", { class: "number" }, plain(value)))))),
      ),
    ),
  );
}

/** A number as it is, to seven digits; a dash where there is none. */
function plain(value: number | null | undefined): string {
  if (typeof value !== "number") return "–";
  return new Intl.NumberFormat(lang() === "KO" ? "ko-KR" : "en-GB", { maximumSignificantDigits: 7 }).format(value).replace("-", "−");
}
