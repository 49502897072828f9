// A citizen or a department asks for Wi-Fi at a place, and may withdraw the request by its receipt.
import { change } from "./ask";
import { h } from "./dom";
import { type Outcome, filing, withdrawal } from "./form";
import { RequestWifiDocument, type WifiRequestKind, WithdrawRequestDocument } from "./generated";
import type { Picker } from "./question";
import { lang, say, t } from "./words";

/** Both forms. */
export function requestSection(picker: Picker): HTMLElement {
  const pick = h("button", { type: "button", class: "quiet" }, t(say.pick));
  const ask = filing({
    id: "request", title: say.requestTitle, hint: say.requestHint, send: say.requestSend,
    fields: [
      { name: "place", label: say.requestPlace, hint: say.requestPlaceHint, required: true, beside: pick },
      { name: "kind", label: say.requestKind, required: true, options: [["WIFI", say.wifi], ["BUS_STOP", say.busStop], ["STREETLIGHT", say.streetlight], ["OTHER", say.other]] },
      { name: "reason", label: say.requestReason, hint: say.requestReasonHint, lines: 3, max: 1000 },
      { name: "contact", label: say.requestContact, hint: say.requestContactHint, max: 200 },
    ],
    submit: async ({ place = "", kind, reason, contact }, idempotencyKey): Promise<Outcome> => {
      const at = placeOf(place);
      if (!at) return { errors: [{ field: ["place"], code: "INVALID", message: t(say.placeUnclear) }] };
      const input = { place: at, kind: kind as WifiRequestKind, idempotencyKey, ...(reason ? { reason } : {}), ...(contact ? { contact } : {}) };
      const { requestWifi } = await change(RequestWifiDocument, { input }, lang());
      const receipt = requestWifi?.receipt;
      if (receipt) picker.pin(null);
      return { errors: requestWifi?.userErrors ?? [], done: receipt ? h("p", {}, t(say.requestDone), " ", h("code", { class: "receipt" }, receipt)) : undefined };
    },
  });
  const field = ask.querySelector<HTMLInputElement>("#request-place");
  const fill = (at: [number, number]) => {
    if (field) field.value = `${at[1].toFixed(6)}, ${at[0].toFixed(6)}`;
    field?.dispatchEvent(new Event("input"));
    picker.pin(at);
    field?.focus();
  };
  pick.addEventListener("click", () => picker.pick(fill));
  field?.addEventListener("change", () => {
    const at = placeOf(field.value);
    picker.pin(at ? [at.longitude, at.latitude] : null);
  });
  const withdraw = withdrawal("withdraw", say.withdrawTitle, async (input) => {
    const { withdrawWifiRequest } = await change(WithdrawRequestDocument, { input }, lang());
    return { errors: withdrawWifiRequest?.userErrors ?? [], isDone: Boolean(withdrawWifiRequest?.request) };
  });
  return h("section", { class: "filings", tabindex: -1, "aria-labelledby": "filings-title" }, h("h2", { id: "filings-title" }, t(say.takePart)), h("div", { class: "cards" }, h("div", { class: "card" }, ask), h("div", { class: "card" }, withdraw)));
}

/** "37.5, 126.95": latitude and longitude, as maps write them. */
function placeOf(text: string): { latitude: number; longitude: number } | null {
  const [latitude = NaN, longitude = NaN, ...more] = text.split(/[\s,]+/).filter(Boolean).map(Number);
  return more.length === 0 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
