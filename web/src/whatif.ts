// "What if": a form of sliders and choices, made from a list of what may be asked; each question brings its own list.
import { h } from "./dom";
import { gap, number, unitName } from "./figure";
import type { Unit } from "./generated";
import type { Row } from "./question";
import { say, t, type Text } from "./words";

/** What is asked of a plan, by name. Lists hold ids of candidates or kinds. */
export type Wish = Record<string, boolean | number | string | readonly string[]>;
/** Every plan can be told which candidates it must and must not have. */
export type Chosen = { fixed: readonly string[]; excluded: readonly string[] };

type Name<W> = keyof W & string;
/** One thing that may be asked. */
export type Control<W> = { label: Text; hidden?(wish: W): boolean; rare?: boolean } & (
  | { kind: "range"; name: Name<W>; range: [number, number, number]; unit?: Unit; text?: (value: number) => string }
  | { kind: "choice"; name: Name<W>; options: [string, Text][] }
  | { kind: "tick"; name: Name<W> }
  | { kind: "ticks"; name: Name<W>; options: [string, string][] }
);

/** The answer: sites, what is said about them, or why there are none. */
export interface Plan {
  sites: Row[];
  facts: [Text, string][];
  /** What takes longer to say. */
  later?: Promise<[Text, string][]>;
  refused?: string;
}

/** What may be asked of a question. */
export interface WhatIf<W extends Wish = Wish> {
  /** The settings of the published run, from which a reader sets out. */
  published(parameters: unknown, count: number): W;
  controls(parameters: unknown, most: number): Control<W>[];
  ask(wish: W, published: Row[], parameters: unknown): Promise<Plan>;
  /** How far a site of the plan reaches on the map, in metres. */
  reach(wish: W, parameters: unknown): number;
}

/** The same without its own type: the page hands a question only wishes that came from that question. */
export const asWhatIf = <W extends Wish>(own: WhatIf<W>) => own as unknown as WhatIf;

/** What the form starts from and whom it tells. */
interface Asked {
  wish: Wish;
  published: Wish;
  controls: Control<Wish>[];
  nameOf(id: string): string;
  onChange(wish: Wish): void;
  /** A candidate was let go: the form has to be made anew. */
  onRelease(wish: Wish): void;
}

/** The form. It keeps its own state, and tells every new wish. */
export function wishForm({ wish: first, published, controls, nameOf, onChange, onRelease }: Asked): HTMLElement {
  let wish = first;
  const hidings: (() => void)[] = [];
  const change = (part: Wish) => {
    wish = { ...wish, ...part };
    for (const hide of hidings) hide();
    onChange(wish);
  };
  const elements = controls.map((control): [Control<Wish>, HTMLElement] => {
    const element = elementOf(control, wish, change);
    hidings.push(() => { element.hidden = control.hidden?.(wish) ?? false; });
    return [control, element];
  });
  for (const hide of hidings) hide();
  const of = (rare: boolean) => elements.filter(([control]) => Boolean(control.rare) === rare).map(([, element]) => element);
  const isRareChanged = controls.some(({ rare, name }) => rare && JSON.stringify(wish[name]) !== JSON.stringify(published[name]));
  return h(
    "div", { class: "plan-form" },
    ...of(false),
    of(true).length > 0 ? h("details", { class: "rare", open: isRareChanged }, h("summary", {}, t(say.moreTerms)), ...of(true)) : null,
    ...(["fixed", "excluded"] as const).map((name) => chips(name, (wish[name] ?? []) as readonly string[], nameOf, (ids) => onRelease({ ...wish, [name]: ids }))),
  );
}

function elementOf(control: Control<Wish>, wish: Wish, change: (part: Wish) => void): HTMLElement {
  const { name, label } = control;
  const id = `plan-${name}`;
  if (control.kind === "range") {
    const { unit, range: [min, max, step] } = control;
    const text = control.text ?? ((n: number) => (unit ? `${number(n, unit)}${gap(unit)}${unitName(unit)}` : String(n)));
    const value = Number(wish[name]);
    const said = h("output", { for: id }, text(value));
    const input = h("input", {
      type: "range", id, min, max, step, value, "aria-valuetext": text(value),
      input: () => {
        const n = Number(input.value);
        said.textContent = text(n);
        input.setAttribute("aria-valuetext", text(n));
        change({ [name]: n });
      },
    });
    return h("p", { class: "slider" }, h("label", { for: id }, t(label)), input, said);
  }
  if (control.kind === "tick") {
    const box = h("input", { type: "checkbox", id, checked: Boolean(wish[name]), change: () => change({ [name]: box.checked }) });
    return h("p", {}, h("label", { class: "tick-box" }, box, t(label)));
  }
  if (control.kind === "choice") {
    const options = control.options.map(([value, text]) =>
      h("label", {}, h("input", { type: "radio", name: id, value, checked: wish[name] === value, change: () => change({ [name]: value }) }), h("span", {}, t(text))));
    return h("div", { class: "measures small", role: "radiogroup", "aria-label": t(label) }, ...options);
  }
  const chosen = new Set(wish[name] as readonly string[]);
  const boxes = control.options.map(([value, text]) => {
    const box = h("input", { type: "checkbox", value, checked: chosen.has(value), change: () => {
      if (box.checked) chosen.add(value); else chosen.delete(value);
      change({ [name]: control.options.map(([known]) => known).filter((known) => chosen.has(known)) });
    } });
    return h("label", { class: "tick-box" }, box, text);
  });
  return h("fieldset", { class: "ticks", id }, h("legend", {}, t(label)), ...boxes);
}

/** The candidates that a reader has fixed or excluded, each with a button that lets it go. */
function chips(name: keyof Chosen, ids: readonly string[], nameOf: (id: string) => string, keep: (ids: readonly string[]) => void): HTMLElement | null {
  if (ids.length === 0) return null;
  const items = ids.map((id) => {
    const release = () => keep(ids.filter((other) => other !== id));
    return h("li", {}, nameOf(id), " ", h("button", { type: "button", "aria-label": `${t(say.release)}: ${nameOf(id)}`, click: release }, "✕"));
  });
  return h("div", { class: "chip-row" }, h("span", {}, t(say[name])), h("ul", { class: `chips ${name}`, "aria-label": t(say[name]) }, ...items));
}

/** How a wish differs from the published settings, for the address. */
export function wishParts(wish: Wish, published: Wish): [string, string][] {
  return Object.entries(wish).flatMap(([name, value]): [string, string][] => {
    if (JSON.stringify(value) === JSON.stringify(published[name])) return [];
    return typeof value === "object" ? value.map((id): [string, string] => [name, id]) : [[name, String(value)]];
  });
}

/** The wish of an address: what makes no sense there is as published. */
export function wishFrom(parts: URLSearchParams, published: Wish, controls: Control<Wish>[]): Wish {
  const wish: Wish = { ...published };
  for (const [name, known] of Object.entries(published)) {
    const said = parts.getAll(name);
    const [one] = said;
    if (one === undefined) continue;
    const control = controls.find((of) => of.name === name);
    if (typeof known === "number") {
      const [least, most] = control?.kind === "range" ? control.range : [-Infinity, Infinity];
      const value = Number(one);
      if (one !== "" && value >= least && value <= most) wish[name] = value;
    } else if (typeof known === "boolean") wish[name] = one === "true";
    else if (typeof known === "object") wish[name] = said;
    else if (control?.kind === "choice" && control.options.some(([option]) => option === one)) wish[name] = one;
  }
  return wish;
}
