// A form that files something: labels, limits, and what the server says is wrong beside the field that it is about.
import { Refused } from "./ask";
import { h } from "./dom";
import type { ErrorPartsFragment } from "./generated";
import { say, t, type Text } from "./words";

/** One field. A field without options or lines is a line of text. */
export interface Field {
  /** Its name in the input of the API; what the server says of it, or of what is inside it, stands beside it. */
  name: string;
  label: Text;
  hint?: Text;
  max?: number;
  lines?: number;
  options?: [string, Text][];
  required?: boolean;
  value?: string;
  /** Something beside the field that fills it in. */
  beside?: Node;
}
/** What came of it: nothing wrong, and what is said then. */
export interface Outcome {
  errors: readonly ErrorPartsFragment[];
  done?: Node;
}
interface Asked {
  id: string;
  title: Text;
  hint: Text;
  fields: Field[];
  send: Text;
  submit(values: Record<string, string>, key: string): Promise<Outcome>;
}
type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The form. The same input is sent under the same key, so that sending it twice files it once. */
export function filing({ id, title, hint, fields, send, submit }: Asked): HTMLElement {
  const inputs = new Map<string, Input>();
  const errors = new Map<string, HTMLElement>();
  let key = newKey();
  const rows = fields.map((field) => {
    const name = `${id}-${field.name}`;
    const input = inputOf(field, name);
    const error = h("p", { id: `${name}-error`, class: "field-error" });
    input.addEventListener("input", () => { key = newKey(); });
    inputs.set(field.name, input);
    errors.set(field.name, error);
    return h("div", { class: "field" }, h("label", { for: name }, t(field.label), field.required ? null : h("span", { class: "optional" }, ` (${t(say.optional)})`)), field.hint ? h("p", { id: `${name}-hint`, class: "field-hint" }, t(field.hint)) : null, input, field.beside, error);
  });
  const said = h("div", { role: "status", class: "outcome" });
  const button = h("button", { type: "submit", class: "send" }, t(send));
  const show = (wrong: readonly ErrorPartsFragment[]) => {
    for (const [name, input] of inputs) {
      const own = wrong.filter(({ field }) => field.includes(name));
      errors.get(name)?.replaceChildren(own.map(({ message }) => message).join(" "));
      input.setAttribute("aria-invalid", String(own.length > 0));
    }
    const rest = wrong.filter(({ field }) => !field.some((name) => inputs.has(name)));
    said.replaceChildren(...rest.map(({ message }) => h("p", { class: "field-error" }, message)));
    [...inputs.values()].find((input) => input.getAttribute("aria-invalid") === "true")?.focus();
  };
  const form = h("form", { id, novalidate: true, "aria-labelledby": `${id}-heading`, submit: (event) => { event.preventDefault(); void file(); } },
    h("h3", { id: `${id}-heading` }, t(title)), h("p", { class: "field-hint" }, t(hint)), ...rows, button, said);
  const file = async () => {
    button.disabled = true;
    try {
      const values = Object.fromEntries([...inputs].map(([name, input]) => [name, input.value.trim()]));
      const { errors: wrong, done } = await submit(values, key);
      show(wrong);
      if (!done) return;
      form.reset();
      key = newKey();
      said.replaceChildren(done);
    } catch (error) {
      said.replaceChildren(h("p", { class: "field-error" }, error instanceof Refused ? error.message : t(say.failed)));
    } finally {
      button.disabled = false;
    }
  };
  return form;
}

/** The form by which what was filed is withdrawn again. */
export function withdrawal(id: string, title: Text, submit: (input: { receipt: string; idempotencyKey: string }) => Promise<{ errors: Outcome["errors"]; isDone: boolean }>): HTMLElement {
  return filing({
    id, title, hint: say.withdrawHint, send: say.withdrawSend,
    fields: [{ name: "receipt", label: say.receipt, required: true }],
    submit: async ({ receipt = "" }, idempotencyKey) => {
      const { errors, isDone } = await submit({ receipt, idempotencyKey });
      return { errors, done: isDone ? h("p", {}, t(say.withdrawDone)) : undefined };
    },
  });
}

function inputOf({ name, options, lines, max, required, hint, value }: Field, id: string): Input {
  const about = [hint ? `${id}-hint` : "", `${id}-error`].filter(Boolean).join(" ");
  const common = { id, name, "aria-describedby": about, "aria-required": required ? "true" : null, maxlength: max };
  if (options) return h("select", { ...common, maxlength: null }, ...options.map(([option, label]) => h("option", { value: option }, t(label))));
  if (lines) return h("textarea", { ...common, rows: lines });
  return h("input", { ...common, type: "text", autocomplete: "off", value });
}

/** A key that nobody else has. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
