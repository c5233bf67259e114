// The licences of the packages whose code is in dist/, which ask to be in every copy of it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Returns the text of THIRD-PARTY-LICENSES for what an esbuild metafile names. */
export function bundledLicences(root, { inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap((input) => input.match(packageFolder)?.[0] ?? []));
  const parts = [...folders].sort().map((folder) => noticesOf(join(root, folder)));
  return [`dist/ contains code of these ${String(parts.length)} packages.\n`, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

/** The MIT licence without its first lines: as in this project's own. */
const permission = readFileSync(new URL("../LICENSE", import.meta.url), "utf8")
  .replace(/^[^]*?(?=Permission is)/, "")
  .trim();

const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
const notice = /^(licen[cs]e|copying|notice|copyrightnotice)(-mit)?(\.(md|txt))?$/i;

function noticesOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const names = readdirSync(folder).filter((file) => notice.test(file));
  const texts = names.sort().map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (!names.some((file) => /^(licen|copying)/i.test(file))) {
    if (license !== "MIT" || typeof author !== "string") throw new Error(`${name} comes without its licence`);
    // It names the licence, whose text is the same for everybody but for who holds the copyright.
    texts.push(`Copyright (c) ${author}\n\n${permission}`);
  }
  return [`${name} ${version} (${license})`, ...texts].join("\n\n") + "\n";
}
