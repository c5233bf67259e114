import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, picture } from "../harness/browser.ts";
import { isMissing } from "../harness/debian.ts";
import { temporaryFolder } from "../harness/program.ts";
import { startServing } from "../harness/serving.ts";
import { cluster, emptyHome, quit, shell } from "../harness/three-hsms.ts";

const login = "loginHSM CO admin co12345";

describe.skipIf(isMissing("chromium"))("the board in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  /** Serves a home with three HSMs, which a shell has made and works on. */
  async function served(...commands: readonly string[]) {
    const start = emptyHome();
    const typed = await shell(start, ...commands);
    const serving = await startServing(start.home, ["--config", start.words[0] ?? ""]);
    const [address = ""] = /http:\S+\?token=\S+/.exec(serving.stdout()) ?? [];
    return { start, typed, address, serving };
  }

  /** The cell of a row below an HSM, 0 is the first. */
  const cell = (page: Page, row: string, hsm: number) =>
    page
      .getByRole("row", { name: new RegExp(`^${row} `) })
      .locator("td")
      .nth(hsm);

  const head = (page: Page, name: string) => page.getByRole("columnheader", { name });

  test("shows what a shell does, and the lines that mend it mend it", async () => {
    const { typed, address } = await served(login);
    const page = await openPage(browser, address);
    expect(page.url()).not.toContain("token");
    await head(page, "server 0").getByText("admin (CO)").waitFor();
    expect(await cell(page, "admin", 1).textContent()).toBe("logged in");
    expect(await cell(page, "alice", 1).textContent()).toBe("in step");
    await typed.command("server 1");
    await typed.say("createUser CU dora dora12345");
    await typed.say("y");
    await cell(page, "dora", 2).getByText("missing").waitFor();
    expect(await cell(page, "dora", 1).textContent()).toBe("in step");
    await typed.say("changePswd CU alice other12345");
    await typed.say("y");
    await cell(page, "alice", 1).getByText("other password").waitFor();
    await picture(page, "drift");
    await cell(page, "dora", 0).getByRole("button").click();
    const dialog = page.getByRole("dialog");
    await picture(page, "mending");
    const lines = (await dialog.locator("pre").last().textContent())?.split("\n") ?? [];
    expect(lines).toEqual(["server 1", "syncUser 4 0", "syncUser 4 2", "exit"]);
    await typed.say("exit");
    for (const line of lines) await typed.say(line);
    await dialog.getByText("In step on all HSMs that are up.").waitFor();
    await page.keyboard.press("Escape");
    expect(await cell(page, "dora", 2).textContent()).toBe("in step");
    await page
      .getByRole("region", { name: /Events/ })
      .getByText("INSERT_MASKED_OBJECT_USER")
      .first()
      .waitFor();
    await quit(typed);
    await cell(page, "admin", 1).getByText("in step").waitFor();
  });

  test("sets a fault that the running shell meets, and clears it", async () => {
    const { typed, address } = await served(login);
    const page = await openPage(browser, address);
    await head(page, "server 1").getByRole("button").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Kind").selectOption("refuse");
    await dialog.getByLabel("Command").selectOption("createUser");
    await dialog.getByLabel("Code").selectOption("USER_LOCKED");
    await dialog.getByRole("button", { name: "Set fault" }).click();
    await dialog.getByText("Done: fault 1 is set").waitFor();
    await page.keyboard.press("Escape");
    await head(page, "server 1").getByText("1 fault").waitFor();
    await typed.say("createUser CU eve eve12345");
    expect(await typed.say("y")).toContain("User is locked");
    await page
      .getByRole("region", { name: /Events/ })
      .locator(".refused")
      .first()
      .waitFor();
    await typed.say("I");
    await cell(page, "eve", 1).getByText("missing").waitFor();
    await page.getByRole("button", { name: "Clear fault 1" }).click();
    await page.getByText("Done: fault 1 is cleared").waitFor();
    await quit(typed);
  });

  test("stops, starts and destroys an HSM", async () => {
    const { typed, address } = await served();
    // A change that is refused is a failed request, too.
    const page = await openPage(browser, address, {}, /409/);
    await head(page, "server 2").getByRole("button").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Stop" }).click();
    await dialog.getByRole("button", { name: "Start" }).waitFor();
    expect(await cell(page, "alice", 2).textContent()).toBe("stopped");
    await dialog.getByRole("button", { name: "Start" }).click();
    await dialog.getByRole("button", { name: "Stop" }).waitFor();
    await typed.say(login);
    await dialog.getByRole("button", { name: "Destroy" }).click();
    await dialog.getByRole("button", { name: "Destroy hsm-c for good" }).click();
    await dialog.getByText("Refused: a shell has the HSM at h2:2225 open").waitFor();
    await quit(typed);
    await dialog.getByRole("button", { name: "Destroy" }).click();
    await dialog.getByRole("button", { name: "Destroy hsm-c for good" }).click();
    await dialog.getByText("cloudhsm-sim hsm replace hsm-c").waitFor();
    await page.keyboard.press("Escape");
    expect(await cell(page, "alice", 2).textContent()).toBe("destroyed");
  });

  test("starts a drill, and its goals turn green as somebody masters it", async () => {
    const { address, start, typed } = await served();
    await quit(typed);
    const page = await openPage(browser, address, { scheme: "dark" });
    await page.getByText("Start a drill").click();
    await page.getByRole("button", { name: "Start drill officer-on-one-hsm" }).click();
    const drill = page.getByRole("article", { name: "Drill officer-on-one-hsm" });
    await drill.getByText("2 of 4 goals").waitFor();
    await drill.getByRole("button", { name: "Hint (3 left)" }).click();
    await drill.getByText("Note the ID of officer2").waitFor();
    const folder = join(start.home, "..", "drill-officer-on-one-hsm");
    const shown = await page.locator(".home").last().locator("code").textContent();
    expect(shown).toBe(`cloudhsm_mgmt_util --home ${folder}/hsms ${folder}/cloudhsm_mgmt_util.cfg`);
    await page.getByText("Start a drill").click();
    await picture(page, "drill");
    const rehearsing = await shell(
      { home: join(folder, "hsms"), words: [join(folder, "cloudhsm_mgmt_util.cfg")] },
      login,
      "server 0",
      "syncUser 4 1",
    );
    await drill.getByText("hsm-drillonec4n: officer2 is not there").waitFor();
    await drill.getByText("hsm-drilloneb3m: officer2 is not there").waitFor({ state: "detached" });
    await rehearsing.say("syncUser 4 2");
    await drill.getByText("mastered").waitFor();
    expect(await drill.locator(".met").count()).toBe(4);
    await rehearsing.say("exit");
    await quit(rehearsing);
    await drill.getByRole("button", { name: "Begin anew" }).click();
    await drill.getByText("2 of 4 goals").waitFor();
  });

  test("changes nothing with a wrong token, none, or from another origin", async () => {
    const { address, serving, typed } = await served();
    await quit(typed);
    const wrong = await openPage(browser, `${serving.url}/?token=wrong`, {}, /401/);
    await head(wrong, "server 0").getByRole("button").click();
    await wrong.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
    await wrong.getByRole("dialog").getByRole("alert").getByText("Refused: the token is missing or wrong").waitFor();
    const looking = await openPage(browser, serving.url);
    await looking.getByText("Looking only").waitFor();
    await head(looking, "server 0").getByRole("button").click();
    expect(await looking.getByRole("dialog").getByRole("button", { name: "Stop" }).isDisabled()).toBe(true);
    const context = await browser.newContext();
    const foreign = await context.newPage();
    await foreign.goto(serving.url.replace("127.0.0.1", "localhost"));
    const token = new URL(address).searchParams.get("token") ?? "";
    const sent = foreign.evaluate(
      async ([url, secret]) => {
        const request = { method: "POST", headers: { "content-type": "application/json", "x-board-token": secret } };
        return (await fetch(url, { ...request, body: '{"home":"home","hsm":"hsm-a"}' })).status;
      },
      [`${serving.url}/board/stop`, token] as const,
    );
    await expect(sent).rejects.toThrow("Failed to fetch");
    await context.close();
    await head(looking, "server 0").getByText("stopped").waitFor({ state: "detached" });
    expect(await cell(looking, "alice", 0).textContent()).toBe("in step");
  });

  test("is walked through by keyboard alone, and says in words what it shows", async () => {
    const folder = temporaryFolder();
    const config = join(folder, "cluster.yaml");
    writeFileSync(
      config,
      cluster.replace(
        "hostname: h2 }",
        "hostname: h2, users: [{ id: 9, type: CU, name: zoe, password: zoe123456, loginFailures: 5 }] }",
      ),
    );
    const typed = await shell({ words: [config], home: join(folder, "home") });
    await quit(typed);
    const serving = await startServing(join(folder, "home"), ["--config", config]);
    const [address = ""] = /http:\S+\?token=\S+/.exec(serving.stdout()) ?? [];
    const page = await openPage(browser, address, {}, /Failed to load resource|ERR_/);
    const focused = () =>
      page.evaluate<string>("document.activeElement.ariaLabel ?? document.activeElement.textContent");
    /** Goes on by Tab until what has the focus is called so. */
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press("Tab");
        if (name.test(await focused())) return;
      }
      throw new Error(`Tab does not lead to ${String(name)}`);
    };
    await tabTo(/^Skip to the HSMs/);
    await tabTo(/^server 1/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "hsm-b, server 1" }).waitFor();
    await tabTo(/^Stop$/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Done: hsm-b at h1:2225 is stopped").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused).toMatch(/^server 1/);
    await page.getByRole("status").getByText("hsm-b is stopped").waitFor();
    await tabTo(/^server 2/);
    await page.keyboard.press("Enter");
    await tabTo(/^Destroy/);
    await page.keyboard.press("Enter");
    // What does no harm is nearest.
    await expect.poll(focused).toBe("Keep it");
    await page.keyboard.press("Enter");
    await expect.poll(focused).toMatch(/^Destroy/);
    await page.keyboard.press("Escape");
    await expect.poll(focused).toMatch(/^server 2/);
    await tabTo(/^zoe on server 0: missing/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "zoe (CU 9)" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused).toMatch(/^zoe on server 0/);
    expect(await page.getByRole("rowheader", { name: "zoe" }).count()).toBe(1);
    expect(await cell(page, "zoe", 2).textContent()).toBe("locked");
    expect(await page.getByRole("columnheader").first().textContent()).toContain("server 0");
    // Without a server the page says that it is one of before.
    serving.signal("SIGKILL");
    await page.getByRole("alert").getByText("Nobody answers").waitFor();
  });
});
