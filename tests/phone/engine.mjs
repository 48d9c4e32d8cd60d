// ODK's own engine, without a page around it: jsdom stands in for the browser's DOM.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('', { url: 'http://localhost/' });
const asked = [
	'DOMParser', 'XMLSerializer', 'Document', 'XMLDocument', 'Node', 'Element', 'Attr', 'Text',
	'CDATASection', 'Comment', 'ProcessingInstruction', 'NodeFilter', 'XPathResult', 'XPathEvaluator',
	'XPathExpression', 'DocumentFragment', 'NodeList', 'HTMLElement', 'document',
];
for (const name of asked) globalThis[name] ??= window[name];
globalThis.window ??= window;
// The engine's wasm loader was written for CommonJS.
globalThis.__filename = fileURLToPath(import.meta.url);
globalThis.__dirname = fileURLToPath(new URL('.', import.meta.url));
globalThis.require = createRequire(import.meta.url);

export const { loadForm } = await import('@getodk/xforms-engine');
