// One server: questions by POST, rows page by page, errors by their code.
import type { TypedDocumentString } from "./generated.js";

interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

type Paged<Row> = { readonly rows?: Page<Row> | null };
type Variables = { first: number; after?: string | null };

export class Server {
  constructor(
    private readonly url: string,
    private readonly key?: string,
  ) {}

  async rows<Row>(question: TypedDocumentString<Paged<Row>, Variables>): Promise<Row[]> {
    const found: Row[] = [];
    for (let after: string | null | undefined = null; ; ) {
      const { rows }: Paged<Row> = await this.ask(question, { first: 100, after });
      if (!rows) throw new Error("Nothing has been published for this question yet.");
      found.push(...rows.nodes);
      if (!rows.pageInfo.hasNextPage) return found;
      after = rows.pageInfo.endCursor;
    }
  }

  async features(layer: string): Promise<GeoJSON.FeatureCollection> {
    const response = await fetch(`${this.url}/features/${layer}.geojson`);
    if (!response.ok) throw new Error(`${layer}: ${response.status}`);
    return (await response.json()) as GeoJSON.FeatureCollection;
  }

  private async ask<Data>(question: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const response = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Accept-Language": "en",
        ...(this.key ? { Authorization: `Bearer ${this.key}` } : {}),
      },
      body: JSON.stringify({ query: question.toString(), variables }),
    });
    const answer = (await response.json()) as {
      data?: Data;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    const [error] = answer.errors ?? [];
    if (error || !answer.data) throw new Error(`${error?.extensions?.code}: ${error?.message}`);
    return answer.data;
  }
}
