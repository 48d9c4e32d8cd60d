// A form is filled as somebody patient would: every question that is asked gets an answer the form
// takes, in as many rounds as new questions come up.

const ROUNDS = 25;
const FEW = 4;
const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8//8/AwMDEwMDAwMDAwAkBgMBmjCi+wAAAABJRU5ErkJggg==',
	'base64'
);

const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toLocaleDateString('sv');

// The first are those of a grown-up: some forms end where a child answers.
const TRIED = {
	string: ['invented', '012345678', '85512345678', 'a@b.example', '5', 'KH', '2026'],
	int: [30n, 1n, 20n, 5n, 0n, 2n, 3n, 12n, 60n, 100n, 2000n, 2026n, 12345678n],
	decimal: [1.5, 12.5, 20.5, 0.5, 5, 0, 100, 2000],
	date: [daysAgo(30.2 * 365.25), daysAgo(0), daysAgo(-1000)],
	time: ['10:30:00.000'],
	dateTime: ['2026-03-09T10:30:00.000+07:00', '2001-05-06T10:30:00.000+07:00'],
	geopoint: ['11.55 104.92 12 5'],
	geotrace: ['11.55 104.92 12 5; 11.56 104.93 12 5'],
	geoshape: ['11.55 104.92 12 5; 11.56 104.93 12 5; 11.57 104.92 12 5; 11.55 104.92 12 5'],
};

/** Fill `root`; return how many questions were answered, and by kind those that were left. */
export const fill = (root) => {
	for (let round = 0; round < ROUNDS; round += 1) {
		const given = [...leaves(root)].filter(
			(node) => isAsked(node) && !isTaken(node) && answer(node)
		); // asked again for each: one answer may end a question, or work another one out
		if (given.length === 0) return told(root);
	}
	throw new Error(`new questions after ${ROUNDS} rounds`);
};

const told = (root) => {
	const nodes = [...leaves(root)];
	const left = nodes.filter((node) => !isTaken(node));
	const kinds = left.map((node) => [node.currentState.reference, kindOf(node)]);
	return { answered: nodes.length - left.length, left: Object.fromEntries(kinds) };
};

const isAsked = ({ currentState }) => currentState.relevant && !currentState.readonly;

function* leaves(node) {
	if (node.nodeType === 'repeat-range:uncontrolled' && node.currentState.relevant) {
		if (node.currentState.children.length === 0) node.addInstances();
	}
	const state = node.currentState;
	if (!state.relevant) return;
	if (state.children !== null) for (const child of state.children) yield* leaves(child);
	else if (!state.readonly && node.nodeType !== 'model-value' && node.nodeType !== 'note') {
		yield node;
	}
}

const kindOf = (node) =>
	node.nodeType === 'upload' ? `upload ${node.nodeOptions.media.accept}` : node.nodeType;

const isTaken = (node) => {
	const { value } = node.currentState;
	const isEmpty = value === null || value === '' || value === false || value.length === 0;
	return !isEmpty && node.validationState.violation === null;
};

/** Give the node the first answer its form takes; leave it empty where there is none. */
const answer = (node) => {
	for (const give of waysToAnswer(node)) {
		try {
			give();
		} catch {
			continue; // the engine refuses a value out of its range
		}
		if (isTaken(node)) return true;
	}
	empty(node);
	return false;
};

const waysToAnswer = (node) => {
	const options = node.currentState.valueOptions ?? [];
	switch (node.nodeType) {
		case 'select': {
			const one = mostFirst(node, options).map((value) => () => node.selectValue(value));
			const two = () => node.selectValues(options.slice(0, 2).map(({ value }) => value));
			return node.selectType === 'select' && options.length > 1 ? [two, ...one] : one;
		}
		case 'rank':
			return [() => node.setValues(options.map(({ value }) => value))];
		case 'trigger':
			return [() => node.setValue(true)];
		case 'upload':
			return /^(image\/|\*)/.test(node.nodeOptions.media.accept) ? [() => photograph(node)] : [];
		case 'range': {
			const { start, end } = node.definition.bounds;
			return [start, end].map((value) => () => node.setValue(value));
		}
		default:
			return (TRIED[node.valueType] ?? TRIED.string).map((value) => () => node.setValue(value));
	}
};

/** Return the options' values, that first which leads on to the most questions. */
const mostFirst = (node, options) => {
	const values = options.map(({ value }) => value);
	if (values.length < 2 || values.length > FEW) return values;
	const asks = new Map();
	for (const value of values) {
		node.selectValue(value);
		asks.set(value, [...leaves(node.root)].length);
	}
	return values.sort((one, other) => asks.get(other) - asks.get(one));
};

let pictures = 0;
const photograph = (node) => {
	pictures += 1;
	node.setValue(new File([PNG], `${pictures}.png`, { type: 'image/png' }));
};

const empty = (node) => {
	if (node.nodeType === 'select') node.selectValues([]);
	else if (node.nodeType === 'rank') node.setValues([]);
	else if (node.nodeType === 'trigger') node.setValue(false);
	else node.setValue(node.nodeType === 'upload' ? null : '');
};
