// Colours for numbers: few classes with round limits, told apart by lightness, so that they work without colour sight.

/** What a scale is for. `diverging` has its middle at zero. */
export type Kind = "diverging" | "sequential";
/** Which end is dark: where attention belongs. */
export type Dark = "high" | "low";

/** Colours with the limits between them; there is one limit less than colours. */
export type Scale = { limits: number[]; colours: string[]; colour: (value: number) => string };

// Made in OKLCH with even steps of lightness, then written out.
const SEQUENTIAL: Record<string, string[]> = {
  economy: ["#fbeee4", "#f3cfb3", "#e3a67c", "#c6754a", "#934620"],
  childcare: ["#e6f3f4", "#bfdfe2", "#86c0c6", "#4697a1", "#176771"],
  cells: ["#f3f4f5", "#d5d9dd", "#a9b0b8", "#757f8a", "#3f4954"],
  wifi: ["#ececf8", "#cdcdec", "#a4a3da", "#7772bf", "#4a4293"],
};
const DIVERGING = ["#9a4a17", "#d38f5c", "#f1d6bf", "#cfe0ee", "#7aa6cd", "#2c669b"];

/** A round step at least as large as the given one: 1, 2 or 5 times a power of ten. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= least * 0.999) ?? 10) * power;
}

/** The scale for these values. */
export function scaleFor(values: number[], kind: Kind, dark: Dark, hue: string): Scale {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  let limits: number[];
  let colours: string[];
  if (kind === "diverging") {
    const step = roundStep(Math.max(Math.abs(low), Math.abs(high), 1e-9) / 3);
    limits = [-2, -1, 0, 1, 2].map((n) => tidy(n * step));
    colours = dark === "low" ? DIVERGING : [...DIVERGING].reverse();
  } else {
    const palette = SEQUENTIAL[hue] ?? [];
    const step = roundStep(Math.max(high - low, 1e-9) / palette.length);
    const first = Math.floor(low / step) * step;
    limits = palette.slice(1).map((_, n) => tidy(first + (n + 1) * step));
    // Classes that no value reaches would only make the legend longer.
    limits = limits.filter((limit, n) => n === 0 || limit <= high);
    const ramp = dark === "high" ? palette : [...palette].reverse();
    colours = dark === "high" ? ramp.slice(0, limits.length + 1) : ramp.slice(-limits.length - 1);
  }
  const colour = (value: number) => colours[limits.filter((limit) => value >= limit).length] ?? "#fff";
  return { limits, colours, colour };
}

/** Whether white text is easier to read on a colour than dark text (relative luminance of WCAG 2). */
export function isDark(colour: string): boolean {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.25;
}

const tidy = (value: number) => Number(value.toPrecision(12));
