// Looks at the dashboard with Chromium. What is wrong is printed, and ends it with 1.
// Usage: TOKEN=… node look.mjs PICTURES OPEN-SERVICE GUARDED-SERVICE
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [pictures, open, guarded] = process.argv.slice(2);
const token = process.env.TOKEN;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const day = (ago) => new Date(Date.now() - ago * 86400e3).toISOString().slice(0, 10);

const views = [
  ["light", "/", 200, { colorScheme: "light", viewport: desk }],
  ["dark", "/?range=90d", 200, { colorScheme: "dark", viewport: desk }],
  ["year", "/?range=12m&compare=previous_year&tz=Asia/Kolkata", 200, { colorScheme: "light", viewport: desk }],
  ["phone", "/?range=7d", 200, { colorScheme: "light", viewport: phone }],
  ["phone-dark", "/", 200, { colorScheme: "dark", viewport: phone }],
  ["one-day", `/?from=${day(1)}&last=${day(1)}`, 200, { colorScheme: "light", viewport: phone }],
  ["ten-years", `/?from=${day(3600)}&last=${day(0)}`, 200, { colorScheme: "light", viewport: desk }],
  ["nothing", "/?from=2001-01-01&last=2001-01-31", 200, { colorScheme: "light", viewport: desk }],
  ["wrong", "/?from=2026-02-02&last=2026-02-01&tz=Europe/Lisboa", 400, { colorScheme: "dark", viewport: desk }],
  ["high-contrast", "/", 200, { forcedColors: "active", reducedMotion: "reduce", viewport: desk }],
];

let wrong = 0;
const complain = (view, text) => {
  wrong += 1;
  console.log(`${view}: ${text}`);
};

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

// What the browser itself complains about: its policy, failed requests, requests to others.
const watch = (page, view, status) => {
  page.on("console", (message) => {
    if (!(status >= 400 && message.text().includes(`status of ${status}`))) complain(view, message.text());
  });
  page.on("pageerror", (error) => complain(view, error.message));
  page.on("requestfailed", (request) => complain(view, `${request.url()} failed`));
  page.on("request", (request) => {
    const url = request.url();
    if (![open, guarded].some((ours) => url.startsWith(ours)) && !url.startsWith("data:"))
      complain(view, `asks another host: ${url}`);
  });
};

const accessible = async (page, view) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document));
  for (const violation of found.violations)
    for (const node of violation.nodes) complain(view, `${violation.id}: ${node.target}: ${node.failureSummary}`);
  return found.passes.length;
};

let rules = 0;
for (const [view, where, status, options] of views) {
  const plain = await browser.newContext({ ...options, javaScriptEnabled: false });
  const page = await plain.newPage();
  watch(page, view, status);
  const answer = await page.goto(open + where);
  if (answer.status() !== status) complain(view, `answers ${answer.status()}, and not ${status}`);
  await page.screenshot({ path: path.join(pictures, `${view}.png`), fullPage: true });
  await plain.close();

  // The policy forbids scripts, and axe is one.
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const looked = await context.newPage();
  await looked.goto(open + where);
  rules = Math.max(rules, await accessible(looked, view));
  const fits = await looked.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  if (!fits) complain(view, "is wider than the screen");
  await context.close();
}

// For the manual: the first screen of it.
{
  const context = await browser.newContext({ colorScheme: "light", viewport: { width: 1100, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${open}/?from=${day(20)}&last=${day(0)}`);
  await page.screenshot({ path: path.join(pictures, "manual.png") });
  await context.close();
}

// By keyboard alone: the first stop leads past the head, and every stop is seen.
{
  const context = await browser.newContext({ viewport: desk });
  const page = await context.newPage();
  watch(page, "keyboard", 200);
  await page.goto(open);
  const stops = [];
  for (let stop = 0; stop < 24; stop += 1) {
    await page.keyboard.press("Tab");
    stops.push(
      await page.evaluate(() => {
        const focused = document.activeElement;
        const outline = getComputedStyle(focused).outlineStyle;
        return { name: (focused.textContent || focused.name || "").trim().slice(0, 30), tag: focused.tagName, outline };
      }),
    );
  }
  if (stops[0].name !== "Skip to the content") complain("keyboard", `the first stop is ${JSON.stringify(stops[0])}`);
  // Behind the last stop is the page itself.
  for (const stop of stops.filter((one) => one.tag !== "BODY")) if (stop.outline === "none") complain("keyboard", `nothing shows ${JSON.stringify(stop)}`);
  for (const wanted of ["7 days", "12 months", "Show"])
    if (!stops.some((stop) => stop.name === wanted)) complain("keyboard", `${wanted} cannot be reached`);
  await page.goto(open);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  if (!page.url().endsWith("#content")) complain("keyboard", "the first stop leads nowhere");
  await context.close();
}

// The form keeps the range in the URL, and one signs in and out.
{
  const context = await browser.newContext({ viewport: desk });
  const page = await context.newPage();
  watch(page, "sign-in", 401);
  const answer = await page.goto(guarded);
  if (answer.status() !== 401) complain("sign-in", `answers ${answer.status()}`);
  await page.screenshot({ path: path.join(pictures, "sign-in.png"), fullPage: true });
  await page.fill("#token", token);
  await page.click("text=Sign in >> nth=-1");
  await page.waitForSelector("text=Signed in as");
  const cookies = await context.cookies();
  if (!cookies.every((one) => one.httpOnly && one.sameSite === "Strict")) complain("sign-in", JSON.stringify(cookies));
  await page.fill("input[name=from]", day(9));
  await page.click("text=Show");
  await page.waitForURL((url) => url.searchParams.get("from") === day(9));
  await page.waitForSelector("text=Signed in as");
  await page.click("text=Sign out");
  await page.waitForSelector("#token");
  if ((await context.cookies()).length > 0) complain("sign-in", "the cookie is still there");
  await context.close();
  const other = await browser.newContext({ viewport: phone, bypassCSP: true, colorScheme: "dark" });
  const form = await other.newPage();
  await form.goto(guarded);
  await accessible(form, "sign-in");
  await form.screenshot({ path: path.join(pictures, "sign-in-phone.png"), fullPage: true });
  await other.close();
}

await browser.close();
console.log(`${views.length} views, ${rules} rules of axe-core passed on the fullest of them, ${wrong} things wrong`);
process.exit(wrong > 0 ? 1 : 0);
