// What the three questions have in common: rows of figures, of which the map and the tables show one at a time.
import type { Figure } from "./figure";
import type { Language, RunPartsFragment } from "./generated";
import type { Dark, Kind } from "./scale";
import type { Overlay } from "./overlays";
import type { WhatIf } from "./whatif";
import type { Text } from "./words";

/** A neighbourhood, the district, an industry or a Wi-Fi site with its figures. */
export interface Row {
  /** Code of the neighbourhood or industry, "district", "site:" with a rank, or a layer with a name in it. */
  key: string;
  kind: "district" | "industry" | "place" | "point" | "site";
  name: string;
  /** What kind of thing a point is. */
  label?: string;
  /** With which name "what if" fixes or excludes it, for what can be chosen. */
  id?: string;
  /** Figures by id of the measure. */
  figures: Record<string, Figure | null | undefined>;
  /** Whether the difference from the district can be told from chance. */
  differs?: boolean | null;
  /** Facts besides the figures: a name and a text. */
  facts?: [string, string][];
  /** Longitude and latitude, for what stands at a point. */
  at?: [number, number];
}

/** One way to look at a question. */
export interface Measure {
  id: string;
  label: Text;
  kind: Kind;
  /** Which end needs attention, and is dark. */
  dark: Dark;
  /** Field of the schema that the figure is, as /docs names it. */
  field: string;
  /** Rows without this figure are left out of the table of these kinds. */
  kinds: Row["kind"][];
  /** Whether `differs` belongs to this measure. */
  tested?: boolean;
}

/** A question with its data. */
export interface Loaded {
  rows: Row[];
  run: RunPartsFragment | null;
  /** Parameters of the run, where the page lets one change them. */
  parameters?: unknown;
}

/** A place that the reader points out on the map. */
export interface Picker {
  /** The next click on the map gives a place instead of choosing what lies there. */
  pick(onPlace: (at: [number, number]) => void): void;
  /** Marks a place, or nothing. */
  pin(at: [number, number] | null): void;
}

/** A question: how it is asked, and how its answer is drawn. */
export interface Question {
  id: "childcare" | "economy" | "wifi";
  measures: Measure[];
  /** The layer of /features with the same figures, as rows. */
  layer: string;
  load(lang: Language, names: Map<string, string>): Promise<Loaded>;
  /** Charts of one row, below its figure. */
  charts(row: Row, all: Loaded, lang: Language): Promise<Element[]>;
  /** Layers of points and cells that can be laid over the map. */
  overlays?: Overlay[];
  /** The list of sites that the question recommends: its title, the name of its first column, what a site adds and its field. */
  sites?: { title: Text; first: Text; gain: Text; field: string };
  /** What can be asked otherwise. */
  whatIf?: WhatIf;
  /** What the question has to say besides, below the tables. */
  more?(lang: Language, picker: Picker): Promise<Element | null>;
}
