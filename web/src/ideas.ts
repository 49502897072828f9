// Ideas for policies that rest on data: which call is open, a form for an idea, its withdrawal, and the ideas that the
// district shows.
import { ask, askAnew, change } from "./ask";
import { h } from "./dom";
import { type Field, type Outcome, filing, withdrawal } from "./form";
import { CallsDocument, type CallsQuery, IdeasDocument, type IdeasQuery, type Language, type PolicyTopic, SubmitIdeaDocument, WithdrawIdeaDocument } from "./generated";
import { pairs } from "./panel";
import { say, t, topics } from "./words";

type Call = NonNullable<CallsQuery["policyIdeaCalls"]>[number];
type Idea = NonNullable<IdeasQuery["policyIdeas"]>["nodes"][number];

export async function ideaSection(lang: Language): Promise<HTMLElement> {
  const calls = (await ask(CallsDocument, { lang }, lang)).policyIdeaCalls ?? [];
  const open = calls.filter(({ isOpen }) => isOpen);
  const shown = await shownIdeas(lang);
  const withdraw = withdrawal("withdraw-idea", say.withdrawIdeaTitle, async (input) => {
    const { withdrawPolicyIdea } = await change(WithdrawIdeaDocument, { input }, lang);
    if (withdrawPolicyIdea?.idea) await shown.renew();
    return { errors: withdrawPolicyIdea?.userErrors ?? [], isDone: Boolean(withdrawPolicyIdea?.idea) };
  });
  const card = (form: HTMLElement) => h("div", { class: "card" }, form);
  return h(
    "section", { class: "filings", tabindex: -1, "aria-labelledby": "ideas-title" },
    h("div", { class: "table-head" }, h("h2", { id: "ideas-title" }, t(say.ideas)), h("p", {}, t(say.ideasHint))),
    ...(open.length > 0 ? open : [null]).map((call) => h("p", { class: "call" }, call ? callText(call, lang) : noneOpen(calls, lang))),
    h("div", { class: "cards" }, open.length > 0 ? card(ideaForm(open, lang)) : null, h("div", { class: "column" }, shown.box, calls.length > 0 ? card(withdraw) : null)),
  );
}

/** The form, for the call that is open, or for one of several. */
function ideaForm(open: readonly Call[], lang: Language): HTMLElement {
  const names = (text = "") => text.split(/[\n,]/).map((name) => name.trim()).filter(Boolean);
  const which: Field[] = open.length > 1 ? [{ name: "call", label: say.ideaCall, required: true, options: open.map(({ id, title }) => [id, { KO: title, EN: title }]) }] : [];
  return filing({
    id: "idea", title: say.ideaTitle, hint: say.ideaHint, send: say.ideaSend,
    fields: [
      ...which,
      { name: "topic", label: say.ideaTopic, required: true, options: Object.entries(topics) },
      { name: "title", label: say.ideaName, hint: say.ideaNameHint, required: true, max: 200 },
      { name: "description", label: say.ideaText, hint: say.ideaTextHint, required: true, lines: 6, max: 5000 },
      { name: "publicData", label: say.publicData, hint: say.publicDataHint, required: true, lines: 2 },
      { name: "privateData", label: say.privateData, hint: say.privateDataHint, lines: 2 },
      { name: "contact", label: say.requestContact, hint: say.requestContactHint, max: 200 },
    ],
    submit: async ({ call, topic, title = "", description = "", publicData, privateData, contact }, idempotencyKey): Promise<Outcome> => {
      const input = {
        idempotencyKey, call: call ?? open[0]?.id, topic: topic as PolicyTopic, title, description,
        publicData: names(publicData), privateData: names(privateData), ...(contact ? { contact } : {}),
      };
      const { submitPolicyIdea } = await change(SubmitIdeaDocument, { input }, lang);
      const receipt = submitPolicyIdea?.receipt;
      return { errors: submitPolicyIdea?.userErrors ?? [], done: receipt ? h("p", {}, t(say.ideaDone), " ", h("code", { class: "receipt" }, receipt)) : undefined };
    },
  });
}

/** The list of ideas, a page at a time. */
async function shownIdeas(lang: Language): Promise<{ box: HTMLElement; renew(): Promise<void> }> {
  const list = h("ul", { class: "ideas" });
  const more = h("button", { type: "button", class: "quiet", click: () => void next().catch(renew).catch(() => undefined) }, t(say.moreIdeas));
  const title = h("h3", { id: "shown-ideas" });
  const none = h("p", { class: "field-hint" }, t(say.noIdeas));
  let after: string | null = null;
  const next = async () => {
    const { policyIdeas } = await askAnew(IdeasDocument, { after }, lang);
    const nodes = policyIdeas?.nodes ?? [];
    const before = list.children.length;
    list.append(...nodes.map((idea) => ideaItem(idea, lang)));
    after = policyIdeas?.pageInfo.endCursor ?? null;
    more.hidden = !policyIdeas?.pageInfo.hasNextPage;
    none.hidden = list.children.length > 0;
    title.textContent = `${t(say.shownIdeas)} (${policyIdeas?.totalCount ?? 0})`;
    // Whoever has asked for more goes on where the new ones begin.
    if (before > 0) list.children[before]?.querySelector("summary")?.focus();
  };
  // Also when the list has changed meanwhile, so that its next page is another one's.
  const renew = async () => {
    list.replaceChildren();
    after = null;
    await next();
  };
  await next();
  return { box: h("section", { class: "shown-ideas", "aria-labelledby": "shown-ideas" }, title, none, list, more), renew };
}

function ideaItem({ topic, title, description, publicData, privateData, note, decidedAt }: Idea, lang: Language): HTMLElement {
  const data: [string, string][] = [[t(say.publicData), publicData.join(", ")], ...(privateData.length > 0 ? [[t(say.privateData), privateData.join(", ")] as [string, string]] : []), ...(note ? [[t(say.ideaNote), note] as [string, string]] : [])];
  // The page's own words around it stay in the page's language.
  const spoken = /[가-힣]/.test(title + description) ? "ko" : "en";
  return h(
    "li", {},
    h("details", {},
      h("summary", {}, h("span", { class: "origin" }, t(topics[topic])), " ", h("b", { lang: spoken }, title), " ", decidedAt ? h("span", { class: "days" }, day(decidedAt, lang)) : null),
      h("p", { class: "idea-text", lang: spoken }, description),
      pairs(data),
    ),
  );
}

function callText({ title, opensOn, closesOn }: Call, lang: Language): string {
  return t(say.callOpen).replace("{title}", title).replace("{from}", day(opensOn, lang)).replace("{until}", day(closesOn, lang));
}

/** What is said while no call is open: when the next one opens, if one is planned. */
function noneOpen(calls: readonly Call[], lang: Language): string {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Seoul" }).format(new Date());
  const [next] = calls.filter(({ opensOn }) => opensOn > today).sort((a, b) => a.opensOn.localeCompare(b.opensOn));
  return next ? `${t(say.noCall)} ${t(say.nextCall).replace("{title}", next.title).replace("{from}", day(next.opensOn, lang))}` : t(say.noCall);
}

function day(date: string, lang: Language): string {
  return new Intl.DateTimeFormat(lang === "KO" ? "ko-KR" : "en-GB", { dateStyle: "medium", timeZone: "Asia/Seoul" }).format(new Date(date));
}
