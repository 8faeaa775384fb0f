// Bundles what the pages and the widget load into dist/, with hashed names and compressed copies, and writes which is which.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const OUT = "dist";
const COMMON = {
  bundle: true,
  minify: true,
  write: false,
  outdir: OUT,
  target: ["chrome111", "firefox115", "safari16.4"],
  legalComments: "none",
};

const pages = await build({
  ...COMMON,
  entryPoints: ["scripts/chat.js", "scripts/document.js", "scripts/finder.js", "styles/site.css"],
  format: "esm",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  metafile: true,
});
// Other sites name this file in their pages, so its name never changes.
const widget = await build({
  ...COMMON,
  entryPoints: ["scripts/widget.js"],
  format: "iife",
  entryNames: "[name]",
  loader: { ".css": "text" },
  plugins: [{
    name: "minified-css-as-text",
    setup({ onLoad }) {
      onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const result = await build({ ...COMMON, entryPoints: [path] });
        return { contents: result.outputFiles[0].text, loader: "text" };
      });
    },
  }],
});

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT);
const manifest = {};
for (const { path, contents } of [...pages.outputFiles, ...widget.outputFiles]) {
  const file = basename(path);
  await writeFile(`${OUT}/${file}`, contents);
  if (!file.endsWith(".woff2")) {
    await writeFile(`${OUT}/${file}.gz`, gzipSync(contents, { level: 9 }));
    await writeFile(`${OUT}/${file}.br`, brotliCompressSync(contents));
  }
  manifest[file.replace(/-[A-Z0-9]{8}(?=\.)/, "")] = file;
}
const icon = await readFile("icon.svg");
const iconFile = `icon-${createHash("sha256").update(icon).digest("hex").slice(0, 8).toUpperCase()}.svg`;
await writeFile(`${OUT}/${iconFile}`, icon);
manifest["icon.svg"] = iconFile;
// The built styles and fonts are handed on together with their terms.
await writeFile(`${OUT}/LICENSE-kern.md`, await readFile("node_modules/@kern-ux/native/LICENSE.md"));
await writeFile(`${OUT}/manifest.json`, JSON.stringify(manifest, null, 2));
