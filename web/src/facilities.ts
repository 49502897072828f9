// Kinds of facilities and places, as the sources name them, in the words of the page.
import { t, type Text } from "./words";

const kinds: Record<string, Text> = {
  bus_stop: { KO: "버스정류소", EN: "Bus stop" },
  streetlight: { KO: "가로등", EN: "Streetlight" },
  park: { KO: "공원", EN: "Park" },
  subway_station: { KO: "지하철역", EN: "Subway station" },
  senior_centre: { KO: "경로당", EN: "Senior centre" },
  community_centre: { KO: "주민센터·복지시설", EN: "Community centre" },
  apartment: { KO: "공동주택 단지", EN: "Apartment complex" },
  vacated_centre: { KO: "문 닫은 어린이집", EN: "Vacated daycare centre" },
};

/** The name of a kind, or the kind itself where this page does not know it. */
export function facilityName(kind: string): string {
  const known = kinds[kind];
  return known ? t(known) : kind;
}
