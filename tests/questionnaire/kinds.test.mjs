// Every kind of question, answered on a page without a browser: node --test, form in KINDS.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { asking, choose, field, host, opened, press, settle, type, words } from './page.mjs';

const xform = readFileSync(process.env.KINDS, 'utf8');
const LISTS = {
	'provinces.csv': 'name,label\n12,Phnom Penh\n01,Banteay Meanchey\n',
	'districts.csv': `name,label,province\n${Array.from({ length: 40 }, (_, n) => `12${n},District ${n},12`).join('\n')}\n0102,Mongkol Borei,01\n`,
};
const media = async (name) => LISTS[name] ?? (name.endsWith('.mp3') || name.endsWith('.png') ? new Blob(['x']) : null);
const PNG = new File([Buffer.from('iVBORw0KGgo=', 'base64')], 'her name.png', { type: 'image/png' });

let form = null;
const whole = async (more = {}) => (form = await opened(xform, { view: 'whole', media, ...more }));
const steps = async (more = {}) => (form = await opened(xform, { media, ...more }));
/** The answer as the form's XML holds it, "" for none, undefined for what is not asked. */
const said = (name) => {
	const found = new RegExp(`<${name}(?:/>|>([^<]*)</${name}>)`).exec(form.draft().xml);
	return found ? (found[1] ?? '') : undefined;
};
const title = () => host.querySelector('h1')?.textContent.trim();
const status = () => host.querySelector('[role=status]').textContent;
const untilTitle = async (words) => {
	for (let page = 0; page < 60 && title() !== words; page += 1) await press(host.querySelector('.mk-next').textContent);
	assert.equal(title(), words);
};
afterEach(() => form?.close());

test('words, numbers and codes are kept as they were said', async () => {
	await whole();
	type(field('told'), '  ជំរាបសួរ & <b> ');
	type(field('story'), 'one\ntwo');
	type(field('age'), '១២');
	type(field('weight'), '13 444,5');
	type(field('hidden'), 'secret');
	type(field('code'), 'A-1');
	assert.equal(said('told'), '  ជំរាបសួរ &amp; &lt;b&gt; ');
	assert.deepEqual(['story', 'age', 'weight', 'hidden', 'code'].map(said), ['one\ntwo', '12', '13444.5', 'secret', 'A-1']);
	assert.match(asking('age').textContent, /Understood: 12/);
	assert.match(asking('weight').textContent, /13\u202f444\.5/);
	assert.equal(said('twice'), '24');
	assert.match(asking('twice_said').textContent, /Twice that is 24\./);
});

test('what cannot be read stays in its field, empties the answer and is named', async () => {
	await whole();
	type(field('age'), '7');
	type(field('age'), 'seven');
	assert.equal(field('age').value, 'seven');
	assert.equal(said('age'), '');
	await press('Finish');
	assert.equal(form.finished.length, 0);
	const summary = host.querySelector('.govuk-error-summary');
	assert.match(summary.textContent, /Type a whole number/);
	assert.equal(document.activeElement, summary);
	summary.querySelector('a').click();
	assert.equal(document.activeElement, field('age'));
	assert.equal(window.location.hash, ''); // no trace in the history
	type(field('age'), '7');
	assert.equal(host.querySelector('.govuk-error-summary'), null);
});

test("the form's own words say what does not fit, in the language now chosen", async () => {
	await whole();
	type(field('age'), '300');
	await press('Finish');
	assert.match(asking('age').textContent, /Too old\./);
	form.setLanguage('km');
	assert.match(asking('age').textContent, /ចាស់ពេក។/);
	assert.equal(field('age').value, '300');
	assert.equal(host.querySelector('.mk-form').lang, 'km');
	assert.equal(host.querySelector('.mk-next').textContent.trim(), words('km').finish);
});

test('nothing is chosen before the person chooses, and a choice can be taken back', async () => {
	await whole();
	assert.equal(host.querySelectorAll('input:checked').length, 0);
	choose('safe', 'yes');
	choose('small', 'no');
	choose('agree', 'not_known');
	choose('needs', 'food');
	choose('needs', 'bed');
	assert.deepEqual(['safe', 'small', 'agree', 'needs'].map(said), ['yes', 'no', 'not_known', 'food bed']);
	await press('Take this answer back', asking('safe'));
	assert.equal(said('safe'), '');
	assert.equal(asking('safe').querySelectorAll('input:checked').length, 0);
	choose('needs', 'food');
	assert.equal(said('needs'), 'bed');
});

test('"other" asks for words only while it is chosen', async () => {
	await whole();
	assert.equal(asking('other_other'), null);
	choose('other', 'other');
	type(field('other_other'), 'a boat');
	assert.equal(said('other_other'), 'a boat');
	choose('other', 'yes');
	assert.equal(asking('other_other'), null);
	assert.equal(said('other_other'), undefined);
});

test('a long list is searched, without marks and capitals, and depends on the answer before it', async () => {
	await whole();
	assert.match(asking('district').textContent, /follows from an answer before/);
	choose('province', '12');
	const search = asking('district').querySelector('input[type=text]');
	assert.equal(asking('district').querySelectorAll('input[type=radio]').length, 25);
	type(search, 'dístrict 39');
	assert.equal(asking('district').querySelectorAll('input[type=radio]').length, 1);
	choose('district', '1239');
	assert.equal(said('district'), '1239');
	assert.equal(host.querySelector('datalist'), null);
	choose('province', '01');
	assert.equal(said('district'), '');
	assert.equal(asking('district').querySelectorAll('input[type=radio]').length, 1);
});

test('scales start empty and refuse what is not on them', async () => {
	await whole();
	choose('sure', '4');
	choose('picked', '12');
	type(field('far'), '13');
	assert.deepEqual(['sure', 'picked', 'far'].map(said), ['4', '12', '']);
	type(field('far'), '15');
	assert.equal(said('far'), '15');
});

test('an order is made with buttons, heard, and can be taken back', async () => {
	await whole();
	assert.equal(said('order'), '');
	await press('↓Move down: Food', asking('order'));
	assert.equal(said('order'), 'doctor food bed');
	assert.match(status(), /Food: now 2 of 3/);
	await press('Take the order back', asking('order'));
	assert.equal(said('order'), '');
	await press('Keep this order', asking('order'));
	assert.equal(said('order'), 'food doctor bed');
});

test('days and times are typed in any digits and any era; half a day is no day', async () => {
	await whole();
	['៩', '៣', '2569'].forEach((part, index) => type(field('met', index), part));
	assert.equal(said('met'), '2026-03-09');
	assert.match(asking('met').textContent, /9 March 2026/);
	form.setLanguage('km');
	assert.match(asking('met').textContent, /ថ្ងៃទី ៩ ខែមីនា ឆ្នាំ ២០២៦/);
	form.setLanguage('en');
	type(field('met', 0), '31');
	type(field('met', 1), '2');
	assert.equal(said('met'), '');
	['5', '2020'].forEach((part, index) => type(field('month', index), part));
	type(field('year'), '1991');
	['23', '59'].forEach((part, index) => type(field('hour', index), part));
	['1', '2', '2026', '7', '5'].forEach((part, index) => type(field('moment', index), part));
	assert.deepEqual(['month', 'year'].map(said), ['2020-05-01', '1991-01-01']);
	assert.match(said('hour'), /^23:59:00\.000[+-]\d\d:\d\d$/);
	assert.match(said('moment'), /^2026-02-01T07:05:00\.000[+-]\d\d:\d\d$/);
});

test('places are typed where the device gives none, and no map is asked for', async () => {
	await whole();
	await press('Take the position now', asking('here'));
	assert.match(status(), /knows no position/);
	type(field('here', 0), '11.55');
	assert.equal(said('here'), '');
	type(field('here', 1), '104');
	assert.equal(field('here', 1).value, '104'); // not 104.0 while it is being typed
	type(field('here', 1), '104.92');
	assert.equal(said('here'), '11.55 104.92 0.0 0.0');
	const add = async (name, points) => {
		for (const point of points) {
			point.forEach((part, index) => type(field(name, index), part));
			await press('Add the typed position', asking(name));
		}
	};
	await add('way', [['1', '2'], ['3', '4']]);
	await add('area', [['1', '2'], ['3', '4'], ['5', '6']]);
	assert.equal(said('way'), '1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0');
	assert.equal(said('area'), '1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0;5.0 6.0 0.0 0.0;1.0 2.0 0.0 0.0');
	await press('Take the last point out', asking('area'));
	assert.equal(said('area'), '');
});

test('the position of the device is taken only after a tap', async () => {
	let asked = 0;
	const coords = { latitude: 11.5, longitude: 104.9, altitude: null, accuracy: 12.4 };
	Object.defineProperty(navigator, 'geolocation', {
		configurable: true, value: { getCurrentPosition: (heard) => { asked += 1; heard({ coords }); } },
	});
	await whole();
	assert.equal(asked, 0);
	await press('Take the position now', asking('here'));
	assert.equal(said('here'), '11.5 104.9 0.0 12.4');
	delete navigator.geolocation;
});

test('a picture is kept under a name that tells nothing; sound and film are not asked for', async () => {
	await whole();
	globalThis.URL.createObjectURL ??= () => 'blob:x';
	const input = asking('photo').querySelector('input[type=file]');
	Object.defineProperty(input, 'files', { value: [PNG] });
	input.dispatchEvent(new window.Event('change'));
	const { xml, files } = form.draft();
	assert.equal(files.length, 1);
	assert.match(files[0].name, /^[0-9a-f-]{36}\.png$/);
	assert.ok(xml.includes(`<photo>${files[0].name}</photo>`));
	assert.ok(!xml.includes('her name'));
	for (const name of ['voice', 'film']) {
		assert.equal(asking(name).querySelector('input'), null);
		assert.match(asking(name).textContent, /not taken here/);
	}
	await press('Take the file out', asking('photo'));
	assert.equal(form.draft().files.length, 0);
});

test('a draft comes back with its answers and its files', async () => {
	await whole();
	type(field('told'), 'once');
	choose('needs', 'bed');
	const input = asking('photo').querySelector('input[type=file]');
	Object.defineProperty(input, 'files', { value: [PNG] });
	input.dispatchEvent(new window.Event('change'));
	await press('Add another');
	type([...host.querySelectorAll('[data-name=child_age] input')][1], '9');
	const draft = form.draft();
	form.close();
	assert.equal(host.innerHTML, '');
	await whole({ draft });
	assert.equal(field('told').value, 'once');
	assert.equal(asking('needs').querySelector('input:checked').value, 'bed');
	assert.equal([...host.querySelectorAll('[data-name=child_age] input')][1].value, '9');
	assert.deepEqual(form.draft().files.map(({ name, size }) => [name, size]), draft.files.map(({ name, size }) => [name, size]));
	assert.equal(form.draft().xml, draft.xml);
});

test('the next person finds nothing of the one before', async () => {
	await whole();
	type(field('told'), 'planted string');
	form.close();
	await whole();
	assert.equal(field('told').value, '');
	assert.ok(!document.documentElement.outerHTML.includes('planted string'));
	assert.ok(!form.draft().xml.includes('planted string'));
});

test('changes are told once a second at most, and not after the form was closed', async () => {
	await whole();
	for (const letter of 'abcdef') type(field('told'), letter);
	await settle(1100);
	assert.equal(form.changes.length, 1);
	assert.match(form.changes[0].xml, /<told>f<\/told>/);
	type(field('told'), 'g');
	form.close();
	await settle(1100);
	assert.equal(form.changes.length, 1);
});

test('one question stands on a page; what does not fit holds it, what is free does not', async () => {
	await steps();
	assert.equal(title(), 'Read this first.');
	assert.equal(document.querySelectorAll('.mk-question').length, 1);
	await press('Next');
	assert.equal(title(), 'What was told?');
	assert.equal(document.activeElement, host.querySelector('h1'));
	await untilTitle('How old?');
	await press('Next');
	assert.equal(title(), 'How old?');
	assert.match(host.querySelector('.govuk-error-summary').textContent, /Give an answer here/);
	type(field('age'), '20');
	field('age').dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
	await settle();
	assert.equal(title(), 'How heavy?');
	await press('Back');
	assert.equal(title(), 'How old?');
	assert.equal(field('age').value, '20');
});

test('guidance opens on demand, apart from the hint; sound and picture come with the question', async () => {
	await steps();
	await press('Next');
	assert.equal(asking('told').querySelector('.govuk-hint').textContent.trim(), 'In her own words');
	assert.match(asking('told').querySelector('details').textContent, /Do not press\./);
	assert.ok(asking('told').querySelector('img[alt="What was told?"]'));
	const player = asking('told').querySelector('audio');
	assert.equal(player.autoplay, false);
	assert.equal(player.src, '');
	await press('Listen');
	await settle();
	assert.match(player.src, /^blob:/);
	form.setLanguage('km');
	assert.match(asking('told').querySelector('details').textContent, /កុំបង្ខំ។/);
});

test('the language changes in the middle of a page and no answer is lost', async () => {
	await steps();
	await press('Next');
	type(field('told'), 'kept');
	[...host.querySelectorAll('.mk-language')].find(({ lang }) => lang === 'km').click();
	assert.equal(title(), 'តើបានប្រាប់អ្វី?');
	assert.equal(field('told').value, 'kept');
	assert.equal(host.querySelector('.mk-next').textContent.trim(), words('km').next);
	assert.deepEqual([...host.querySelectorAll('.mk-language')].map((one) => one.getAttribute('aria-pressed')), ['false', 'true']);
});

test('a group of one screen stands on one page, and what follows from an answer comes there', async () => {
	await steps();
	await untilTitle('How old?');
	type(field('age'), '20');
	await untilTitle('On one screen');
	assert.equal(asking('who'), null);
	choose('kept', 'yes');
	assert.ok(asking('who'));
	await press('Next');
	assert.match(host.querySelector('.govuk-error-summary').textContent, /Who\?/);
	choose('kept', 'no');
	assert.equal(host.querySelector('.govuk-error-summary'), null);
	await press('Next');
	assert.equal(title(), 'What is the child called?');
});

test('a part is said several times, taken out, and put back with its answers', async () => {
	await steps();
	await untilTitle('How old?');
	type(field('age'), '20');
	await untilTitle('What is the child called?');
	assert.match(host.textContent, /A child 1/);
	type(field('child_name'), 'First');
	await untilTitle('A child');
	await press('Add another');
	await settle();
	assert.equal(title(), 'What is the child called?');
	assert.match(host.textContent, /A child 2/);
	type(field('child_name'), 'Second');
	await untilTitle('A child');
	assert.match(host.textContent, /There are 2 now/);
	await press('Take out A child 1');
	assert.ok(!form.draft().xml.includes('First'));
	await press('Put it back');
	assert.match(form.draft().xml, /First[\s\S]*Second/);
});

test('everything is shown before it goes, and leads to what waits', async () => {
	await steps();
	await press('See all answers');
	assert.equal(title(), 'What was said');
	assert.equal(document.querySelectorAll('progress').length, 0);
	await press('Finish');
	assert.equal(form.finished.length, 0);
	host.querySelector('.govuk-error-summary a').click();
	await settle();
	assert.equal(title(), 'How old?');
	type(field('age'), '20');
	await press('See all answers');
	await press('Go to the first question without an answer');
	assert.equal(title(), 'What was told?');
	await press('See all answers');
	await press('Finish');
	assert.equal(form.finished.length, 1);
	assert.match(form.finished[0].xml, /<age>20<\/age>/);
});

test('stopping is one tap away on every page, then one more sends or throws away', async () => {
	await steps();
	await press('Next');
	type(field('told'), 'enough');
	await press('Stop here');
	await press('Go on with the questions');
	assert.equal(title(), 'What was told?');
	await press('Stop here');
	await press('Send what was said');
	assert.equal(form.stopped[0].reason, 'send');
	assert.match(form.stopped[0].xml, /enough/);
	await press('Throw it away');
	assert.deepEqual(form.stopped[1], { xml: null, files: [], reason: 'discard' });
});

test('a quick question goes on by a tap, not by a key', async () => {
	await steps();
	await untilTitle('How old?');
	type(field('age'), '20');
	await untilTitle('Is it safe?');
	choose('safe', 'no'); // as a key does: no pointer was down
	await settle();
	assert.equal(title(), 'Is it safe?');
	asking('safe').querySelector('.mk-choices').dispatchEvent(new window.Event('pointerdown', { bubbles: true }));
	choose('safe', 'yes');
	await settle();
	assert.equal(title(), 'Has she papers?');
});

test('every field is named, remembers nothing and is not translated', async () => {
	await whole();
	for (const one of host.querySelectorAll('input:not([type=file]):not([type=radio]):not([type=checkbox]), textarea')) {
		assert.equal(one.autocomplete, 'off', one.id);
		assert.equal(one.getAttribute('spellcheck'), 'false', one.id);
	}
	for (const one of host.querySelectorAll('input, textarea, select')) {
		const label = host.querySelector(`label[for="${one.id}"]`)?.textContent ?? one.getAttribute('aria-label');
		assert.ok(label?.trim(), one.outerHTML);
	}
	const ids = [...host.querySelectorAll('[id]')].map(({ id }) => id);
	assert.equal(new Set(ids).size, ids.length);
	for (const one of host.querySelectorAll('[aria-describedby]')) {
		for (const id of one.getAttribute('aria-describedby').split(' ')) assert.ok(document.getElementById(id), id);
	}
	assert.equal(host.querySelector('.mk-form').getAttribute('translate'), 'no');
});

test('a form that cannot be read leaves the page empty and says why', async () => {
	form = null;
	await assert.rejects(opened('<h:html xmlns:h="http://www.w3.org/1999/xhtml"/>'), Error);
	assert.equal(host.innerHTML, '');
});
