// Plain geometry of the map, in longitude and latitude.
import type { PlacesQuery } from "./generated";

export type Place = NonNullable<PlacesQuery["neighbourhoods"]>[number];

/** Of latitude; of longitude times the cosine of the latitude. */
const METRES_PER_DEGREE = 111_320;

/** The people within reach of a point: a circle in metres, as a polygon. */
export function circle([longitude, latitude]: [number, number], metres: number): GeoJSON.Feature {
  const [dy, dx] = [metres / METRES_PER_DEGREE, metres / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180))];
  const ring = Array.from({ length: 33 }, (_, n) => [longitude + dx * Math.cos((n * Math.PI) / 16), latitude + dy * Math.sin((n * Math.PI) / 16)]);
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

/** West, south, east, north of all boundaries; the city where there are none. */
export function boundsOf(places: readonly Place[]): [number, number, number, number] {
  const points = places.flatMap((place) => place.boundary?.coordinates.flat(2) ?? []);
  const xs = points.map((p) => p[0] ?? 0);
  const ys = points.map((p) => p[1] ?? 0);
  return points.length > 0 ? [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] : [126.7, 37.4, 127.2, 37.7];
}

/** A rectangle with room around it. */
export function grown([west, south, east, north]: [number, number, number, number]): [number, number, number, number] {
  const [dx, dy] = [(east - west) * 1.2, (north - south) * 1.2];
  return [west - dx, south - dy, east + dx, north + dy];
}

/** Balance point of the largest ring: where a label stands well. */
export function centreOf(boundary: GeoJSON.MultiPolygon): [number, number] {
  let best: { area: number; at: [number, number] } = { area: -1, at: [0, 0] };
  for (const [ring = []] of boundary.coordinates) {
    let [area, x, y] = [0, 0, 0];
    const [ox = 0, oy = 0] = ring[0] ?? [];
    for (let n = 0; n + 1 < ring.length; n++) {
      const [ax = 0, ay = 0] = [(ring[n]?.[0] ?? 0) - ox, (ring[n]?.[1] ?? 0) - oy];
      const [bx = 0, by = 0] = [(ring[n + 1]?.[0] ?? 0) - ox, (ring[n + 1]?.[1] ?? 0) - oy];
      const cross = ax * by - bx * ay;
      area += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: [ox + x / (3 * area), oy + y / (3 * area)] };
  }
  return best.at;
}

/** Grey diagonal lines for "no value". */
export function hatch(): { width: number; height: number; data: Uint8Array } {
  const size = 16;
  const data = new Uint8Array(size * size * 4);
  for (let n = 0; n < size * size; n++) {
    const dark = ((n % size) + Math.floor(n / size)) % 8 < 2;
    data.set(dark ? [138, 146, 155, 255] : [240, 242, 244, 255], n * 4);
  }
  return { width: size, height: size, data };
}

/** A square cell around its middle. */
export function square([longitude = 0, latitude = 0]: GeoJSON.Position, side: number): GeoJSON.Polygon {
  const [dy, dx] = [side / 2 / METRES_PER_DEGREE, side / 2 / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180))];
  const corner = (x: number, y: number) => [longitude + x * dx, latitude + y * dy];
  return { type: "Polygon", coordinates: [[corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)]] };
}
