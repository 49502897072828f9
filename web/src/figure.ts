// Figures as text: numbers with their unit, intervals, and what is said when there is no number.
import type { FigurePartsFragment, Unit } from "./generated";
import { lang, say, statuses, t, units } from "./words";

export type Figure = FigurePartsFragment;

/** How a unit is written: as per cent, with a sign, with how many digits. */
function style(unit: Unit, value: number): { factor: number; options: Intl.NumberFormatOptions; after: string } {
  const signed = { signDisplay: "exceptZero" } as const;
  switch (unit) {
    case "PERCENT":
      return { factor: 1, options: { ...signed, minimumFractionDigits: 1, maximumFractionDigits: 1 }, after: "%" };
    case "CHANGE_RATIO":
      return { factor: 100, options: { ...signed, minimumFractionDigits: 1, maximumFractionDigits: 1 }, after: "%" };
    case "RATIO":
      return { factor: 100, options: { minimumFractionDigits: 1, maximumFractionDigits: 1 }, after: "%" };
    case "LOG_PER_LOG_CASES":
      return { factor: 1, options: { ...signed, minimumFractionDigits: 3, maximumFractionDigits: 3 }, after: "" };
    case "BALANCE":
      return { factor: 1, options: { ...signed, minimumFractionDigits: 2, maximumFractionDigits: 2 }, after: "" };
    case "PLACES_PER_CHILD":
      return { factor: 1, options: { minimumFractionDigits: 2, maximumFractionDigits: 2 }, after: "" };
    case "INDEX_POINTS":
      return { factor: 1, options: { minimumFractionDigits: 1, maximumFractionDigits: 1 }, after: "" };
    case "WON":
      return { factor: 1, options: { notation: "compact", maximumSignificantDigits: 3 }, after: "" };
    default:
      return { factor: 1, options: { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 }, after: "" };
  }
}

/** A number without its unit's name, such as "−17.7%". */
export function number(value: number, unit: Unit, more: Intl.NumberFormatOptions = {}): string {
  const { factor, options, after } = style(unit, value);
  const text = new Intl.NumberFormat(lang() === "KO" ? "ko-KR" : "en-GB", { ...options, ...more }).format(value * factor);
  return text.replace("-", "−") + after;
}

/** The unit's name, or nothing where the number says it. */
export const unitName = (unit: Unit) => t(units[unit]);

/** The value in words, never 0 for a missing one. */
export function valueText(figure: Figure): string {
  if (figure.value === null || figure.value === undefined) return t(statuses[figure.status].label);
  return number(figure.value, figure.unit) + gap(figure.unit) + unitName(figure.unit);
}

/** Korean counters such as 명 and 건 follow the number at once; longer units stand apart. */
export function gap(unit: Unit): string {
  const name = unitName(unit);
  return name === "" || (lang() === "KO" && /^[가-힣]{1,2}$/.test(name)) ? "" : " ";
}

/** "−22.0% to −13.2%", or nothing. */
export function intervalText(figure: Figure): string {
  const { interval, unit } = figure;
  return interval ? t(say.range).replace("{lower}", number(interval.lower, unit)).replace("{upper}", number(interval.upper, unit)) : "";
}

/** One sentence for those who listen. */
export const spoken = (name: string, figure: Figure): string => [`${name}: ${valueText(figure)}`, ...rest(figure)].join(". ");

/** What stands beside a number that is written without it: unit, interval, status or reason. */
export const besides = (figure: Figure): string => [unitName(figure.unit), ...rest(figure)].filter(Boolean).join(". ");

function rest(figure: Figure): string[] {
  if (typeof figure.value !== "number") return figure.reason ? [figure.reason] : [];
  const interval = intervalText(figure);
  return [...(interval ? [`${t(say.interval)} ${interval}`] : []), t(statuses[figure.status].label)];
}

/** The same for an axis or a legend, without decimals that say nothing. */
export const axisNumber = (value: number, unit: Unit) => number(value, unit, { minimumFractionDigits: 0 });
