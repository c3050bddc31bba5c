// Which call there is that comes nearest to a request.

const farthest = 1.5; // what differs more is not near

// nearest gives the call, and says in words what differs. It is undefined when nothing is near.
export function nearest(method, path, calls) {
	const asked = path.replace(/\?.*$/, '').split('/').filter((segment) => segment !== '');
	let best;
	for (const call of calls) {
		const wanted = call.path.split('/').filter((segment) => segment !== '');
		const compared = compare(asked, wanted);
		const cost = compared.cost + (call.method === method ? 0 : 0.4);
		if (compared.cost <= farthest && compared.alike > 0 && (best === undefined || cost < best.cost)) best = {call, cost, ...compared};
	}
	if (best === undefined) return undefined;
	const notes = best.notes;
	if (/\/\//.test(path.replace(/\?.*$/, ''))) notes.push('“/”, not “//”');
	if (best.call.method !== method) notes.push(`the method is ${best.call.method}, not ${method}`);
	return {call: best.call, words: notes.join('; ')};
}

// compare finds the cheapest way from one path to another, segment by segment: to change one costs as much as it differs, to add or
// leave one out costs 1. People often forget what all paths begin with, so that costs half.
function compare(asked, wanted) {
	const ways = [];
	for (let i = 0; i <= asked.length; i++) {
		ways.push([]);
		for (let j = 0; j <= wanted.length; j++) {
			if (i === 0 && j === 0) {
				ways[i].push({cost: 0, alike: 0, notes: [], missing: []});
				continue;
			}
			const options = [];
			if (i > 0 && j > 0) {
				const cost = change(asked[i - 1], wanted[j - 1]);
				const way = ways[i - 1][j - 1];
				const alike = cost <= 0.5 && !wanted[j - 1].startsWith('{') && j > 2 ? 1 : 0; // api/2.0 says nothing
				options.push({...way, cost: way.cost + cost, alike: way.alike + alike, notes: cost > 0 ? [...way.notes, changed(asked[i - 1], wanted[j - 1])] : way.notes});
			}
			if (i > 0) {
				const way = ways[i - 1][j];
				options.push({...way, cost: way.cost + 1, notes: [...way.notes, `without “${asked[i - 1]}”`]});
			}
			if (j > 0) {
				const way = ways[i][j - 1];
				options.push({...way, cost: way.cost + (j <= 2 ? 0.5 : 1), missing: [...way.missing, wanted[j - 1]]});
			}
			ways[i].push(options.reduce((one, other) => (other.cost < one.cost ? other : one)));
		}
	}
	const {cost, alike, notes, missing} = ways[asked.length][wanted.length];
	return {cost, alike, notes: missing.length > 0 ? [`“${missing.join('/')}” is missing`, ...notes] : notes};
}

const changed = (asked, wanted) => (wanted.startsWith('{') ? `“${asked}” is no ${wanted}` : `“${wanted}”, not “${asked}”`);

// change says how much two segments differ, from 0 to a half, or Infinity. Numbers and masked texts fit where the call has a parameter.
function change(asked, wanted) {
	if (wanted.startsWith('{')) return wanted === '{key}' || /^(\d+|\*\*\*)$/.test(asked) ? 0 : 0.5;
	const [a, b] = [asked.toLowerCase(), wanted.toLowerCase()];
	const part = a === b ? 0 : distance(a, b) / Math.max(a.length, b.length);
	return part <= 0.5 ? part : Infinity; // another word
}

// distance is how many letters have to be changed, added or left out (Levenshtein).
function distance(a, b) {
	let above = Array.from({length: b.length + 1}, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
		above = row;
	}
	return above[b.length];
}

// missed says whether a request was for nothing that there is: no call, or a call with a word where its number should be.
export function missed(request, calls) {
	if (request.status !== 404 && request.status !== 405) return false;
	if (request.operation === undefined) return true;
	const near = nearest(request.method, request.path, calls);
	return near !== undefined && near.call.operation !== request.operation;
}
