// Forms answered as told, by ODK's own engine: what comes out of them. Used by tests:
// each line in {"xform": …, "media": {name: text}, "fillings": [[[reference, value], …], …]},
// each line out [{values: {reference: text}, asked: [reference], violations: [reference]}, …].
// A reference is a path below the root, repeats counted: person[2]/reached; a list ticks several.
import { createInterface } from 'node:readline';
import { loadForm } from './engine.mjs';

const loaded = async ({ xform, media }) => {
	const form = await loadForm(xform, {
		fetchFormAttachment: async (address) => {
			const content = media[decodeURIComponent(String(address).split('/').at(-1))];
			return content === undefined ? new Response(null, { status: 404 }) : new Response(content);
		},
		missingResourceBehavior: 'BLANK',
	});
	if (form.status === 'failure') throw new Error(`cannot be loaded: ${form.error?.message}`);
	return form;
};

const below = ({ currentState }) => currentState.reference.split('/').slice(2).join('/');

function* all(node) {
	for (const child of node.currentState.children ?? []) {
		yield child;
		yield* all(child);
	}
}

const nodeAt = (root, reference) => {
	const repeated = /^(.*)\[(\d+)\]\//.exec(reference);
	if (repeated) {
		const range = [...all(root)].find(
			(node) => node.nodeType.startsWith('repeat-range') && below(node) === repeated[1]
		);
		const missing = Number(repeated[2]) - range.currentState.children.length;
		if (missing > 0) range.addInstances(undefined, missing);
	}
	const found = [...all(root)].find((node) => below(node) === reference);
	if (!found) throw new Error(`${reference}: not in the form`);
	return found;
};

const give = (node, value) => {
	if (Array.isArray(value)) node.selectValues(value);
	else if (node.nodeType === 'select') node.selectValue(value);
	else node.setValue(node.valueType === 'int' ? BigInt(value) : value);
};

const said = ({ currentState }) => currentState.instanceValue ?? '';

const isAsked = ({ nodeType, currentState }) =>
	currentState.relevant && nodeType !== 'model-value' && nodeType !== 'note';

const told = (form, filling) => {
	const { root } = form.createInstance();
	for (const [reference, value] of filling) give(nodeAt(root, reference), value);
	const leaves = [...all(root)].filter((node) => node.currentState.children === null);
	return {
		values: Object.fromEntries(leaves.map((node) => [below(node), String(said(node))])),
		asked: leaves.filter(isAsked).map(below),
		violations: leaves.filter((node) => node.validationState?.violation).map(below),
	};
};

for await (const line of createInterface({ input: process.stdin })) {
	const asked = JSON.parse(line);
	const form = await loaded(asked);
	const answers = asked.fillings.map((filling) => told(form, filling));
	process.stdout.write(`${JSON.stringify(answers)}\n`);
}
