// Asks the API. One way in, typed by the query itself.
import type { Language, TypedDocumentString } from "./generated";

/** What the server said when it could not answer. */
export class Refused extends Error {}

type Answer<T> = { data?: T | null; errors?: { message: string }[]; extensions?: { synthetic?: boolean; stale?: boolean; ageSeconds?: number } };

/** True when what was shown last rests on generated data. */
export let synthetic = false;
/** Seconds since the oldest answer that the server could only give from what it had kept; null while all are new. */
export let staleSeconds: number | null = null;
const answers = new Map<string, Promise<unknown>>();

/** The answer to a query. The same question is asked once; a page that is opened anew asks again. */
export function ask<Data, Variables>(query: TypedDocumentString<Data, Variables>, variables: Variables, lang: Language): Promise<Data> {
  const body = JSON.stringify({ query: query.toString(), variables });
  const key = `${lang}${body}`;
  const known = answers.get(key);
  if (known) return known as Promise<Data>;
  const answer = send<Data>(body, lang);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

/** The answer to a query that may have changed meanwhile. */
export function askAnew<Data, Variables>(query: TypedDocumentString<Data, Variables>, variables: Variables, lang: Language): Promise<Data> {
  return send<Data>(JSON.stringify({ query: query.toString(), variables }), lang);
}

/** Changes something. Never answered from what was answered before. */
export function change<Data, Variables>(mutation: TypedDocumentString<Data, Variables>, variables: Variables, lang: Language): Promise<Data> {
  return send<Data>(JSON.stringify({ query: mutation.toString(), variables }), lang);
}

async function send<Data>(body: string, lang: Language): Promise<Data> {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Accept-Language": lang.toLowerCase() };
  const response = await fetch("/graphql", { method: "POST", headers, body });
  // What stands between may answer with a page of its own.
  if (!response.headers.get("Content-Type")?.includes("json")) throw new Refused(`HTTP ${response.status}`);
  const answer = (await response.json()) as Answer<Data>;
  const wrong = answer.errors?.[0];
  if (wrong || !answer.data) throw new Refused(wrong?.message ?? `HTTP ${response.status}`);
  if (answer.extensions?.synthetic) synthetic = true;
  if (answer.extensions?.stale) staleSeconds = Math.max(staleSeconds ?? 0, answer.extensions.ageSeconds ?? 0);
  return answer.data;
}
