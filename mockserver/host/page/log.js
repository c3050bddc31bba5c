// The requests that the page has of the journal, and how it keeps up with it.

import {Refused, ask} from './api.js';

export const most = 10_000; // requests that the page holds

// isSame says whether the journal has the same request still. Its time alone does not tell, because the clock of a portal can stand still.
const isSame = (held, now) => now.sequence === held.sequence && now.time === held.time && (held.status === 0 || now.duration === held.duration);

export class Log {
	requests = []; // oldest first
	none = ''; // why there are no requests
	#portal;

	constructor(portal) { this.#portal = portal; }

	// load begins with the latest few, so that there is something to see at once.
	async load() {
		this.requests = await this.#read('last=200');
		return this.requests.length < 200 ? undefined : () => this.#reload();
	}

	// refresh asks for what is new. It returns whether something has changed. What it asks for begins with the latest request that the page
	// has: another one in its place, or none, means that somebody has emptied the journal, or that this is another portal by now.
	async refresh() {
		const held = this.requests.length;
		if (held === 0) {
			await this.#reload();
			return this.requests.length > 0;
		}
		const latest = this.requests.at(-1);
		const [first, ...fresh] = await this.#read(`after=${latest.sequence - 1}&last=${most}`);
		if (first === undefined || !isSame(latest, first)) {
			await this.#reload();
			return true;
		}
		this.requests.push(...fresh);
		if (this.requests.length > most) this.requests.splice(0, this.requests.length - most);
		await this.#forgetDropped();
		const answered = await this.#readAnswered();
		return fresh.length > 0 || answered || this.requests.length !== held;
	}

	async #reload() { this.requests = await this.#read(`last=${most}`); }

	// forgetDropped lets go what the journal has dropped, because it is full.
	async #forgetDropped() {
		try {
			await ask(`journal/count?after=${this.requests[0].sequence - 1}`, this.#portal);
		} catch (error) {
			const through = error instanceof Refused && error.answer.through;
			if (!through) throw error;
			this.requests = this.requests.filter(({sequence}) => sequence > through);
		}
	}

	// readAnswered reads the requests again that had no answer yet, and have one now.
	async #readAnswered() {
		const waiting = this.requests.filter(({status}) => status === 0);
		if (waiting.length === 0) return false;
		const still = new Set((await this.#read(`unanswered=true&after=${waiting[0].sequence - 1}&last=${most}`)).map(({sequence}) => sequence));
		const first = waiting.find(({sequence}) => !still.has(sequence));
		if (first === undefined) return false;
		const again = new Map((await this.#read(`after=${first.sequence - 1}&last=${most}`)).map((request) => [request.sequence, request]));
		this.requests = this.requests.map((request) => again.get(request.sequence) ?? request);
		return true;
	}

	async #read(query) {
		try {
			this.none = '';
			return JSON.parse(await ask(`journal?${query}`, this.#portal));
		} catch (error) {
			if (!(error instanceof Refused) || error.status !== 409) throw error;
			this.none = error.message; // the journal keeps no requests, or the process is short of memory
			return [];
		}
	}
}
