// The page in a real browser, against a real server with the demo. script/test-page starts both.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const server = process.env.DONGJAK_PAGE;
if (!server) throw new Error("Run script/test-page, which starts a server.");
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1360, height: 900 };

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.DONGJAK_CHROMIUM ?? "/usr/bin/chromium",
    // A machine for tests has no graphics card: the map is drawn by the processor.
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(() => browser?.close());

/** A page that may talk to this server only, and the list of what went wrong in it. */
async function open(path, { viewport = DESK, change } = {}) {
  const context = await browser.newContext({ viewport, locale: "ko-KR" });
  const wrong = [];
  await context.route("**/*", async (route) => {
    const address = route.request().url();
    if (!address.startsWith(`${server}/`)) {
      wrong.push(`asked another host: ${address}`);
      return route.abort();
    }
    if (!change || !address.endsWith("/graphql")) return route.continue();
    const answer = await route.fetch();
    return route.fulfill({ response: answer, json: change(await answer.json()) });
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await page.goto(server + path);
  return { page, wrong, close: () => context.close() };
}

/** Waits until the map draws every neighbourhood, and says what it draws. */
async function drawn(page, enough = ({ places }) => places === 15) {
  const deadline = Date.now() + 20_000;
  let counts;
  do {
    counts = await page.evaluate(() => window.drawn?.());
    if (counts && enough(counts)) return counts;
    await page.waitForTimeout(100);
  } while (Date.now() < deadline);
  assert.fail(`the map draws ${JSON.stringify(counts)}`);
}

test("every layer of every question shows the whole district, with no other host and no error", async () => {
  const { page, wrong, close } = await open("/?lang=en");
  for (const question of ["economy", "childcare", "wifi"]) {
    await page.locator(`.tab.${question}`).click();
    await page.waitForFunction((id) => document.querySelector(`.tab.${id}`)?.getAttribute("aria-current") === "page", question);
    const measures = await page.locator("#measures label").count();
    assert.ok(measures >= 2, `${question} has ${measures} layers`);
    for (let n = 0; n < measures; n++) {
      await page.locator("#measures label").nth(n).click();
      await drawn(page);
      // The areas of the layer before are still drawn while the figures of this one are on their way.
      await page.locator(".classes li").nth(1).waitFor({ state: "attached" });
      await page.locator(".table-box tbody tr").first().waitFor();
      assert.match(await page.locator(".table-box tbody tr").first().innerText(), /\d/);
    }
  }
  assert.ok((await drawn(page)).spots > 10, "the ranked sites are on the map");
  assert.deepEqual(wrong, []);
  await close();
});

test("generated data are called so before anything else is read", async () => {
  const { page, close } = await open("/?lang=en");
  await drawn(page);
  await assert.doesNotReject(page.getByRole("note").getByText("Generated demo data").waitFor());
  assert.match(await page.locator(".provenance").innerText(), /of them generated/);
  await close();
});

test("the language switches, for the page and for what the API says", async () => {
  const { page, close } = await open("/?lang=ko");
  await drawn(page);
  const korean = await page.locator("h1").innerText();
  await page.locator(".row-name", { hasText: "노량진1동" }).waitFor();
  await page.locator("#language").click();
  await page.locator(".row-name", { hasText: "Noryangjin 1-dong" }).waitFor();
  assert.notEqual(await page.locator("h1").innerText(), korean);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await close();
});

test("the keyboard reaches the table and the map, and what it reaches is explained", async () => {
  const { page, close } = await open("/?lang=en");
  await drawn(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const row = await page.evaluate(() => document.activeElement.textContent);
  assert.equal(await page.locator("#figure h2").innerText(), row);
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#heard").textContent(), new RegExp(row));
  const stops = page.locator(".map-label[tabindex='0']");
  assert.equal(await stops.count(), 1, "the map is one stop of the tab key");
  await stops.focus();
  const before = await page.locator("#figure h2").innerText();
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft"]) await page.keyboard.press(key);
  assert.notEqual(await page.locator("#figure h2").innerText(), before);
  await close();
});

test("a suppressed figure is hatched and says why, and is nowhere a zero", async () => {
  const why = "Fewer than 5 posts.";
  const hide = (answer) => {
    const node = answer.data?.childcareSentiment?.nodes?.find((n) => n.neighbourhood?.code === "11590510");
    if (node) node.mentions = { ...node.mentions, value: null, interval: null, status: "SUPPRESSED", reason: why };
    return answer;
  };
  const { page, close } = await open("/?lang=en#childcare/mentions/11590510", { change: hide });
  await drawn(page);
  assert.match(await page.locator("#figure").innerText(), /Suppressed[^]*Fewer than 5 posts/);
  const row = page.locator("tr", { has: page.locator('[data-key="11590510"]') });
  assert.match(await row.innerText(), /Suppressed[^]*Fewer than 5 posts/);
  assert.equal(await row.locator(".hatched").count(), 1);
  assert.equal(await page.locator('[data-code="11590510"] .label-value').innerText(), "Suppressed");
  await page.locator(".legend .hatched").waitFor();
  await close();
});

test("fewer sites on the slider are fewer sites on the map and less demand covered", async () => {
  const { page, close } = await open("/?lang=en#wifi");
  const many = await drawn(page, ({ spots }) => spots > 10);
  const covered = async () => parseFloat((await page.locator(".slider output").innerText()).match(/([\d.]+)%/)[1]);
  const before = await covered();
  await page.locator("#site-count").fill("5");
  const few = await drawn(page, ({ spots }) => spots === 5);
  assert.ok(few.spots < many.spots && (await covered()) < before);
  assert.equal(await page.locator(".table-box").first().locator("tbody tr").count(), 5);
  await close();
});

test("every layer leads to the sentence of the contract that says how its figure is made", async () => {
  const { page, close } = await open("/?lang=en");
  for (const question of ["economy", "childcare", "wifi"]) {
    await page.goto(`${server}/?lang=en#${question}`);
    await drawn(page);
    for (let n = 0; n < (await page.locator("#measures label").count()); n++) {
      await page.locator("#measures label").nth(n).click();
      const link = await page.locator(".provenance a").getAttribute("href");
      const said = await (await page.request.get(server + link)).text();
      assert.ok(said.includes(`id="${link.split("#")[1]}"`), `${link} leads nowhere`);
    }
  }
  await close();
});

test("a phone shows everything without scrolling sideways", async () => {
  for (const address of ["/?lang=en", "/?lang=ko#childcare", "/?lang=en#wifi"]) {
    const { page, close } = await open(address, { viewport: PHONE });
    await drawn(page);
    const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= room, `${address} is ${wide} pixels wide`);
    await close();
  }
});

test("what a person clicks stays in the address, and the address brings it back", async () => {
  const { page, close } = await open("/?lang=en");
  await drawn(page);
  await page.locator('[data-key="11590650"]').click();
  await page.locator("#measures label").nth(2).click();
  const address = page.url();
  const figure = await page.locator("#figure").innerText();
  await page.goto("about:blank").catch(() => {});
  await page.goto(address);
  await drawn(page);
  assert.equal(await page.locator("#figure").innerText(), figure);
  await close();
});
