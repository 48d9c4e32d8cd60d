// Answers given to forms, and what the forms then say: by ODK's own engine, with no server.
// node answer.mjs: a JSON list of {form, xform, tries: [{name: answer, …}, …]} on the standard input;
// out comes a JSON list of lists: per try {asked: [names], values: {name: value}}.
import { loadForm } from './engine.mjs';

const NUMBERS = 'name,label,number\n1,000 · Invented line,000\n';
const input = JSON.parse(await new Response(process.stdin).text());

function* nodes(node) {
	for (const child of node.currentState.children ?? []) {
		yield child;
		yield* nodes(child);
	}
}

const nameOf = (node) => node.currentState.reference.split('/').at(-1);
const named = (root, name) => [...nodes(root)].find((node) => nameOf(node) === name);

const give = (node, answer) => {
	if (node.nodeType === 'select') node.selectValues([].concat(answer));
	else node.setValue(node.valueType === 'int' ? BigInt(answer) : answer);
};

const plain = (value) => (typeof value === 'bigint' ? Number(value) : value);

const tried = (root, answers) => {
	for (const [name, answer] of Object.entries(answers)) {
		const node = named(root, name);
		if (!node) throw new Error(`no question ${name}`);
		if (!node.currentState.relevant) throw new Error(`${name} is not asked`);
		give(node, answer);
	}
	const all = [...nodes(root)];
	const asked = all.filter((node) => node.currentState.relevant && node.nodeType !== 'model-value');
	const told = all.filter((node) => node.nodeType === 'model-value');
	const labels = asked.filter((node) => node.nodeType === 'note');
	return {
		asked: asked.map(nameOf),
		values: Object.fromEntries(told.map((node) => [nameOf(node), plain(node.currentState.value)])),
		notes: labels.map((node) => node.currentState.label?.asString ?? ''),
	};
};

const each = async ({ form, xform, tries }) => {
	const loaded = await loadForm(xform, {
		fetchFormAttachment: async () => new Response(NUMBERS, { headers: { 'Content-Type': 'text/csv' } }),
		missingResourceBehavior: 'BLANK',
	});
	if (loaded.status === 'failure') throw new Error(`${form}: ${loaded.error?.message}`);
	return tries.map((answers) => tried(loaded.createInstance().root, answers));
};

const out = [];
for (const one of input) out.push(await each(one));
process.stdout.write(JSON.stringify(out));
