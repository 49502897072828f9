// The table that is shown, as a file for spreadsheets: every figure with its status, and the run behind it.
import { h } from "./dom";
import type { RunPartsFragment } from "./generated";
import type { Row } from "./question";
import { say, statuses, t, units } from "./words";

/** Spreadsheets know by this that a file is UTF-8. */
const MARK = "\ufeff";

/** Saves rows of one figure. */
export function saveRows(title: string, label: string, rows: Row[], measure: string, run: RunPartsFragment | null) {
  const head = [t(say.key), t(say.name), label, t(say.unit), t(say.lower), t(say.upper), t(say.status), t(say.reason), t(say.run), t(say.synthetic)];
  const lines = rows.flatMap((row) => {
    const figure = row.figures[measure];
    if (!figure) return [];
    const { value, unit, interval, status, reason } = figure;
    return [[row.id ?? row.key, row.name, value, t(units[unit]) || unit, interval?.lower, interval?.upper, t(statuses[status].label), reason, run?.id, t(run?.synthetic ? say.yes : say.no)]];
  });
  const text = MARK + [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n");
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  h("a", { href: address, download: `${title}.csv` }).click();
  URL.revokeObjectURL(address);
}

/** A text that a spreadsheet would take for a formula is set off by an apostrophe. */
function cell(value: string | number | null | undefined): string {
  if (typeof value === "number") return String(value);
  const text = (value ?? "").replace(/^[=+@\t\r-]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
