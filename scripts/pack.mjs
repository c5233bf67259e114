// Several chunks of the program in one file: to open and to find forty takes Node longer than to run what is in them.

/**
 * A CommonJS file that is the entry chunk, with further ones in it. Each runs when it is asked for first, and is then known
 * under the path of its own file: a chunk that is not in here asks for that.
 *
 * @param chunks their texts by name: CommonJS, which lies beside the pack
 * @param entry the name of the one among them whose exports are those of the pack
 */
export function packOf(chunks, entry) {
  const parts = [...chunks].map(
    ([name, text]) => `${JSON.stringify(`./${name}`)}(exports,require,module,__filename,__dirname){${text}\n}`,
  );
  return `"use strict";module.exports=(${String(runPart)})({${parts.join(",\n")}},require,__dirname)("./${entry}");\n`;
}

/** It goes into the pack as it is written here. */
function runPart(parts, requireFile, folder) {
  const { Module } = requireFile("node:module");
  const { join } = requireFile("node:path");
  return function require(name) {
    if (!Object.hasOwn(parts, name)) return requireFile(name);
    const file = join(folder, name);
    const known = requireFile.cache[file];
    if (known !== undefined) return known.exports;
    const module = new Module(file);
    requireFile.cache[file] = module;
    try {
      parts[name].call(module.exports, module.exports, require, module, file, folder);
      module.loaded = true;
    } finally {
      // What did not run to its end runs anew when it is asked for again, as files do.
      if (!module.loaded) delete requireFile.cache[file];
    }
    return module.exports;
  };
}
