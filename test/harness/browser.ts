import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { root } from "./program.ts";

/** Debian's chromium, without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** How a page is looked at. */
interface Looking {
  readonly scheme?: "light" | "dark";
  readonly width?: number;
}

/**
 * Opens an address in a window of its own. When the test is over, the page must have asked nobody else for anything, and
 * have complained of nothing.
 *
 * @param expected complaints that belong to the test
 */
export async function openPage(
  browser: Browser,
  address: string,
  looking: Looking = {},
  expected?: RegExp,
): Promise<Page> {
  const { scheme = "light", width = 1320 } = looking;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && expected?.test(message.text()) !== true) complaints.push(message.text());
  });
  await page.goto(address);
  await page.locator("main").waitFor();
  onTestFinished(async () => {
    await context.close();
    const { origin } = new URL(address);
    expect(asked.filter((url) => !url.startsWith(`${origin}/`))).toEqual([]);
    expect(complaints).toEqual([]);
  });
  return page;
}

/** Pictures for the documentation are made only when somebody asks for them: `BOARD_PICTURES=1`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["BOARD_PICTURES"] !== "1") return;
  const folder = join(root, "docs", "board");
  mkdirSync(folder, { recursive: true });
  // A reader has other folders.
  await page.evaluate(
    `for (const code of document.querySelectorAll(".where *, dialog code"))
      code.textContent = code.textContent.replaceAll(/\\/tmp\\/cloudhsm-\\w+/g, "~/class")`,
  );
  // What has just come is marked for a moment.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, scale: "css" });
}
