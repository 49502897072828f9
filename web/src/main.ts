// The page: reads its address, asks the API, and shows one measure of one question at a time.
import { Refused, ask, synthetic } from "./ask";
import { childcare } from "./childcare";
import { h, part } from "./dom";
import { economy } from "./economy";
import { axisNumber, number, spoken, unitName, valueText } from "./figure";
import { PlacesDocument } from "./generated";
import { type DistrictMap, type Look, type Place, openMap } from "./map";
import { explain, others, provenance } from "./panel";
import type { Loaded, Measure, Question, Row } from "./question";
import { type Plan, type Wish, askPlan, planForm, published } from "./plan";
import { type Scale, isDark, scaleFor } from "./scale";
import { type Asked, figureTable } from "./table";
import { wifi } from "./wifi";
import { why } from "./why";
import { lang, say, setLang, statuses, t, type Text } from "./words";

const questions: Question[] = [economy, childcare, wifi];
const asks: Record<Question["id"], Text> = { economy: say.economyAsks, childcare: say.childcareAsks, wifi: say.wifiAsks };
const SITES_AT_FIRST = 20;

let question: Question = economy;
let measure: Measure = economy.measures[0] as Measure;
let chosen = "district";
let pointed: string | null = null;
let siteCount = SITES_AT_FIRST;
/** What is asked in "what if", while that is open, and its plan. */
let wish: Wish | null = null;
let plan: Plan | null = null;
let withPoints = false;
let loaded: Loaded = { rows: [], run: null };
let places: Place[] = [];
let map: DistrictMap | null = null;
let scale: Scale | null = null;

/** `#economy/relative/11590510` and `?lang=en`: an address can be sent to somebody. */
function readAddress() {
  const [questionId, measureId, key] = decodeURIComponent(location.hash.slice(1)).split("/");
  question = questions.find((known) => known.id === questionId) ?? economy;
  measure = question.measures.find((known) => known.id === measureId) ?? (question.measures[0] as Measure);
  chosen = key || "district";
  const wanted = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  setLang(wanted.toLowerCase().startsWith("en") ? "EN" : "KO");
}

function writeAddress() {
  const hash = `#${question.id}/${measure.id}/${chosen}`;
  history.replaceState(null, "", `${location.pathname}?lang=${lang().toLowerCase()}${hash}`);
}

async function start() {
  readAddress();
  const language = lang();
  frameTexts();
  part("state").textContent = t(say.loading);
  try {
    places = [...((await ask(PlacesDocument, { lang: language }, language)).neighbourhoods ?? [])];
    await show();
    part("state").replaceChildren();
  } catch (error) {
    const said = error instanceof Refused ? ` ${error.message}` : "";
    part("state").replaceChildren(`${t(say.failed)}${said} `, h("button", { type: "button", click: () => void start() }, t(say.retry)));
  }
}

/** Draws the map anew only when the language of its labels changes. */
function drawMap() {
  const box = part("map");
  if (map && box.dataset.lang === lang()) return;
  box.dataset.lang = lang();
  box.replaceChildren();
  map = openMap(box, places, { onPoint: point, onChoose: choose });
  if (!map) box.append(h("p", { class: "no-map" }, t(say.noMap)));
}

async function show() {
  const asked = question;
  const names = new Map(places.map((place) => [place.code, place.name]));
  const answer = await asked.load(lang(), names);
  // A slow answer to a question that was left must not cover the newer one.
  if (asked !== question) return;
  loaded = answer;
  plan = null;
  if (!loaded.rows.some((row) => row.key === chosen)) chosen = "district";
  drawMap();
  render();
}

function render() {
  const values = loaded.rows.filter((row) => row.kind === "place").map((row) => row.figures[measure.id]?.value).filter((value): value is number => typeof value === "number");
  scale = values.length > 0 ? scaleFor(values, measure.kind, measure.dark, question.id) : null;
  frameTexts();
  paint();
  renderLegend();
  renderAttribution();
  renderTables();
  renderPanel(true);
  void renderMore();
  writeAddress();
}

async function renderMore() {
  const asked = question;
  const section = (await asked.more?.(lang()).catch(() => null)) ?? null;
  if (asked === question) part("besides").replaceChildren(...(section ? [section] : []));
}

function shownSites(): Row[] {
  if (wish && question === wifi) return plan?.sites ?? [];
  return loaded.rows.filter((row) => row.kind === "site").slice(0, siteCount);
}

function paint() {
  const looks = new Map<string, Look>();
  for (const row of loaded.rows) {
    const figure = row.figures[measure.id];
    if (row.kind !== "place" || !figure) continue;
    const value = figure.value;
    const colour = typeof value === "number" ? (scale?.colour(value) ?? null) : null;
    looks.set(row.key, {
      colour,
      isDark: colour !== null && isDark(colour),
      text: typeof value === "number" ? number(value, figure.unit) : t(statuses[figure.status].label),
      marked: Boolean(measure.tested && row.differs),
      spoken: spoken(row.name, figure),
    });
  }
  const sites = shownSites();
  const most = Math.max(...sites.map((site) => site.figures.gain?.value ?? 0), 1);
  const spots = sites.flatMap((site) => (site.at ? [{ key: site.key, at: site.at, label: site.key.slice(5), weight: (site.figures.gain?.value ?? 0) / most }] : []));
  void map?.paint(looks, spots, "#b3361b", wish?.radiusM ?? published(loaded.parameters, 0).radiusM);
  void map?.showAccessPoints(withPoints && question === wifi);
  void map?.choose(chosen);
}

function frameTexts() {
  document.documentElement.lang = lang().toLowerCase();
  document.title = `${t(say.title)} · ${t(say[question.id])}`;
  part("brand").textContent = t(say.title);
  part("asks").textContent = t(asks[question.id]);
  part("skip").textContent = t(say.toTable);
  part("map-box").setAttribute("aria-label", `${t(say.map)}. ${t(say.mapKeys)}`);
  part("questions").replaceChildren(
    ...questions.map((known) =>
      h("a", { href: `#${known.id}`, class: `tab ${known.id}`, "aria-current": known === question ? "page" : null }, t(say[known.id])),
    ),
  );
  part("links").replaceChildren(
    h("a", { href: `/docs/${question.id}?lang=${lang().toLowerCase()}` }, t(say.docs)),
    h("a", { href: "/graphiql" }, t(say.query)),
    h("button", { type: "button", id: "language", lang: lang() === "KO" ? "en" : "ko", click: switchLanguage }, lang() === "KO" ? "English" : "한국어"),
  );
  part("measures").replaceChildren(
    h("legend", {}, t(say.shown)),
    ...question.measures.map((known) =>
      h(
        "label", {},
        h("input", { type: "radio", name: "measure", value: known.id, checked: known === measure, change: () => { measure = known; render(); } }),
        h("span", {}, t(known.label)),
      ),
    ),
  );
  part("made").replaceChildren(...(synthetic ? [h("b", {}, t(say.synthetic)), " ", t(say.syntheticMeans)] : []));
  part("made").hidden = !synthetic;
  const tools: [string, Text, () => void][] = [["+", say.zoomIn, () => map?.zoom(0.7)], ["−", say.zoomOut, () => map?.zoom(-0.7)], ["⌂", say.home, () => map?.home()]];
  part("map-tools").replaceChildren(...tools.map(([sign, name, click]) => h("button", { type: "button", "aria-label": t(name), title: t(name), click }, sign)));
}

/** Whose boundaries and names the map shows: their licence asks for it wherever they are seen. */
function renderAttribution() {
  const real = (loaded.run?.inputs ?? []).filter((input) => input.dataset === "dongs" && !input.synthetic);
  part("attribution").textContent = [...new Set(real.map((input) => input.attribution))].join(" · ");
}

function renderLegend() {
  const box = part("legend");
  const rows = loaded.rows.filter((row) => row.kind === "place");
  const unit = rows.map((row) => row.figures[measure.id]?.unit).find(Boolean);
  if (!scale || !unit) {
    const none = loaded.rows.length === 0 ? t(say.empty) : h("p", { class: "extra" }, h("span", { class: "swatch hatched" }), t(say.missing));
    return box.replaceChildren(none);
  }
  const shown = scale;
  const classes = shown.colours.map((colour, n) => {
    const swatch = h("span", { class: "swatch" });
    swatch.style.backgroundColor = colour;
    const limit = shown.limits[n - 1];
    return h("li", {}, swatch, limit === undefined ? null : h("span", {}, axisNumber(limit, unit)));
  });
  const missing = rows.some((row) => row.figures[measure.id] && typeof row.figures[measure.id]?.value !== "number");
  box.replaceChildren(
    h("p", { class: "legend-title" }, [t(measure.label), unitName(unit)].filter(Boolean).join(", ")),
    h("ol", { class: "classes" }, ...classes),
    ...(missing ? [h("p", { class: "extra" }, h("span", { class: "swatch hatched" }), t(say.missing))] : []),
    ...(measure.tested ? [h("p", { class: "extra" }, h("span", { class: "swatch dashed" }), t(say.differs))] : []),
    ...(question === wifi ? [pointsChoice(), ...(wish ? [] : [siteSlider()]), whatIf()] : []),
  );
}

/** How many of the ranked sites the map shows; every prefix of the ranking is a good plan of that size. */
function siteSlider(): HTMLElement {
  const most = loaded.rows.filter((row) => row.kind === "site").length;
  const share = () => shownSites().at(-1)?.figures.share;
  const said = () => {
    const covered = share();
    return `${t(say.withSites).replace("{n}", String(siteCount))}: ${covered ? valueText(covered) : ""} ${t(say.covers)}`;
  };
  const text = h("output", { for: "site-count" }, said());
  const slider = h("input", {
    type: "range", id: "site-count", min: 1, max: most, value: siteCount,
    input: (event) => { siteCount = Number((event.target as HTMLInputElement).value); text.textContent = said(); paint(); },
    change: () => { renderTables(); void renderCharts(rowOf(chosen)); },
  });
  return h("p", { class: "extra slider" }, h("label", { for: "site-count" }, t(say.sites)), slider, text);
}

/** Whether the map also shows what works already. */
function pointsChoice(): HTMLElement {
  const box = h("input", { type: "checkbox", id: "points", checked: withPoints, change: () => { withPoints = box.checked; void map?.showAccessPoints(withPoints); } });
  return h("p", { class: "extra" }, h("label", { class: "tick-box" }, box, h("span", { class: "swatch round" }), t(say.points)));
}

/** The plan under other terms. While it is open, the map and the table show it instead of the published ranking. */
function whatIf(): HTMLElement {
  const most = loaded.rows.filter((row) => row.kind === "site").length;
  const said = h("output", { id: "plan-said" }, plan?.said ?? "");
  const box = h("details", { id: "what-if", open: wish !== null, class: "extra what-if" }, h("summary", {}, t(say.whatIf)));
  if (wish) {
    box.append(
      h("p", {}, t(say.whatIfHint)),
      planForm(wish, most, (wanted) => { wish = wanted; void renderPlan(said); }),
      said,
      h("p", {}, h("button", { type: "button", id: "as-published", click: () => { wish = published(loaded.parameters, siteCount); plan = null; renderLegend(); void renderPlan(part("plan-said")); part("as-published").focus(); } }, t(say.asPublished))),
    );
    if (!plan) void renderPlan(said);
  }
  box.addEventListener("toggle", () => {
    if (box.open === (wish !== null)) return;
    wish = box.open ? published(loaded.parameters, siteCount) : null;
    plan = null;
    if (chosen.startsWith("site:")) choose("district");
    paint();
    renderLegend();
    renderTables();
    void renderCharts(rowOf(chosen));
    part("what-if").querySelector("summary")?.focus();
  });
  return box;
}

let planning = 0;
/** Asks for the plan once the sliders rest, and shows it. */
async function renderPlan(said: HTMLElement) {
  const turn = ++planning;
  await new Promise((resume) => setTimeout(resume, 150));
  const asked = wish;
  if (turn !== planning || !asked) return;
  const answer = await askPlan(asked);
  if (turn !== planning || !wish) return;
  plan = answer;
  said.replaceChildren(plan.said);
  if (!rowOf(chosen)) chosen = "district";
  paint();
  renderTables();
  renderPanel(true);
}

function renderTables() {
  const common = { measure, chosen, label: t(measure.label), onChoose: choose, onPoint: point, colour: (figure: { value?: number | null }) => (typeof figure.value === "number" && scale ? scale.colour(figure.value) : "#5b6470") };
  const of = (kind: Row["kind"]) => loaded.rows.filter((row) => row.kind === kind);
  const tables: (HTMLElement | null)[] = [];
  const add = (asked: Omit<Asked, keyof typeof common> & Partial<Asked>) => tables.push(figureTable({ ...common, ...asked }));
  if (question === wifi) {
    const gain: Measure = { ...(wifi.measures[0] as Measure), kinds: ["site"] };
    add({ title: wish ? say.planned : say.allSites, first: say.site, rows: shownSites(), measure: gain, label: t(say.gain), colour: () => "#b3361b" });
  }
  add({ title: say.allPlaces, first: say.place, rows: [...(measure.kinds.includes("district") ? of("district") : []), ...of("place")] });
  if (measure.kinds.includes("industry")) add({ title: say.allIndustries, first: say.industry, rows: of("industry"), colour: () => "#5b6470" });
  part("tables").replaceChildren(...tables.filter((table): table is HTMLElement => table !== null));
}

const rowOf = (key: string) => [...loaded.rows.filter((row) => row.kind !== "site"), ...shownSites()].find((row) => row.key === key);

function renderPanel(settled: boolean) {
  const row = rowOf(pointed ?? chosen) ?? rowOf("district");
  if (!row) return part("figure").replaceChildren(h("p", {}, t(say.empty)));
  const figure = row.figures[measure.id] ?? (row.kind === "district" ? Object.values(row.figures)[0] : null) ?? (row.kind === "site" ? row.figures.gain : null);
  part("figure").replaceChildren(...explain(row, measure, figure, t(row.kind === "site" ? say.gain : measure.label)));
  if (!settled) return;
  const rest = [figure?.id ? why(figure.id, lang()) : null, others(row, question.measures, measure.id), provenance(loaded.run, measure.field, question.layer)];
  part("more").replaceChildren(...rest.filter((node): node is HTMLElement => node !== null));
  part("back").replaceChildren(...(chosen === "district" ? [] : [h("button", { type: "button", click: () => choose("district") }, t(say.toDistrict))]));
  if (figure) part("heard").textContent = spoken(row.name, figure);
  void renderCharts(row);
}

let drawing = 0;
async function renderCharts(row: Row | undefined) {
  const turn = ++drawing;
  // The curve is the published ranking's; beside a plan it would be another list's.
  const all = wish && question === wifi ? { ...loaded, rows: loaded.rows.filter((other) => other.kind !== "site") } : loaded;
  const charts = row ? await question.charts(row, all, lang()).catch(() => []) : [];
  if (turn === drawing) part("charts").replaceChildren(...charts);
}

/** Shows another figure while the pointer or the focus is on it. */
function point(key: string | null) {
  if (key === pointed) return;
  pointed = key !== null && rowOf(key) ? key : null;
  renderPanel(false);
}

/** Keeps a figure shown. */
function choose(key: string) {
  if (!rowOf(key)) return;
  chosen = key;
  pointed = null;
  for (const button of document.querySelectorAll<HTMLElement>(".row-name")) {
    const isChosen = button.dataset.key === key;
    button.setAttribute("aria-pressed", String(isChosen));
    button.closest("tr")?.classList.toggle("chosen", isChosen);
  }
  void map?.choose(key);
  renderPanel(true);
  writeAddress();
}

function switchLanguage() {
  setLang(lang() === "KO" ? "EN" : "KO");
  writeAddress();
  void start().then(() => part("language").focus());
}

part("skip").addEventListener("click", (event) => {
  // The address names what is shown, so the link moves the focus without changing it.
  event.preventDefault();
  part("tables").focus();
});
addEventListener("hashchange", () => void start());
// Tests ask the page what it draws.
Object.assign(window, { drawn: () => map?.drawn() ?? null });
void start();
