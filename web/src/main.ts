// The page: reads its address, asks the API, and shows one measure of one question at a time.
import { readAddress, writeAddress } from "./address";
import { Refused, ask, staleSeconds, synthetic } from "./ask";
import { childcare } from "./childcare";
import { h, part } from "./dom";
import { economy } from "./economy";
import { drawFrame } from "./frame";
import { besides, intervalText, number, spoken, valueText } from "./figure";
import { PlacesDocument } from "./generated";
import type { Place } from "./geometry";
import { ideaSection } from "./ideas";
import { SITE, colours, layerChoices, siteSlider } from "./legend";
import { type DistrictMap, type Look, openMap } from "./map";
import { type Cells, type Seen, learnTitles, loadCells, rowOfSeen } from "./overlays";
import { explain, others, pairs, provenance } from "./panel";
import type { Loaded, Measure, Question, Row } from "./question";
import { type Scale, isDark, scaleFor } from "./scale";
import { type Asked, figureTable } from "./table";
import { type Chosen, type Plan, type Wish, wishForm, wishFrom, wishParts } from "./whatif";
import { wifi } from "./wifi";
import { why } from "./why";
import { lang, say, setLang, statuses, t, type Text } from "./words";

const questions: Question[] = [economy, childcare, wifi];
const SITES_AT_FIRST = 20;
const LAYERS_AT_FIRST = ["sites"];

let question: Question = economy;
let measure: Measure = economy.measures[0] as Measure;
let chosen = "district";
let pointed: string | null = null;
let siteCount = SITES_AT_FIRST;
let layers = new Set(LAYERS_AT_FIRST);
/** What is asked in "what if", while that is open, and its plan. */
let wish: Wish | null = null;
let plan: Plan | null = null;
/** A point or cell of a layer, while it is pointed at or chosen. */
let seen: Row | null = null;
let cells: Cells | null = null;
let loaded: Loaded = { rows: [], run: null };
let places: Place[] = [];
let map: DistrictMap | null = null;
let scale: Scale | null = null;
/** Names of candidates by the ids that plans know them by. */
const candidates = new Map<string, string>();

const none = (): Loaded => ({ rows: [], run: null });
const publishedSites = () => loaded.rows.filter((row) => row.kind === "site");
const publishedWish = () => question.whatIf?.published(loaded.parameters, Math.min(siteCount, publishedSites().length || siteCount)) ?? {};
const controls = () => question.whatIf?.controls(loaded.parameters, Math.max(publishedSites().length, 1)) ?? [];

function keepAddress() {
  const isUsual = layers.size === LAYERS_AT_FIRST.length && LAYERS_AT_FIRST.every((layer) => layers.has(layer));
  const first = siteCount === SITES_AT_FIRST ? null : siteCount;
  // A point of a layer is looked at, but no address leads back to it.
  const place = seen?.key === chosen ? "district" : chosen;
  const address = { lang: lang(), question: question.id, measure: measure.id, chosen: place, layers: isUsual ? null : [...layers], first };
  writeAddress(address, wish && wishParts(wish, publishedWish()));
}

async function start() {
  const address = readAddress();
  question = questions.find(({ id }) => id === address.question) ?? economy;
  measure = question.measures.find(({ id }) => id === address.measure) ?? (question.measures[0] as Measure);
  chosen = address.chosen || "district";
  siteCount = address.first ?? SITES_AT_FIRST;
  const known = new Set(["sites", ...(question.overlays ?? []).map(({ id }) => id)]);
  layers = new Set((address.layers ?? LAYERS_AT_FIRST).filter((layer) => known.has(layer)));
  setLang(address.lang);
  const [asked, language] = [question, lang()];
  frameTexts();
  part("state").textContent = t(say.loading);
  part("view").setAttribute("aria-busy", "true");
  try {
    places = [...((await ask(PlacesDocument, { lang: language }, language)).neighbourhoods ?? [])];
    const answer = await asked.load(language, placeNames());
    // A slow answer to a question that was left must not cover the newer one.
    if (asked !== question || language !== lang()) return;
    loaded = answer;
    [wish, plan, seen, cells] = [null, null, null, null];
    map?.mark("ring", null);
    if (address.terms && question.whatIf && loaded.run) wish = wishFrom(address.terms, publishedWish(), controls());
    if (!rowOf(chosen) && !(wish && chosen.startsWith("site:"))) chosen = "district";
    part("state").replaceChildren();
    part("view").hidden = false;
    drawMap();
    render();
  } catch (error) {
    if (asked !== question) return;
    const said = error instanceof Refused ? ` ${error.message}` : "";
    // Nothing of another question may stand below this one's name.
    loaded = none();
    part("view").hidden = true;
    for (const id of ["tables", "besides", "charts"]) part(id).replaceChildren();
    delete part("besides").dataset.of;
    part("state").replaceChildren(`${t(say.failed)}${said} `, h("button", { type: "button", click: () => void start() }, t(say.retry)));
  } finally {
    part("view").removeAttribute("aria-busy");
    renderNotice();
  }
}

const placeNames = () => new Map(places.map(({ code, name }) => [code, name]));

/** Draws the map anew only when the language of its labels changes. */
function drawMap() {
  const box = part("map");
  if (map && box.dataset.lang === lang()) return;
  box.dataset.lang = lang();
  map?.remove();
  box.replaceChildren();
  map = openMap(box, places, { onPoint: point, onChoose: choose });
  if (!map) box.append(h("p", { class: "no-map" }, t(say.noMap)));
}

function render() {
  const values = loaded.rows.filter((row) => row.kind === "place").map((row) => row.figures[measure.id]?.value).filter((value): value is number => typeof value === "number");
  scale = values.length > 0 ? scaleFor(values, measure.kind, measure.dark, question.id) : null;
  for (const row of loaded.rows) if (row.id) candidates.set(row.id, nameWithoutRank(row));
  frameTexts();
  paint();
  renderLegend();
  renderAttribution();
  renderTables();
  renderPanel(true);
  void renderLayers();
  void renderMore().then(renderIdeas);
}

const nameWithoutRank = ({ name }: Row) => name.replace(/^\d+\. /, "");

/** What a question says besides is made once: a form that is half filled in must not go when another figure is shown. */
async function renderMore() {
  const [asked, of] = [question, `${question.id}/${lang()}`];
  const box = part("besides");
  if (box.dataset.of === of) return;
  box.dataset.of = of;
  box.replaceChildren();
  const section = (await asked.more?.(lang(), { pick: (onPlace) => map?.pick(onPlace), pin: (at) => map?.mark("pin", at) }).catch(() => null)) ?? null;
  if (box.dataset.of === of && section) box.replaceChildren(section);
}

/** Ideas belong to no question: their form stays half filled in when another one is looked at. */
async function renderIdeas() {
  const box = part("ideas");
  if (box.dataset.of === lang()) return;
  const of = (box.dataset.of = lang());
  const section = await ideaSection(lang()).catch(() => null);
  if (box.dataset.of !== of) return;
  if (section) box.replaceChildren(section);
  else delete box.dataset.of;
}

function shownSites(): Row[] {
  if (wish) return plan?.sites ?? [];
  return publishedSites().slice(0, siteCount);
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
      more: besides(figure),
    });
  }
  const sites = wish || layers.has("sites") ? shownSites() : [];
  const most = Math.max(...sites.map((site) => site.figures.gain?.value ?? 0), 1);
  const spots = sites.flatMap((site) => (site.at ? [{ key: site.key, at: site.at, label: site.key.slice(5), weight: (site.figures.gain?.value ?? 0) / most }] : []));
  const reach = question.whatIf?.reach(wish ?? publishedWish(), loaded.parameters) ?? 0;
  void map?.paint(looks, spots, SITE, reach);
  void map?.choose(chosen);
}

/** Lays the chosen layers over the map. */
async function renderLayers() {
  const [asked, overlays] = [question, question.overlays ?? []];
  const shown = overlays.filter(({ id }) => layers.has(id));
  const ofCells = shown.find((overlay) => overlay.cells);
  await Promise.all(shown.map((overlay) => learnTitles(overlay).catch(() => undefined)));
  const found = ofCells && cells?.layer !== ofCells.id ? await loadCells(ofCells).catch(() => null) : cells;
  if (asked !== question) return;
  cells = ofCells && layers.has(ofCells.id) ? found : null;
  renderLegendColours();
  await map?.showOverlays(overlays, ({ id }) => layers.has(id));
  await map?.showCells(cells);
}

function frameTexts() {
  drawFrame({
    questions, question, measure, onQuestion: leaveFor, onLanguage: switchLanguage,
    onMeasure: (wanted) => { measure = wanted; render(); part("measures").querySelector<HTMLElement>(":checked")?.focus(); },
    onZoom: (by) => (by === null ? map?.home() : map?.zoom(by)),
  });
  // The line keeps its place before anything is known, so that nothing jumps.
  part("made").replaceChildren(...(synthetic ? [h("b", {}, t(say.synthetic)), " ", t(say.syntheticMeans)] : loaded.run ? [t(say.observedMeans)] : []));
  part("made").classList.toggle("synthetic", synthetic);
}

/** Another question, without loading the page anew. Its terms are its own, so the address keeps the language only. */
function leaveFor(event: Event, known: Question) {
  const { ctrlKey, metaKey, shiftKey } = event as MouseEvent;
  if (ctrlKey || metaKey || shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", `?lang=${lang().toLowerCase()}#${known.id}`);
  void start().then(() => document.querySelector<HTMLElement>(`.tab.${known.id}`)?.focus());
}

/** What is wrong with what is shown: no network, or answers that are older than they should be. */
function renderNotice() {
  const age = staleSeconds === null ? null : t(say.stale).replace("{age}", t(say.seconds).replace("{n}", String(staleSeconds)));
  part("notice").textContent = navigator.onLine ? (age ?? "") : t(say.offline);
}

/** Whose boundaries and names the map shows: their licence asks for it wherever they are seen. */
function renderAttribution() {
  const real = (loaded.run?.inputs ?? []).filter((input) => input.dataset === "dongs" && !input.synthetic);
  part("attribution").textContent = [...new Set(real.map((input) => input.attribution))].join(" · ");
}

function renderLegend() {
  const isRanked = publishedSites().some((site) => site.figures.share);
  const parts = [
    h("div", { id: "colours" }),
    layerChoices(question, layers, chooseLayer),
    !wish && isRanked ? siteSlider(publishedSites(), Math.min(siteCount, publishedSites().length), (n) => { siteCount = n; paint(); }, () => { keepAddress(); renderTables(); void renderCharts(rowOf(chosen)); }) : null,
    question.whatIf && loaded.run ? whatIfBox() : null,
  ];
  part("legend").replaceChildren(...parts.filter((piece): piece is HTMLElement => piece !== null));
  renderLegendColours();
}

function renderLegendColours() {
  const ofCells = question.overlays?.find((overlay) => overlay.cells && overlay.id === cells?.layer)?.cells;
  const rows = loaded.rows.filter((row) => row.kind === "place");
  part("colours").replaceChildren(...colours(measure, rows, scale, cells && ofCells ? { cells, label: t(ofCells.label) } : null));
}

function chooseLayer(layer: string, isShown: boolean) {
  if (isShown) layers.add(layer);
  else layers.delete(layer);
  if (seen && !isShown) choose("district");
  keepAddress();
  if (layer === "sites") paint();
  else void renderLayers();
}

/** The plan under other terms. While it is open, the map and the table show it instead of the published sites. */
function whatIfBox(): HTMLElement {
  const said = h("div", { id: "plan-said", "aria-live": "polite" });
  const box = h("details", { id: "what-if", open: wish !== null, class: "extra what-if" }, h("summary", {}, t(say.whatIf)));
  if (wish) {
    const form = wishForm({
      wish, published: publishedWish(), controls: controls(),
      nameOf: (id) => candidates.get(id) ?? id,
      onChange: (wanted) => { wish = wanted; void renderPlan(); },
      onRelease: (wanted) => { wish = wanted; renderLegend(); part("what-if").querySelector("summary")?.focus(); },
    });
    const back = h("button", { type: "button", id: "as-published", class: "quiet", click: () => { wish = publishedWish(); renderLegend(); part("as-published").focus(); } }, t(say.asPublished));
    box.append(h("p", {}, t(say.whatIfHint)), h("div", { class: "what-if-body" }, form, h("div", {}, said, back)));
    void Promise.resolve().then(renderPlan);
  }
  box.addEventListener("toggle", () => {
    if (box.open !== (wish !== null)) openWhatIf(box.open ? publishedWish() : null);
  });
  return box;
}

function openWhatIf(wanted: Wish | null) {
  [wish, plan] = [wanted, null];
  if (chosen.startsWith("site:")) chosen = "district";
  paint();
  renderLegend();
  renderTables();
  renderPanel(true);
  part("what-if").querySelector("summary")?.focus();
}

let planning = 0;
/** Asks for the plan once the sliders rest, and shows it. A wish that cannot be met is said in the server's words. */
async function renderPlan() {
  const turn = ++planning;
  const [asked, whatIf] = [wish, question.whatIf];
  await new Promise((resume) => setTimeout(resume, 150));
  if (turn !== planning || !wish || !asked || !whatIf) return;
  part("plan-said").setAttribute("aria-busy", "true");
  const answer = await whatIf.ask(asked, publishedSites(), loaded.parameters).catch((error): Plan => ({ sites: [], facts: [], refused: error instanceof Refused ? error.message : t(say.failed) }));
  if (turn !== planning || !wish) return;
  plan = answer;
  for (const site of plan.sites) if (site.id) candidates.set(site.id, nameWithoutRank(site));
  const tell = (facts: Plan["facts"]) => part("plan-said").replaceChildren(plan?.refused ? h("p", { class: "reason" }, plan.refused) : pairs(facts.map(([name, text]) => [t(name), text])));
  tell(plan.facts);
  if (!rowOf(chosen)) chosen = "district";
  paint();
  renderTables();
  renderPanel(true);
  const later = await answer.later?.catch(() => []);
  if (turn !== planning || !wish) return;
  if (later) tell([...answer.facts, ...later]);
  part("plan-said").removeAttribute("aria-busy");
}

function renderTables() {
  const common = { measure, chosen, run: loaded.run, label: t(measure.label), onChoose: choose, onPoint: point, colour: (figure: { value?: number | null }) => (typeof figure.value === "number" && scale ? scale.colour(figure.value) : "#5b6470") };
  const of = (kind: Row["kind"]) => loaded.rows.filter((row) => row.kind === kind);
  const tables: (HTMLElement | null)[] = [];
  const add = (asked: Omit<Asked, keyof typeof common> & Partial<Asked>) => tables.push(figureTable({ ...common, ...asked }));
  if (question.sites) {
    const gain: Measure = { id: "gain", label: question.sites.gain, kind: "sequential", dark: "high", field: question.sites.field, kinds: ["site"] };
    add({ title: wish ? say.planned : question.sites.title, first: question.sites.first, rows: shownSites(), measure: gain, label: t(gain.label), colour: () => SITE });
  }
  add({ title: say.allPlaces, first: say.place, rows: [...(measure.kinds.includes("district") ? of("district") : []), ...of("place")] });
  if (measure.kinds.includes("industry")) add({ title: say.allIndustries, first: say.industry, rows: of("industry"), colour: () => "#5b6470" });
  part("tables").replaceChildren(...tables.filter((table): table is HTMLElement => table !== null));
}

const rowOf = (key: string) => [...loaded.rows.filter((row) => row.kind !== "site"), ...shownSites(), ...(seen ? [seen] : [])].find((row) => row.key === key);

function renderPanel(settled: boolean) {
  const row = rowOf(pointed ?? chosen) ?? rowOf("district");
  if (!row) return part("figure").replaceChildren(h("p", {}, t(say.empty)));
  const ofDistrict = row.kind === "district" ? Object.values(row.figures).find(Boolean) : null;
  const figure = row.kind === "site" ? row.figures.gain : (row.figures[measure.id] ?? ofDistrict);
  const label = row.label ?? t(row.kind === "site" ? (question.sites?.gain ?? measure.label) : measure.label);
  part("figure").replaceChildren(...explain(row, measure, figure, label));
  part("reading").replaceChildren(h("b", {}, row.name), " ", ...(figure ? [valueText(figure), figure.interval ? ` (${intervalText(figure)})` : ""] : []));
  if (!settled) return;
  const field = row.kind === "point" ? null : row.kind === "site" ? (question.sites?.field ?? null) : measure.field;
  const rest = [figure?.id ? why(figure.id, lang()) : null, others(row, question.measures, measure.id), provenance(loaded.run, field, question.layer)];
  part("more").replaceChildren(...rest.filter((node): node is HTMLElement => node !== null));
  renderActions(row);
  part("heard").textContent = figure ? spoken(row.name, figure) : [row.name, ...(row.facts ?? []).map((fact) => fact.join(" "))].join(". ");
  keepAddress();
  void renderCharts(row);
}

/** What can be done with a row: look at the whole again, or tell the plan that it must or must not have it. */
function renderActions(row: Row) {
  const button = (text: Text, click: () => void, pressed?: boolean) => h("button", { type: "button", class: "quiet", "aria-pressed": pressed === undefined ? null : String(pressed), click }, t(text));
  const { id } = row;
  const inPlan = id !== undefined && question.whatIf ? (["fixed", "excluded"] as const).map((list) => {
    const has = ((wish?.[list] ?? []) as readonly string[]).includes(id);
    return button(list === "fixed" ? say.fix : say.exclude, () => demand(row, id, list, !has), has);
  }) : [];
  part("back").replaceChildren(...(chosen === "district" ? [] : [button(say.toDistrict, () => choose("district"))]), ...inPlan);
}

/** Fixes or excludes a candidate, or lets it go; nothing can be both. */
function demand(row: Row, id: string, list: keyof Chosen, wanted: boolean) {
  candidates.set(id, nameWithoutRank(row));
  const asked = wish ?? publishedWish();
  const without = (name: keyof Chosen) => ((asked[name] ?? []) as readonly string[]).filter((other) => other !== id);
  const lists = { fixed: without("fixed"), excluded: without("excluded") };
  if (wanted) lists[list].push(id);
  wish = { ...asked, ...lists };
  renderLegend();
  renderActions(row);
}

let drawing = 0;
async function renderCharts(row: Row | undefined) {
  const turn = ++drawing;
  // The curve is the published ranking's; beside a plan it would be another list's.
  const all = wish ? { ...loaded, rows: loaded.rows.filter((other) => other.kind !== "site") } : loaded;
  const charts = row && row.kind !== "point" ? await question.charts(row, all, lang()).catch(() => []) : [];
  if (turn !== drawing) return;
  part("charts").classList.remove("waiting");
  part("charts").replaceChildren(...charts);
}

/** The key of what is pointed at or chosen. A point of a layer becomes a row for as long as it is looked at. */
function keyOf(what: string | Seen): string {
  if (typeof what === "string") return what;
  const overlay = question.overlays?.find(({ id }) => id === what.layer);
  if (!overlay) return "district";
  seen = rowOfSeen(what, overlay, placeNames());
  return seen.key;
}

/** Shows another figure while the pointer or the focus is on it. */
function point(what: string | Seen | null) {
  // A chosen point of a layer stays what is looked at until something else is chosen.
  if (typeof what === "object" && what !== null && seen && seen.key === chosen) return;
  const key = what === null ? null : keyOf(what);
  if (key === pointed) return;
  pointed = key !== null && rowOf(key) ? key : null;
  renderPanel(false);
}

/** Keeps a figure shown. */
function choose(what: string | Seen) {
  const key = keyOf(what);
  if (!rowOf(key)) return;
  chosen = key;
  pointed = null;
  for (const button of document.querySelectorAll<HTMLElement>(".row-name")) {
    const isChosen = button.dataset.key === key;
    button.setAttribute("aria-pressed", String(isChosen));
    button.closest("tr")?.classList.toggle("chosen", isChosen);
  }
  void map?.choose(key);
  map?.mark("ring", (seen?.key === key && seen.at) || null);
  renderPanel(true);
}

function switchLanguage() {
  setLang(lang() === "KO" ? "EN" : "KO");
  keepAddress();
  void start().then(() => part("language").focus());
}

part("skip").addEventListener("click", (event) => {
  // The address names what is shown, so the link moves the focus without changing it.
  event.preventDefault();
  part("tables").focus();
});
addEventListener("popstate", () => void start());
addEventListener("online", renderNotice);
addEventListener("offline", renderNotice);
// Tests ask the page what it draws.
Object.assign(window, { drawn: () => map?.drawn() ?? null });
void start();
