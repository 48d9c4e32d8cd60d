// A browser's page without a browser: jsdom around our own bundle, made for the occasion.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { JSDOM } from 'jsdom';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(root, 'node_modules');
const source = join(root, 'src/mekhala/web/assets/src/field/form.js');

const { window } = new JSDOM('<!doctype html><html><body><main id="host"></main></body></html>', {
	url: 'http://localhost/', pretendToBeVisual: true,
});
const asked = [
	'window', 'document', 'DOMParser', 'XMLSerializer', 'Document', 'XMLDocument', 'Node', 'Element', 'Attr',
	'Text', 'CDATASection', 'Comment', 'ProcessingInstruction', 'NodeFilter', 'XPathResult', 'XPathEvaluator',
	'XPathExpression', 'DocumentFragment', 'NodeList', 'HTMLElement', 'Event', 'MouseEvent', 'KeyboardEvent',
];
for (const name of asked) globalThis[name] ??= window[name];
globalThis.__filename = fileURLToPath(import.meta.url);
globalThis.__dirname = fileURLToPath(new URL('.', import.meta.url));
globalThis.require = createRequire(import.meta.url);
// What jsdom has none of: sounds play nowhere, pictures are drawn nowhere.
window.HTMLMediaElement.prototype.play = async function () { this.dispatchEvent(new window.Event('play')); };
window.HTMLMediaElement.prototype.pause = function () { this.dispatchEvent(new window.Event('pause')); };
window.HTMLCanvasElement.prototype.getContext = () => null;

const folder = mkdtempSync(join(tmpdir(), 'mkh-form-'));
const [esbuild] = globSync(join(modules, '@esbuild/*/bin/esbuild'));
execFileSync(esbuild, [
	source, '--bundle', '--format=esm', '--log-level=error', `--outfile=${join(folder, 'form.mjs')}`,
	`--alias:@getodk/xforms-engine=${join(modules, '@getodk/xforms-engine/dist/solid.js')}`,
], { env: { ...process.env, NODE_PATH: modules } });
const { openForm } = await import(pathToFileURL(join(folder, 'form.mjs')));

/** The renderer's own words in a language, from the file the application reads. */
export const words = (language) => {
	const text = readFileSync(join(root, 'src/mekhala/web/field/words/form.toml'), 'utf8');
	const said = {};
	let key = '';
	for (const line of text.split('\n')) {
		const [, name] = /^\[(\w+)\]$/.exec(line) ?? [];
		if (name) key = name;
		const [, code, value] = /^(\w+) = (".*")$/.exec(line) ?? [];
		if (code === language) said[key] = JSON.parse(value);
	}
	return said;
};

export const settle = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
export const host = document.getElementById('host');

/** Open a form on the page; return it with what it handed over so far. */
export const opened = async (xform, options = {}) => {
	const handed = { changes: [], finished: [], stopped: [] };
	const form = await openForm(host, {
		xform, language: 'en', words, draft: null, media: async () => null,
		onChange: (xml, files) => handed.changes.push({ xml, files }),
		onFinish: (all) => handed.finished.push(all),
		onStop: (all) => handed.stopped.push(all),
		...options,
	});
	return { ...form, ...handed };
};

/** The part of the page that asks for `name`. */
export const asking = (name) => host.querySelector(`[data-name="${name}"]`);
export const field = (name, which = 0) => asking(name).querySelectorAll('input, textarea, select')[which];

export const type = (input, text) => {
	input.value = text;
	input.dispatchEvent(new window.Event('input', { bubbles: true }));
};
export const choose = (name, value) => {
	const box = asking(name).querySelector(`input[value="${value}"]`);
	if (box) return box.click();
	const select = asking(name).querySelector('select');
	select.value = value;
	select.dispatchEvent(new window.Event('change', { bubbles: true }));
};
/** Press the button whose words begin so. */
export const press = async (label, within = host) => {
	const found = [...within.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(label));
	if (!found) throw new Error(`no button "${label}" in: ${within.textContent.slice(0, 300)}`);
	found.click();
	await settle();
};
