// The requests that the page has of the journal, and how it keeps up with it.

import {Refused, ask} from './api.js';

export const most = 10_000; // requests that the page holds

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

	// refresh asks for what is new. It returns whether something has changed.
	async refresh() {
		const held = this.requests.length;
		if (held === 0) {
			this.requests = await this.#read(`last=${most}`);
			return this.requests.length > 0;
		}
		const fresh = await this.#read(`after=${this.requests.at(-1).sequence}&last=${most}`);
		this.requests.push(...fresh);
		if (this.requests.length > most) this.requests.splice(0, this.requests.length - most);
		if (await this.#isShorter()) await this.#reload();
		const answered = await this.#readAnswered();
		return fresh.length > 0 || answered || this.requests.length !== held;
	}

	async #reload() { this.requests = await this.#read(`last=${most}`); }

	// isShorter says whether the journal has fewer requests than the page: somebody has emptied it. What it has dropped, because it is full,
	// goes here too.
	async #isShorter() {
		const oldest = this.requests[0].sequence;
		try {
			const {count} = JSON.parse(await ask(`journal/count?after=${oldest - 1}`, this.#portal));
			return count < this.requests.length;
		} catch (error) {
			const through = error instanceof Refused && error.answer.through;
			if (!through) throw error;
			this.requests.splice(0, this.requests.findIndex(({sequence}) => sequence > through) >>> 0);
			return this.requests.length === 0;
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
