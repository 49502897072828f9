"""Asks a dongjak-insight server the three questions, and saves a table and a map for each.

    python dongjak.py --url http://localhost:8080 --out out [--key KEY]
"""

import argparse
import json
import pathlib
import urllib.request

import geopandas
import matplotlib
import pandas

matplotlib.use("Agg")  # Pictures go into files; no window is needed.
import matplotlib.pyplot as plt  # noqa: E402

ECONOMY = """
query Economy($first: Int!, $after: String) {
  rows: economicSensitivity(filter: {scope: NEIGHBOURHOOD}, first: $first, after: $after) {
    nodes {
      neighbourhood { code name(lang: EN) }
      figure: sensitivity { ...figure }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

CHILDCARE = """
query Childcare($first: Int!, $after: String) {
  rows: childcareSentiment(filter: {scope: NEIGHBOURHOOD}, first: $first, after: $after) {
    nodes {
      neighbourhood { code name(lang: EN) }
      figure: accessibility { ...figure }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

WIFI = """
query Wifi($first: Int!, $after: String) {
  rows: wifiSites(first: $first, after: $after) {
    nodes {
      rank
      facility { kind name }
      location
      neighbourhood { code name(lang: EN) }
      figure: marginalGain { ...figure }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

# What an honest table says of each number.
FIGURE = """
fragment figure on Figure {
  value
  unit
  status
  interval { lower upper }
  provenance { run { id methodVersion synthetic } }
}
"""


class Server:
    """One server; every question goes by POST."""

    def __init__(self, url, key=None):
        self.url = url.rstrip("/")
        self.headers = {"Content-Type": "application/json", "Accept-Language": "en"}
        if key:
            self.headers["Authorization"] = f"Bearer {key}"

    def ask(self, query, variables):
        body = json.dumps({"query": query + FIGURE, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, self.headers)
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
        if answer.get("errors"):
            # The code is stable; the message is for people.
            first = answer["errors"][0]
            raise SystemExit(f"{first['extensions']['code']}: {first['message']}")
        return answer["data"]

    def table(self, query):
        """All rows of a connection, page by page, one column for each leaf."""
        nodes, after = [], None
        while True:
            rows = self.ask(query, {"first": 100, "after": after})["rows"]
            if rows is None:
                raise SystemExit("Nothing has been published for this question yet.")
            nodes += rows["nodes"]
            if not rows["pageInfo"]["hasNextPage"]:
                return pandas.json_normalize(nodes, max_level=4)
            after = rows["pageInfo"]["endCursor"]

    def neighbourhoods(self):
        """The boundaries, as the map shows them."""
        return geopandas.read_file(f"{self.url}/features/neighbourhoods.geojson")


def choropleth(areas, table, title, path):
    """Colours areas by the figure; an area without one is hatched, because missing is not zero."""
    joined = areas.merge(table, left_on="code", right_on="neighbourhood.code", how="left")
    joined["figure.value"] = pandas.to_numeric(joined["figure.value"])
    axes = joined.plot(
        "figure.value",
        legend=True,
        legend_kwds={"label": table["figure.unit"].iloc[0]},
        figsize=(9, 6),
        cmap="viridis",
        edgecolor="white",
        missing_kwds={"color": "#eeeeee", "hatch": "///", "edgecolor": "#999999"},
    )
    finish(axes, table, title, path)


def points(areas, table, title, path):
    """Draws sites over the areas, larger where they help more people."""
    axes = areas.plot(figsize=(9, 6), color="#eeeeee", edgecolor="white")
    places = pandas.DataFrame(table["location.coordinates"].tolist(), columns=["lon", "lat"])
    size = 120 * table["figure.value"] / table["figure.value"].max()
    axes.scatter(places["lon"], places["lat"], s=size, c="#4b3f91", alpha=0.7)
    finish(axes, table, title, path)


def finish(axes, table, title, path):
    generated = table["figure.provenance.run.synthetic"].any()
    method = table["figure.provenance.run.methodVersion"].iloc[0]
    axes.set_title(f"{title} ({method}{', generated data' if generated else ''})")
    axes.set_axis_off()
    axes.figure.savefig(path, dpi=120, bbox_inches="tight")
    plt.close(axes.figure)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("out"))
    parser.add_argument("--key", help="a key of the district office, for internal figures")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    server = Server(wanted.url, wanted.key)
    areas = server.neighbourhoods()
    for name, query, title, draw in [
        ("economy", ECONOMY, "Sensitivity of card sales to COVID-19 cases", choropleth),
        ("childcare", CHILDCARE, "Daycare places within reach of a child", choropleth),
        ("wifi", WIFI, "Best sites for public Wi-Fi", points),
    ]:
        table = server.table(query)
        # With a byte order mark, so that a spreadsheet reads Korean.
        table.to_csv(wanted.out / f"{name}.csv", index=False, encoding="utf-8-sig")
        draw(areas, table, title, wanted.out / f"{name}.png")
        missing = int(table["figure.value"].isna().sum())
        print(f"{name}: {len(table)} rows, {missing} of them without a number")


if __name__ == "__main__":
    main()
