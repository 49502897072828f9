// The frame around what is shown: title, tabs, links, the choice of the figure, the buttons of the map.
import { h, part } from "./dom";
import type { Measure, Question } from "./question";
import { lang, say, t, type Text } from "./words";

const asks: Record<Question["id"], Text> = { economy: say.economyAsks, childcare: say.childcareAsks, wifi: say.wifiAsks };

interface Frame {
  questions: Question[];
  question: Question;
  measure: Measure;
  onQuestion(event: Event, question: Question): void;
  onMeasure(measure: Measure): void;
  onLanguage(): void;
  onZoom(by: number | null): void;
}

/** Writes it in the language of the page. */
export function drawFrame({ questions, question, measure, onQuestion, onMeasure, onLanguage, onZoom }: Frame) {
  const language = lang().toLowerCase();
  document.documentElement.lang = language;
  document.title = `${t(say.title)} · ${t(say[question.id])}`;
  part("brand").textContent = t(say.title);
  part("asks").textContent = t(asks[question.id]);
  part("skip").textContent = t(say.toTable);
  part("map-box").setAttribute("aria-label", `${t(say.map)}. ${t(say.mapKeys)}`);
  part("questions").setAttribute("aria-label", t(say.questions));
  part("questions").replaceChildren(
    ...questions.map((known) =>
      h("a", { href: `?lang=${language}#${known.id}`, class: `tab ${known.id}`, "aria-current": known === question ? "page" : null, click: (event) => onQuestion(event, known) }, t(say[known.id])),
    ),
  );
  part("links").replaceChildren(
    h("a", { href: "#ideas", click: toForms }, t(say.takePart)),
    h("a", { href: `/docs/${question.id}?lang=${language}` }, t(say.docs)),
    h("a", { href: "/graphiql", class: "for-desks" }, t(say.query)),
    h("button", { type: "button", id: "language", lang: lang() === "KO" ? "en" : "ko", click: onLanguage }, lang() === "KO" ? "English" : "한국어"),
  );
  const choice = (known: Measure) =>
    h("label", {}, h("input", { type: "radio", name: "measure", value: known.id, checked: known === measure, change: () => onMeasure(known) }), h("span", {}, t(known.label)));
  part("measures").replaceChildren(h("legend", {}, t(say.shown)), ...question.measures.map(choice));
  const tools: [string, Text, number | null][] = [["+", say.zoomIn, 0.7], ["−", say.zoomOut, -0.7], ["⌂", say.home, null]];
  part("map-tools").replaceChildren(...tools.map(([sign, name, by]) => h("button", { type: "button", "aria-label": t(name), title: t(name), click: () => onZoom(by) }, sign)));
}

/** To the first form of the page. The address names what is shown, so the link moves the focus without changing it. */
function toForms(event: Event) {
  event.preventDefault();
  const forms = document.querySelector<HTMLElement>(".filings");
  forms?.scrollIntoView();
  forms?.focus({ preventScroll: true });
}
