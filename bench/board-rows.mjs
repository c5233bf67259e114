// How soon somebody who looks at the board sees a large fleet, and what a shell does to it.
/* global document, MutationObserver */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { createBigHome } from "./big-home.mjs";
import { converse } from "./conversation.mjs";
import { createHome, fleetProgram, password, sessionOf } from "./home.mjs";
import { medians } from "./measure.mjs";

const many = () => createHome({ hsms: 28, users: 1024 });
const full = () => createBigHome({ hsms: 3, keys: 16_666 });

/** From the address to the table, of as many HSMs and users as a cluster has. */
export async function paintUsers() {
  return paint("28 HSMs x 1,024 users", many());
}

/** The same of three HSMs with as many keys as there is room for at the service. */
export async function paintKeys() {
  return paint("3 HSMs x 16,666 keys", await full());
}

/** From the shell's success to the cell. */
export async function changeUsers() {
  // A cluster that is full of users loses one each time.
  return change("28 HSMs x 1,024 users", many(), (round) => `user${String(1000 - round)}`, "deleteUser CU");
}

/** The same beside many keys. */
export async function changeKeys() {
  return change("3 HSMs x 16,666 keys", await full(), (round) => `new${String(round)}`, "createUser CU");
}

async function paint(size, home) {
  return watching(home, async (page, address) => {
    const [ours, theirs] = await medians(
      10,
      async () => {
        await page.goto(address);
        await page.locator("tr.row").first().waitFor();
      },
      () => page.goto("data:text/html,<title>nothing</title><p>nothing"),
    );
    const what = `The board, first paint, ${size}`;
    return { what, ours, beside: "chromium showing an empty page", theirs, unit: "ms", absoluteAim: 1000 };
  });
}

async function change(size, home, nameOf, command) {
  return watching(home, async (page, address) => {
    await page.goto(address);
    await page.locator("tr.row").first().waitFor();
    const { words, env } = sessionOf(home);
    const ends = (answer) => /(?:aws-cloudhsm>|server0>|\(y\/n\)\?)$/.test(answer);
    const shell = converse(process.execPath, words, env);
    await shell.until(ends);
    await shell.ask(`loginHSM CO admin ${password}`, ends);
    await shell.ask("server 0", ends);
    let round = 0;
    const [ours, theirs] = await medians(
      10,
      async () => {
        const name = nameOf(++round);
        const creates = command.startsWith("create");
        const shown = missing(page, name);
        const answer = await shell.ask(`${command} ${name}${creates ? ` ${password}` : ""}`, ends);
        if (answer.includes("(y/n)?")) await shell.ask("y", ends);
        const begin = performance.now();
        return (await shown) - begin;
      },
      () => shell.ask("info server 0", ends),
    );
    await shell.ask("exit", ends);
    await shell.ask("quit", () => true);
    await shell.end();
    const what = `The board, from a change to its cell, ${size}`;
    return { what, ours, beside: "`info server 0` in the same shell", theirs, unit: "ms", absoluteAim: 1000 };
  });
}

/** When a user is shown as missing somewhere: told by the page itself, for whoever asks it does so now and then only. */
async function missing(page, name) {
  await page.evaluate(
    (user) =>
      new Promise((resolve) => {
        const look = () => {
          const rows = [...document.querySelectorAll("tr.uneven")].filter(({ textContent }) =>
            textContent.includes(user),
          );
          if (rows.some((row) => row.querySelector(".missing") !== null)) resolve();
        };
        const options = { childList: true, subtree: true, characterData: true, attributes: true };
        new MutationObserver(look).observe(document.body, options);
        look();
      }),
    name,
  );
  return performance.now();
}

/** Serves a home, and opens a browser. */
async function watching(home, work) {
  const { env } = sessionOf(home);
  const config = join(home, "cluster.yaml");
  const words = [fleetProgram, "serve", "--port", "0", "--quiet", "--json", "--config", config];
  const server = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "inherit"] });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const said = await new Promise((resolve) => server.stdout.setEncoding("utf8").once("data", resolve));
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    return await work(page, JSON.parse(said).board);
  } finally {
    await browser.close();
    server.kill();
  }
}
