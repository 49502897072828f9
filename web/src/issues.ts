// What is said about each issue of childcare in the whole district: how much, how much of it complains, in which words.
import { ask } from "./ask";
import { h } from "./dom";
import { intervalText, number, valueText } from "./figure";
import { IssuesDocument, type Language } from "./generated";
import { issues, say, t } from "./words";

const WORDS = 6;

export async function issueSection(lang: Language): Promise<HTMLElement | null> {
  const { childcareIssues } = await ask(IssuesDocument, { filter: { scope: "DISTRICT" }, lang }, lang);
  const nodes = childcareIssues?.nodes ?? [];
  if (nodes.length === 0) return null;
  const most = Math.max(1, ...nodes.map(({ mentions }) => mentions.value ?? 0));
  const rows = nodes.map(({ issue, mentions, negativeShare, positiveShare, complained }) => {
    const bar = h("span", { class: "share-track" });
    if (typeof mentions.value === "number") {
      // The bar is as long as the issue is large; its dark part complains.
      const all = h("span", { class: "share-fill" });
      all.style.width = `${(mentions.value / most) * 100}%`;
      const complaints = h("span", { class: "share-fill complaints" });
      complaints.style.width = `${((mentions.value * (negativeShare.value ?? 0)) / most) * 100}%`;
      bar.append(all, complaints);
    } else bar.classList.add("hatched");
    return h(
      "tr", {},
      h("th", { scope: "row" }, issue ? t(issues[issue]) : "–"),
      h("td", { class: "number" }, typeof mentions.value === "number" ? number(mentions.value, mentions.unit) : valueText(mentions)),
      h("td", { class: "plot", "aria-hidden": "true" }, bar),
      h("td", { class: "number" }, valueText(negativeShare)),
      h("td", { class: "range" }, intervalText(negativeShare)),
      h("td", { class: "number besides" }, valueText(positiveShare)),
      h("td", { class: "state why", lang: "ko" }, complained.slice(0, WORDS).join(", ")),
    );
  });
  const head: [string, string][] = [[t(say.issue), ""], [t(say.posts), "number"], [t(say.mix), "plot"], [t(say.negative), "number"], [t(say.interval), "range"], [t(say.positive), "number besides"], [t(say.complaintWords), ""]];
  return h(
    "section", { class: "policies", "aria-labelledby": "issues-title" },
    h("div", { class: "table-head" }, h("h2", { id: "issues-title" }, t(say.issues)), h("p", {}, t(say.issuesHint))),
    h("div", { class: "wide", role: "region", tabindex: 0, "aria-label": t(say.issues) }, h("table", {}, h("caption", { class: "unseen" }, t(say.issues)), h("thead", {}, h("tr", {}, ...head.map(([text, kind]) => h("th", { scope: "col", class: kind }, kind === "plot" ? h("span", { class: "unseen" }, text) : text)))), h("tbody", {}, ...rows))),
  );
}
