// What went with the policies: the industries that a policy reached against the others, week by week with intervals.
import { ask } from "./ask";
import { pathChart } from "./chart";
import { h } from "./dom";
import { intervalText, valueText } from "./figure";
import { type Language, PoliciesDocument, type PoliciesQuery } from "./generated";
import { say, statuses, t } from "./words";

type Policy = NonNullable<PoliciesQuery["policyEffects"]>[number];

/** A card for each policy of the district's list. */
export async function policySection(lang: Language): Promise<HTMLElement | null> {
  const { policyEffects } = await ask(PoliciesDocument, { lang }, lang);
  if (!policyEffects || policyEffects.length === 0) return null;
  return h(
    "section", { class: "policies", "aria-labelledby": "policies-title" },
    h("div", { class: "table-head" }, h("h2", { id: "policies-title" }, t(say.policies)), h("p", {}, t(say.policiesHint))),
    h("div", { class: "cards" }, ...policyEffects.map(card)),
  );
}

function card(policy: Policy): HTMLElement {
  const { difference } = policy;
  const missing = typeof difference.value !== "number";
  const days = `${policy.startsOn} – ${policy.endsOn ?? t(say.inForce)}`;
  const names = (industries: readonly { name: string }[]) => industries.map((industry) => industry.name).join(", ");
  return h(
    "article", { class: "card" },
    h("h3", {}, policy.name),
    h("p", { class: "days" }, days),
    h("p", { class: missing ? "middle missing" : "middle" }, missing ? t(statuses[difference.status].label) : valueText(difference)),
    difference.interval ? h("p", { class: "interval" }, `${t(say.intervalOf).replace("{level}", "95")}: ${intervalText(difference)}`) : null,
    policy.randomisation ? h("p", { class: "sample" }, `${t(say.byLot)}: p = ${policy.randomisation.pValue.toFixed(3)}`) : null,
    difference.reason ? h("p", { class: "reason" }, difference.reason) : null,
    policy.path.length > 0 ? pathChart(`${policy.name}: ${t(say.path)}`, t(say.path), policy.path.map(({ week, difference: d }) => ({ week, value: d.value ?? null, interval: d.interval ?? null }))) : null,
    missing ? null : h("p", { class: "caution" }, policy.caution),
    policy.treated.length > 0
      ? h("details", {}, h("summary", {}, t(say.compared)), h("p", {}, `${t(say.reached)}: ${names(policy.treated)}`), h("p", {}, `${t(say.notReached)}: ${names(policy.control)}`))
      : null,
  );
}
