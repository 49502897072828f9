// The page in a real browser, against a real server with the demo. script/test-page starts both.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
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
async function open(path, { viewport = DESK, change, ...more } = {}) {
  const context = await browser.newContext({ viewport, locale: "ko-KR", ...more });
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

/** Opens "what if" of a question, and waits for its first plan. */
async function whatIf(address = "/?lang=en#wifi") {
  const opened = await open(address);
  const { page } = opened;
  await drawn(page, ({ spots }) => spots > 2);
  await page.locator("#what-if > summary").click();
  const rows = async () => Object.fromEntries(await page.locator("#plan-said dt").evaluateAll((names) => names.map((name) => [name.textContent, name.nextElementSibling.textContent])));
  /** Does something, and gives the plan that comes of it. */
  const after = async (act) => {
    const before = await page.locator("#plan-said").innerText();
    await act();
    await page.waitForFunction((said) => {
      const box = document.getElementById("plan-said");
      return !["", said].includes(box.innerText) && !box.hasAttribute("aria-busy");
    }, before);
    return rows();
  };
  return { ...opened, after, first: await after(async () => {}) };
}
const amount = (text) => parseFloat(text.replaceAll(",", ""));

test("every term of what-if changes the plan of Wi-Fi, and the way back leads to the published settings", async () => {
  const { page, wrong, close, after, first } = await whatIf();
  const covered = (plan) => amount(plan["Demand covered"]);
  assert.equal(first["Sites that the published ranking has too"].split(" / ")[1], first["Number of sites"]);
  assert.match(first["People that both would reach"], /%$/);
  assert.match(first["Demand lost to a minimum in each neighbourhood"], /^at least 1: [\d.]+%/);
  assert.ok(amount(first["No plan can exceed"]) >= covered(first));
  const wider = await after(() => page.locator("#plan-radiusM").fill("200"));
  assert.ok(covered(wider) > covered(first));
  assert.deepEqual(await after(() => page.locator("#as-published").click()), first);
  const uncounted = await after(() => page.locator("#plan-existing").uncheck());
  assert.ok(covered(uncounted) > covered(first));
  const spread = await after(() => page.locator("#plan-minimum").fill("1"));
  assert.ok(covered(spread) < covered(uncounted));
  await page.locator(".rare > summary").click();
  const heavy = await after(() => page.locator("#plan-requestWeight").fill("500"));
  assert.ok(covered(heavy) > covered(spread));
  const evening = await after(() => page.locator("#plan-fromHour").fill("18"));
  assert.ok(covered(evening) < covered(heavy));
  const backup = await after(() => page.locator("#plan-second").fill("0.5"));
  assert.ok(covered(backup) < covered(evening));
  const weekend = await after(() => page.locator("[name='plan-days'][value='weekend']").check({ force: true }));
  assert.notEqual(covered(weekend), covered(backup));
  const fewer = await after(() => page.locator("#plan-kinds input").first().uncheck());
  assert.ok(covered(fewer) < covered(weekend));
  await after(() => page.locator("#as-published").click());
  const five = await after(() => page.locator("#plan-sites").fill("5"));
  assert.equal(five["Number of sites"], "5");
  assert.equal((await drawn(page, ({ spots }) => spots === 5)).spots, 5);
  assert.equal(await page.locator(".table-box").first().locator("tbody tr").count(), 5);
  const cheap = await after(async () => {
    await page.locator("[name='plan-by'][value='budget']").check({ force: true });
    await page.locator("#plan-budget").fill("9000000");
  });
  assert.ok(amount(cheap["Number of sites"]) <= 3);
  const rich = await after(() => page.locator("#plan-budget").fill("60000000"));
  const fair = await after(() => page.locator("#plan-minimum").fill("1"));
  assert.ok(covered(fair) < covered(rich));
  assert.deepEqual(wrong, []);
  await close();
});

test("a site that is clicked can be left out of the plan or put into it, and let go again", async () => {
  for (const [address, sum] of [["/?lang=en#wifi", "Demand covered"], ["/?lang=en#childcare", "Unserved children newly reached"]]) {
    const { page, wrong, close, after, first } = await whatIf(address);
    const names = () => page.locator(".table-box").first().locator(".row-name").allInnerTexts();
    const best = (await names())[0].replace(/^1\. /, "");
    await page.locator(".table-box").first().locator(".row-name").first().click();
    const without = await after(() => page.getByRole("button", { name: "Leave out of the plan" }).click());
    assert.ok(amount(without[sum]) < amount(first[sum]), address);
    assert.ok(!(await names()).some((name) => name.endsWith(best)));
    assert.deepEqual(await after(() => page.locator(".chips.excluded button").click()), first);
    assert.deepEqual(wrong, []);
    await close();
  }
});

test("every term of what-if changes the plan of childcare", async () => {
  const { page, wrong, close, after, first } = await whatIf("/?lang=en#childcare");
  const covered = (plan) => amount(plan["Unserved children newly reached"]);
  assert.equal(first["Sites that the default terms choose too"], "3 / 3");
  const more = await after(() => page.locator("#plan-sites").fill("5"));
  assert.ok(covered(more) > covered(first));
  const wide = await after(() => page.locator("#plan-reachM").fill("1500"));
  assert.ok(covered(wide) > covered(more));
  const apart = await after(() => page.locator("#plan-apartM").fill("2000"));
  assert.ok(covered(apart) <= covered(wide));
  const cheap = await after(async () => {
    await page.locator("#plan-limited").check();
    await page.locator("#plan-budget").fill("400000000");
  });
  assert.ok(covered(cheap) < covered(apart));
  const hourly = await after(() => page.locator("[name='plan-care'][value='PART_TIME']").check({ force: true }));
  assert.notEqual(hourly["Unserved children of the district"], cheap["Unserved children of the district"]);
  assert.deepEqual(wrong, []);
  await close();
});

test("terms that cannot be met are said in the server's words, and nothing else is shown as their plan", async () => {
  const { page, close, after } = await whatIf();
  await after(async () => {
    await page.locator("#plan-sites").fill("3");
    await page.locator("#plan-minimum").fill("1");
  });
  assert.match(await page.locator("#plan-said").innerText(), /cannot be met/);
  assert.equal((await drawn(page, ({ spots }) => spots === 0)).spots, 0);
  await close();
});

test("the address keeps the terms of what-if and the layers, and brings them back", async () => {
  const { page, close, after } = await whatIf();
  await page.locator("#layer-candidates").check();
  const plan = await after(async () => {
    await page.locator("#plan-radiusM").fill("150");
    await page.locator("#plan-minimum").fill("1");
  });
  const address = page.url();
  assert.match(address, /layers=sites,candidates&whatif&radiusM=150&minimum=1#wifi/);
  const again = await open(address.slice(server.length));
  await drawn(again.page, ({ points, spots }) => points > 100 && spots > 10);
  await again.page.waitForFunction(() => document.querySelectorAll("#plan-said dt").length > 8);
  assert.equal(await again.page.locator("#plan-said dd").nth(1).innerText(), plan["Demand covered"]);
  assert.equal(await again.page.locator("#plan-radiusM").inputValue(), "150");
  await Promise.all([close(), again.close()]);
});

test("points of every layer can be laid over the map, and hidden again", async () => {
  for (const [question, layer, least] of [["wifi", "access-points", 100], ["wifi", "candidates", 500], ["childcare", "care-centres", 100]]) {
    const { page, wrong, close } = await open(`/?lang=en#${question}`);
    assert.equal((await drawn(page)).points, 0);
    await page.locator(`#layer-${layer}`).check();
    assert.ok((await drawn(page, ({ points }) => points > least)).spots > 2);
    await page.locator(`#layer-${layer}`).uncheck();
    await drawn(page, ({ points }) => points === 0);
    assert.deepEqual(wrong, []);
    await close();
  }
});

test("cells of the people present have a legend of their own, and the one under the pointer is explained", async () => {
  const { page, wrong, close } = await open("/?lang=en#wifi");
  await drawn(page);
  const areas = await page.locator(".legend-title").innerText();
  await page.locator("#layer-demand").check();
  await drawn(page, ({ cells }) => cells > 500);
  assert.notEqual(await page.locator(".legend-title").innerText(), areas);
  await page.locator("#layer-sites").uncheck();
  const box = await page.locator("#map").boundingBox();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.5);
  await page.locator("#figure", { hasText: "person-hours on a weekday" }).waitFor();
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

test("what not everybody knows of a number is said beside it", async () => {
  const { page, close } = await open("/?lang=en#wifi");
  await drawn(page);
  const said = await page.locator("#figure").innerText();
  assert.match(said, /people present times the hours/);
  // Masked counts give bounds, which are no matter of confidence.
  assert.match(said, /The true value lies within: [\d,]+ to [\d,]+/);
  assert.doesNotMatch(said, /100% interval/);
  await close();
});

test("a link at the top leads to the forms, those of the question first", async () => {
  for (const [question, title] of [["economy", "ideas-title"], ["wifi", "filings-title"]]) {
    const { page, close } = await open(`/?lang=en#${question}`);
    await drawn(page);
    await page.locator("#idea .send").waitFor();
    const address = page.url();
    await page.getByRole("link", { name: "Take part" }).press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-labelledby")), title);
    assert.equal(page.url(), address);
    await close();
  }
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
    await page.locator("#ideas .filings").waitFor();
    const cut = await page.locator(".wide").evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.getAttribute("aria-label")));
    assert.deepEqual(cut, [], `${address} has tables that are cut off`);
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

/** What axe-core calls serious or critical. */
async function obstacles(page) {
  const found = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ["violations"] })`);
  const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`)]);
}

test("nobody who works with a screen reader, the keyboard or weak eyes meets a serious obstacle", async () => {
  for (const address of ["/?lang=en", "/?lang=ko#childcare", "/?lang=en&layers=sites,access-points,demand&whatif#wifi", "/?lang=ko&whatif#childcare"]) {
    const { page, close } = await open(address);
    await drawn(page);
    await page.locator("#idea .send").waitFor();
    await page.waitForTimeout(800);
    assert.deepEqual(await obstacles(page), [], address);
    await close();
  }
});

test("an answer that fails leaves nothing of another question behind, and can be asked for again", async () => {
  let away = false;
  const { page, close } = await open("/?lang=en");
  await drawn(page);
  await page.route("**/graphql", (route) => (away ? route.fulfill({ status: 503, contentType: "application/json", body: '{"errors":[{"message":"The database cannot be reached."}]}' }) : route.fallback()));
  away = true;
  await page.locator(".tab.childcare").click();
  await page.locator("#state", { hasText: "The database cannot be reached." }).waitFor();
  assert.equal(await page.locator("#view").isVisible(), false);
  assert.equal(await page.locator("#tables tr").count(), 0);
  away = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForFunction(() => document.getElementById("state").innerText === "");
  await drawn(page);
  assert.ok((await page.locator("#tables tr").count()) > 15);
  await close();
});

test("without a publication the page says so, and draws no zero", async () => {
  const empty = (answer) => {
    for (const name of Object.keys(answer.data ?? {})) if (name !== "neighbourhoods") answer.data[name] = null;
    return answer;
  };
  const { page, wrong, close } = await open("/?lang=en", { change: empty });
  await page.locator("#figure", { hasText: "No analysis has been published yet." }).waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), /\d%/);
  assert.deepEqual(wrong, []);
  await close();
});

test("a reader is told when the network is away, and when answers are kept ones", async () => {
  const stale = (answer) => ({ ...answer, extensions: { ...answer.extensions, stale: true, ageSeconds: 90 } });
  const { page, close } = await open("/?lang=en", { change: stale });
  await drawn(page);
  assert.match(await page.locator("#notice").innerText(), /kept answers, 90 s old/);
  await page.context().setOffline(true);
  await page.locator("#notice", { hasText: "You are offline" }).waitFor();
  await close();
});

test("the table that is shown can be saved, with the status and the run of each figure", async () => {
  const { page, close } = await open("/?lang=en");
  await drawn(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "This table as CSV" }).first().click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString("utf8").split("\r\n");
  assert.ok(lines[0].startsWith("\ufeffCode,Name,"));
  assert.equal(lines.length, 17, "a head, the district and fifteen neighbourhoods");
  assert.match(lines[1], /,Estimated,.*,yes$/);
  await close();
});

test("nothing that stands on the page jumps while it loads", async () => {
  for (const address of ["/?lang=en", "/?lang=ko#childcare", "/?lang=en#wifi"]) {
    const { page, close } = await open("/schema.graphql");
    await page.addInitScript(() => {
      [window.shifted, window.moved] = [0, []];
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) { window.shifted += entry.value; window.moved.push(...entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName)); } }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(server + address);
    await drawn(page);
    await page.waitForTimeout(800);
    const [shifted, moved] = await page.evaluate(() => [window.shifted, window.moved]);
    assert.ok(shifted < 0.1, `${address} shifts by ${shifted}: ${moved}`);
    await close();
  }
});

test("who wants no motion sees none", async () => {
  const { page, close } = await open("/?lang=en", { reducedMotion: "reduce" });
  await drawn(page);
  const moving = await page.evaluate(() => document.getAnimations().length + [...document.querySelectorAll("*")].filter((element) => getComputedStyle(element).transitionDuration !== "0s").length);
  assert.equal(moving, 0);
  await close();
});

test("on the Korean page only names and codes are written in Latin letters", async () => {
  for (const address of ["/?lang=ko", "/?lang=ko&whatif#childcare", "/?lang=ko&layers=sites,demand&whatif#wifi"]) {
    const { page, close } = await open(address);
    await drawn(page);
    await page.waitForTimeout(800);
    for (const id of ["measures", "legend", "figure", "charts", "tables", "back", "ideas"]) {
      const said = await page.locator(`#${id}`).innerText();
      const foreign = (said.match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !["CSV", "SGIS", "https", "sgis", "kostat", "detour"].includes(word));
      assert.deepEqual(foreign, [], `${address} #${id}`);
    }
    await close();
  }
});

test("a request is filed at a place that is picked on the map, what is wrong stands beside its field, and it can be withdrawn", async () => {
  for (const [lang, outside, filed, withdrawn] of [["en", /outside/i, /Keep this receipt/, /was withdrawn/], ["ko", /밖/, /접수증을 보관/, /거두었습니다/]]) {
    const { page, wrong, close } = await open(`/?lang=${lang}#wifi`);
    await drawn(page);
    const place = page.locator("#request-place");
    await place.fill("here");
    await page.locator("#request .send").click();
    assert.notEqual(await page.locator("#request-place-error").innerText(), "");
    assert.equal(await place.getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.id), "request-place");
    await place.fill("37.6, 127.1");
    await page.locator("#request .send").click();
    await page.locator("#request-place-error", { hasText: outside }).waitFor();
    await page.locator("#request .quiet").click();
    await page.locator(".maplibregl-canvas").click({ position: { x: 420, y: 260 } });
    assert.match(await place.inputValue(), /^37\.\d+, 126\.\d+$/);
    await page.locator("#request-reason").fill("The square behind the library has none.");
    // Another figure on the map must not empty a form that is half filled in.
    await page.locator("#measures label").nth(1).click();
    assert.match(await page.locator("#request-reason").inputValue(), /library/);
    await page.locator("#request .send").click();
    await page.locator("#request .outcome", { hasText: filed }).waitFor();
    assert.equal(await place.inputValue(), "");
    await page.locator("#withdraw-receipt").fill("nothing");
    await page.locator("#withdraw .send").click();
    await page.waitForFunction(() => document.getElementById("withdraw-receipt-error").innerText !== "");
    await page.locator("#withdraw-receipt").fill(await page.locator("#request .receipt").innerText());
    await page.locator("#withdraw .send").click();
    await page.locator("#withdraw .outcome", { hasText: withdrawn }).waitFor();
    assert.deepEqual(wrong, []);
    await close();
  }
});

/** What the API answers to whoever decides for the district. */
async function asDistrict(query, variables = {}) {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${process.env.DONGJAK_PAGE_KEY}` };
  const answer = await (await fetch(`${server}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) })).json();
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return answer.data;
}

test("an idea is filed while a call is open, shown once the district has decided so, and can be withdrawn", async () => {
  for (const [lang, missing, filed, withdrawn] of [["en", /must be written/, /Keep this receipt/, /was withdrawn/], ["ko", /적어야/, /접수증을 보관/, /거두었습니다/]]) {
    const { page, wrong, close } = await open(`/?lang=${lang}`);
    await drawn(page);
    await page.locator("#ideas", { hasText: lang === "en" ? "Our streets, from data" : "데이터로 푸는 우리 동네" }).waitFor();
    await page.locator("#idea .send").click();
    await page.locator("#idea-title-error", { hasText: missing }).waitFor();
    assert.deepEqual(await page.locator("#idea [aria-invalid='true']").evaluateAll((fields) => fields.map(({ name }) => name)), ["title", "description", "publicData"]);
    assert.equal(await page.evaluate(() => document.activeElement.id), "idea-title");
    const title = `Lamps where people walk at night (${lang})`;
    await page.locator("#idea-topic").selectOption("SAFETY");
    await page.locator("#idea-title").fill(title);
    await page.locator("#idea-description").fill("Ask me under 02-820-1234.");
    await page.locator("#idea-publicData").fill("생활인구, 보안등\n버스정류소");
    // Another question must not empty a form that is half filled in.
    await page.locator(".tab.wifi").click();
    await page.locator("#request .send").waitFor();
    assert.equal(await page.locator("#idea-title").inputValue(), title);
    await page.locator("#idea .send").press("Enter");
    await page.locator("#idea .outcome", { hasText: filed }).waitFor();
    assert.equal(await page.locator("#idea [aria-invalid='true']").count(), 0);
    const receipt = await page.locator("#idea .receipt").innerText();
    const { policyIdeas } = await asDistrict("{ policyIdeas(filter: {state: WAITING}, first: 1) { nodes { id title topic publicData privateData } } }");
    const [{ id: idea, ...rest }] = policyIdeas.nodes;
    assert.deepEqual(rest, { title, topic: "SAFETY", publicData: ["생활인구", "보안등", "버스정류소"], privateData: [] });
    const input = { idempotencyKey: `page-${lang}-${Date.now()}`, idea, decision: "PUBLISH", note: "Thank you." };
    await asDistrict("mutation ($input: ModeratePolicyIdeaInput!) { moderatePolicyIdea(input: $input) { userErrors { code } } }", { input });
    await page.reload();
    const shown = page.locator(".ideas li", { hasText: title });
    await shown.locator("summary").press("Enter");
    assert.match(await shown.innerText(), /\[전화\][^]*생활인구, 보안등, 버스정류소[^]*Thank you\./);
    assert.doesNotMatch(await shown.innerText(), /820-1234/);
    await page.locator("#withdraw-idea .send").click();
    await page.waitForFunction(() => document.getElementById("withdraw-idea-receipt-error").innerText !== "");
    assert.deepEqual(await obstacles(page), []);
    await page.locator("#withdraw-idea-receipt").fill(receipt);
    await page.locator("#withdraw-idea .send").click();
    await page.locator("#withdraw-idea .outcome", { hasText: withdrawn }).waitFor();
    assert.equal(await shown.count(), 0);
    assert.deepEqual(wrong, []);
    await close();
  }
});

test("while no call is open the page says so and when the next one opens, and shows no form", async () => {
  const closed = (answer) => {
    for (const call of answer.data?.policyIdeaCalls ?? []) Object.assign(call, { isOpen: false, opensOn: "2999-04-05" });
    return answer;
  };
  const { page, close } = await open("/?lang=en", { change: closed });
  await drawn(page);
  await page.locator("#ideas", { hasText: /No call is open[^]*5 Apr 2999/ }).waitFor();
  assert.equal(await page.locator("#idea").count(), 0);
  await close();
});
