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

/** Opens "what if" on the Wi-Fi question and waits for its first plan. */
async function whatIf() {
  const opened = await open("/?lang=en#wifi");
  await drawn(opened.page, ({ spots }) => spots > 10);
  await opened.page.locator("#what-if summary").click();
  const { page } = opened;
  const rows = async () => Object.fromEntries(await page.locator("#plan-said dt").evaluateAll((names) => names.map((name) => [name.textContent, name.nextElementSibling.textContent])));
  /** Does something, and gives the plan that comes of it. */
  const after = async (act) => {
    const before = await page.locator("#plan-said").innerText();
    await act();
    await page.waitForFunction((said) => !["", said].includes(document.getElementById("plan-said").innerText), before);
    return rows();
  };
  return { ...opened, after };
}
const amount = (text) => parseFloat(text.replaceAll(",", ""));

test("every slider of what-if changes the plan, and the way back leads to the published settings", async () => {
  const { page, wrong, close, after } = await whatIf();
  const first = await after(async () => {});
  const wider = await after(() => page.locator("#plan-radius").fill("200"));
  assert.ok(amount(wider["Demand covered"]) > amount(first["Demand covered"]));
  const published = await after(() => page.locator("#as-published").click());
  assert.deepEqual(published, first);
  const uncounted = await after(() => page.locator("#plan-existing").uncheck());
  assert.ok(amount(uncounted["Demand covered"]) > amount(first["Demand covered"]));
  const spread = await after(() => page.locator("#plan-minimum").fill("1"));
  assert.ok(amount(spread["Demand covered"]) < amount(uncounted["Demand covered"]));
  const heavy = await after(() => page.locator("#plan-weight").fill("500"));
  assert.ok(amount(heavy["Demand covered"]) > amount(spread["Demand covered"]));
  const five = await after(async () => {
    await page.locator("#plan-minimum").fill("0");
    await page.locator("#plan-sites").fill("5");
  });
  assert.equal(five["Number of sites"], "5");
  assert.equal((await drawn(page, ({ spots }) => spots === 5)).spots, 5);
  assert.equal(await page.locator(".table-box").first().locator("tbody tr").count(), 5);
  const cheap = await after(async () => {
    await page.locator("[name='plan-by'][value='budget']").check({ force: true });
    await page.locator("#plan-budget").fill("9000000");
  });
  assert.ok(amount(cheap["Number of sites"]) <= 3);
  assert.deepEqual(wrong, []);
  await close();
});

test("terms that cannot be met are said in the server's words, and nothing else is shown as their plan", async () => {
  const { page, close, after } = await whatIf();
  await after(async () => {});
  await after(async () => {
    await page.locator("#plan-sites").fill("3");
    await page.locator("#plan-minimum").fill("1");
  });
  assert.match(await page.locator("#plan-said").innerText(), /cannot be met/);
  assert.equal((await drawn(page, ({ spots }) => spots === 0)).spots, 0);
  await close();
});

test("what works already can be shown beside the sites, and hidden again", async () => {
  const { page, wrong, close } = await open("/?lang=en#wifi");
  assert.equal((await drawn(page)).points, 0);
  await page.locator("#points").check();
  assert.ok((await drawn(page, ({ points }) => points > 100)).spots > 10);
  await page.locator("#points").uncheck();
  await drawn(page, ({ points }) => points === 0);
  assert.deepEqual(wrong, []);
  await close();
});

test("counts of posts are drawn with their intervals, and a hidden one is not drawn as zero", async () => {
  const hide = (answer) => {
    const node = answer.data?.childcareVolumes?.nodes?.[0];
    if (node) node.mentions = { ...node.mentions, value: null, interval: null, status: "SUPPRESSED", reason: "Fewer than 5 posts." };
    return answer;
  };
  const { page, close } = await open("/?lang=en#childcare", { change: hide });
  await drawn(page);
  const chart = page.locator(".chart-box", { hasText: "Posts by month" });
  await chart.waitFor();
  const [dots, bars, hidden] = await Promise.all([".dot", ".spread", ".hidden-count"].map((part) => chart.locator(part).count()));
  assert.ok(dots >= 12 && dots === bars, `${dots} dots, ${bars} bars`);
  assert.equal(hidden, 1);
  await close();
});

test("under the pointer a figure is explained with its interval, and its numbers can be asked for", async () => {
  const { page, close } = await open("/?lang=en");
  await drawn(page);
  await page.locator(".map-label[data-code='11590680']").hover();
  const said = await page.locator("#figure").innerText();
  assert.match(said, /95% interval: .*%[^]*Estimated/);
  assert.notEqual(await page.locator("#figure h2").innerText(), "The whole district");
  await page.locator(".why summary").first().click();
  assert.match(await page.locator(".formula").innerText(), /\d/);
  await close();
});

test("the licence of the boundaries is on the page", async () => {
  const { page, close } = await open("/?lang=en");
  await drawn(page);
  assert.match(await page.locator("#attribution").innerText(), /SGIS/);
  await close();
});

test("every layer leads to the sentence of the contract that says how its figure is made", async () => {
  const { page, close } = await open("/?lang=en");
  for (const question of ["economy", "childcare", "wifi"]) {
    await page.goto(`${server}/?lang=en#${question}`);
    await drawn(page);
    for (let n = 0; n < (await page.locator("#measures label").count()); n++) {
      await page.locator("#measures label").nth(n).click();
      const link = await page.locator(".provenance a[href^='/docs']").getAttribute("href");
      const said = await (await page.request.get(server + link)).text();
      assert.ok(said.includes(`id="${link.split("#")[1]}"`), `${link} leads nowhere`);
    }
    for (const link of await page.locator(".provenance a[href^='/features']").evaluateAll((links) => links.map((a) => a.getAttribute("href")))) {
      assert.equal((await page.request.get(server + link)).status(), 200, link);
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
