// Why a request got its answer: the claims that decided it, and what each profile does with it.

import {ask} from './api.js';
import {make} from './dom.js';

// why makes the part of a request that says so. It is empty until the fake has told.
export function why({sequence}) {
	const part = make('div');
	ask(`journal/${sequence}/why`).then((text) => explained(JSON.parse(text)), (error) => [make('h4', {}, 'Why'), make('p', {}, error.message)])
		.then((told) => part.replaceWith(make('div', {}, ...told)));
	return part;
}

function explained({notes, claims, profiles}) {
	const alike = Map.groupBy(profiles, ({own, does, claims: others}) => JSON.stringify([own, does, others]));
	return [
		make('h4', {}, 'Why'), ...notes.map((note) => make('p', {}, note)), claimsList(claims),
		make('h4', {}, 'What each profile does'),
		make('dl', {class: 'facts'}, ...Array.from(alike.values(), (group) => {
			const [{own, does, claims: others}] = group;
			return make('div', {}, make('dt', {}, group.map(({profile}) => profile).join(', ')), make('dd', {}, own ? 'this answer' : does ?? 'the same', claimsList(others)));
		})),
	];
}

function claimsList(claims) {
	return claims.length > 0 && make('dl', {class: 'facts'}, ...claims.map(({number, claim, unsure, evidence, citation}) =>
		make('div', {}, make('dt', {}, number), make('dd', {}, claim, unsure && ` Unsure: ${unsure}`, make('p', {class: 'muted'}, `${evidence}: ${citation}`)))));
}
