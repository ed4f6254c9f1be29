// Builds static/dist from assets/sass, assets/scripts and Leaflet:  node assets/build.mjs
//
// Each sheet is written twice, for left-to-right and right-to-left pages; a script once, its comments and indents
// left out; Leaflet as it came. Names carry a hash of the bytes, so that a phone may keep a file for ever. manifest.json maps the plain name to that
// name: {"app.css": "app.1a2b3c4d5e.css", "app.rtl.css": ...}. It is replaced in one step at the end, so
// a server starting meanwhile sees the old set or the new one, never half of each.
//
// The build stops, exit status 1, when a sheet asks for a font, a picture or another sheet (every public
// page is complete in our own bytes), when a script would keep something in the browser, or when either outgrows its
// budget.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import rtlcss from "rtlcss";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "static", "dist");

// Bytes after gzip. first.css travels inside the survey's first page, which must fit one round trip.
const BUDGET = { "first.css": 4_096, "app.css": 14_600, "staff.css": 20_000, "map.css": 4_096 };

// A map has no direction of writing: north is up and west is left.
const UNTURNED = new Set(["map.css"]);

// Other people's scripts: where they are, and how much of them a phone is asked to take.
const FETCHED = { "leaflet.js": [join("leaflet", "dist", "leaflet.js"), 45_000] };

const SCRIPT_BUDGET = 2_048;

const FORBIDDEN_IN_SCRIPTS = [
  [/localStorage|indexedDB|document\.cookie|serviceWorker|caches\./, "keeps something in the browser"],
  [/\beval\b|new Function|innerHTML|outerHTML|document\.write/, "makes code or page out of text"],
  [/\bimport\b|https?:/, "asks for something from elsewhere"],
];

const FORBIDDEN = [
  [/url\(/i, "asks for another file by url()"],
  [/@font-face/i, "ships a font to a phone"],
  [/@import/i, "imports another sheet"],
  [/GDS Transport/i, "names a font licensed for gov.uk only"],
  [/<\/style/i, "would end the style element that carries it"],
];

function compile(name) {
  const source = join(root, "assets", "sass", name.replace(/\.css$/, ".scss"));
  const { css } = sass.compile(source, {
    charset: false,
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
    style: "compressed",
  });
  return ascii(UNTURNED.has(name) ? withoutPictures(css.trim()) : css.trim());
}

// Leaflet's sheet points at pictures of marks and buttons that we do not use.
function withoutPictures(css) {
  return css.replace(/[\w-]+:\s*url\([^)]*\)[^;}]*;?/g, "");
}

// The few letters beyond ASCII stand in quoted content, where CSS reads an escape: the sheet then means the
// same in whatever encoding it is served.
function ascii(css) {
  return css.replace(/[^\x00-\x7f]/gu, (letter) => `\\${letter.codePointAt(0).toString(16)} `);
}

function faults(name, css, packed) {
  const found = FORBIDDEN.filter(([pattern]) => pattern.test(css)).map(([, fault]) => `${name} ${fault}`);
  const budget = BUDGET[name.replace(".rtl.css", ".css")];
  if (packed > budget) found.push(`${name} is ${packed} bytes after gzip, over its budget of ${budget}`);
  return found;
}

const sheets = new Map();
for (const name of Object.keys(BUDGET)) {
  const css = compile(name);
  sheets.set(name, css);
  sheets.set(name.replace(/\.css$/, ".rtl.css"), UNTURNED.has(name) ? css : rtlcss.process(css));
}

// Whole lines of comment and indents go; nothing within a line is touched, so the script stays what was written.
function lean(source) {
  const lines = source.split("\n").map((line) => line.trim());
  return `${lines.filter((line) => line !== "" && !line.startsWith("//")).join("\n")}\n`;
}

const scripts = new Map();
const scriptFolder = join(root, "assets", "scripts");
for (const name of readdirSync(scriptFolder).filter((name) => name.endsWith(".js"))) {
  scripts.set(name, lean(readFileSync(join(scriptFolder, name), "utf8")));
}

const fetched = new Map();
for (const [name, [path]] of Object.entries(FETCHED)) {
  fetched.set(name, readFileSync(join(root, "node_modules", path), "utf8").replace(/\n\/\/# sourceMappingURL=.*/, ""));
}

const manifest = {};
const problems = [];
mkdirSync(dist, { recursive: true });
for (const [name, script] of [...scripts, ...fetched]) {
  const packed = gzipSync(script, { level: 9 }).length;
  const budget = FETCHED[name]?.[1] ?? SCRIPT_BUDGET;
  const forbidden = fetched.has(name) ? FORBIDDEN_IN_SCRIPTS.slice(0, 1) : FORBIDDEN_IN_SCRIPTS;
  for (const [pattern, fault] of forbidden) if (pattern.test(script)) problems.push(`${name} ${fault}`);
  if (packed > budget) problems.push(`${name} is ${packed} bytes after gzip, over its budget of ${budget}`);
  const digest = createHash("sha256").update(script).digest("hex").slice(0, 10);
  manifest[name] = name.replace(/\.js$/, `.${digest}.js`);
  console.log(`${name.padEnd(14)} ${String(script.length).padStart(6)} bytes, ${String(packed).padStart(6)} after gzip`);
}
for (const [name, css] of sheets) {
  const packed = gzipSync(css, { level: 9 }).length;
  problems.push(...faults(name, css, packed));
  const digest = createHash("sha256").update(css).digest("hex").slice(0, 10);
  manifest[name] = name.replace(/\.css$/, `.${digest}.css`);
  console.log(`${name.padEnd(14)} ${String(css.length).padStart(6)} bytes, ${String(packed).padStart(6)} after gzip`);
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}

for (const [name, text] of [...sheets, ...scripts, ...fetched]) writeFileSync(join(dist, manifest[name]), text);
writeFileSync(join(dist, "manifest.json.new"), `${JSON.stringify(manifest, null, 2)}\n`);
renameSync(join(dist, "manifest.json.new"), join(dist, "manifest.json"));

const current = new Set(Object.values(manifest));
for (const file of readdirSync(dist)) {
  if (/\.(css|js)$/.test(file) && !current.has(file)) rmSync(join(dist, file));
}
