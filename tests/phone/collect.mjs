// A phone, as the server meets it: fetches every form, fills it with ODK's own engine, sends it
// twice. Used by tests: node collect.mjs SERVER NAME PASSWORD [language]; a line of JSON per form.
import { createHash } from 'node:crypto';
import { loadForm } from './engine.mjs';
import { fill } from './filling.mjs';

const [server, name, password, language = ''] = process.argv.slice(2);
const device = 'deviceID=collect%3Ainvented';
const headers = {
	'X-OpenRosa-Version': '1.0',
	'User-Agent': 'org.odk.collect.android/invented',
	Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
	...(language ? { 'Accept-Language': language } : {}),
};

const must = (holds, words) => {
	if (!holds) throw new Error(words);
};
const asked = (address) => `${address}${address.includes('?') ? '&' : '?'}${device}`;
const md5 = (bytes) => `md5:${createHash('md5').update(bytes).digest('hex')}`;

const get = async (address) => {
	const response = await fetch(asked(address), { headers, redirect: 'error' });
	must(response.status === 200, `${address}: ${response.status}`);
	must(response.headers.get('X-OpenRosa-Version') === '1.0', `${address}: no version`);
	return response;
};

/** Fetch what `entry` names, and hold it against the hash the server told before. */
const fetched = async (entry) => {
	const bytes = Buffer.from(await (await get(entry.downloadUrl)).arrayBuffer());
	must(md5(bytes) === entry.hash, `${entry.downloadUrl}: another hash than told`);
	return bytes;
};

const entries = async (address, tag) => {
	const response = await get(address);
	must(/^text\/xml\b/.test(response.headers.get('Content-Type')), `${address}: no text/xml`);
	const found = new DOMParser().parseFromString(await response.text(), 'text/xml');
	return [...found.getElementsByTagName(tag)].map((entry) =>
		Object.fromEntries([...entry.children].map((part) => [part.localName, part.textContent]))
	);
};

const mediaOf = async (form) => {
	const media = new Map();
	for (const entry of form.manifestUrl ? await entries(form.manifestUrl, 'mediaFile') : []) {
		media.set(entry.filename, await fetched(entry));
	}
	return media;
};

const fromPhone = (media, address) => {
	const bytes = media.get(decodeURIComponent(String(address).split('/').at(-1)));
	return bytes ? new Response(bytes) : new Response(null, { status: 404 });
};

const filled = async (xform, media) => {
	const form = await loadForm(xform.toString(), {
		fetchFormAttachment: async (address) => fromPhone(media, address),
		missingResourceBehavior: 'BLANK',
	});
	must(form.status !== 'failure', `cannot be loaded: ${form.error?.message}`);
	const { root } = form.createInstance();
	const chosen = root.languages.find((one) => one.language?.includes(`(${language})`));
	if (chosen) root.setLanguage(chosen);
	const { answered, left } = fill(root);
	const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
	const violations = (payload.violations ?? []).map(({ reference }) => reference);
	must(payload.status === 'ready', `not complete: ${violations.join(', ')}`);
	return { answered, left, parts: payload.data[0] };
};

const words = async (response) => {
	const text = await response.text();
	const root = new DOMParser().parseFromString(text, 'text/xml').documentElement;
	must(root.localName === 'OpenRosaResponse', `no OpenRosaResponse: ${text.slice(0, 200)}`);
	return root.textContent.trim();
};

const post = async (body) => {
	const target = asked(`${server}/submission`);
	const head = await fetch(target, { method: 'HEAD', headers, redirect: 'manual' });
	must(head.status === 204, `HEAD: ${head.status}`);
	must(head.headers.get('X-OpenRosa-Version') === '1.0', 'HEAD: no version');
	const most = Number(head.headers.get('X-OpenRosa-Accept-Content-Length'));
	must(most > 0, 'HEAD: no length');
	const response = await fetch(target, { method: 'POST', headers, body });
	return { status: response.status, said: await words(response) };
};

const one = async (form) => {
	const xform = await fetched(form);
	const media = await mediaOf(form);
	const { answered, left, parts } = await filled(xform, media);
	const xml = await parts.get('xml_submission_file').text();
	const files = [...parts.keys()].length - 1;
	const [first, again] = [await post(parts), await post(parts)];
	return { form: form.formID, media: [...media.keys()], answered, left, files, xml, first, again };
};

const unknown = await fetch(asked(`${server}/formList`), { headers: { 'X-OpenRosa-Version': '1.0' } });
must(unknown.status === 401, `without a password: ${unknown.status}`);
must(unknown.headers.get('WWW-Authenticate')?.startsWith('Basic '), 'no Basic challenge');
for (const form of await entries(`${server}/formList`, 'xform')) {
	const told = await one(form).catch((error) => ({ form: form.formID, error: error.message }));
	process.stdout.write(`${JSON.stringify(told)}\n`);
}
