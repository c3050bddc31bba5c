// The page: its parts, and the loop that keeps them as the portal is. Nothing is asked while nobody looks at the page.

import {find, setText} from './dom.js';
import {ask, pathOf, portal} from './api.js';
import {showCalls} from './calls.js';
import {showClock} from './clock.js';
import {showFaults} from './faults.js';
import {showJournal} from './journal.js';
import {showLinks} from './links.js';
import {Log} from './log.js';
import {showMisses} from './misses.js';
import {showPeople} from './people.js';
import {showPortals} from './portals.js';
import {showSnapshots} from './snapshots.js';
import {showSwitches} from './switches.js';

// pause says how long to wait after a look, in ms: a portal that takes long to answer is asked less often.
const pause = (took) => Math.min(Math.max(1000, 10 * took), 5000);

const about = JSON.parse(await (await fetch('page/about.json')).text());
setText(find('#version'), about.version);
const addressOf = (name) => about.address + (name === '' ? '' : `/portals/${name}`);
const address = () => addressOf(portal.name);

let log = new Log(portal.name);
const parts = {
	journal: showJournal(() => log, about.calls, address, changed),
	misses: showMisses(about.calls),
	switches: showSwitches(changed),
	links: showLinks(changed, address),
	people: showPeople(),
	clock: showClock(changed),
	faults: showFaults(changed, about.calls),
	snapshots: showSnapshots(changed),
	portals: showPortals(changed, open, addressOf),
};
showCalls();

let seen = {}; // the latest texts, so that only what is new is shown
let timer = 0;
let looking = false;
let again = false;
let begun = false; // with the journal of this portal

// look asks the control API for everything, and shows what has changed.
async function look() {
	clearTimeout(timer);
	if (document.hidden) return;
	if (looking) {
		again = true;
		return;
	}
	looking = true;
	again = false;
	const name = portal.name;
	const began = performance.now();
	try {
		await Promise.all([lookAtPortal(name), lookAtJournal()]);
		tell('live', '');
	} catch (error) {
		if (name === portal.name) tell('not connected', error.message === 'Failed to fetch' || error instanceof TypeError ? 'The fake does not answer. It is asked again and again.' : error.message);
	}
	looking = false;
	timer = setTimeout(look, again ? 0 : pause(performance.now() - began));
}

async function lookAtPortal(name) {
	const paths = ['state', 'linkStatus', 'clock', 'faults', 'snapshots', 'portals'];
	const texts = await Promise.all(paths.map((path) => ask(path, name)));
	if (name !== portal.name) return;
	const fresh = Object.fromEntries(paths.map((path, i) => [path, texts[i]]).filter(([path, text]) => seen[path] !== text));
	Object.assign(seen, fresh);
	if (fresh.state) {
		const state = JSON.parse(fresh.state);
		setText(find('#profile'), `profile ${state.profile}`);
		find('#profile').hidden = false;
		parts.switches(state.settings);
		parts.people(state);
	}
	if (fresh.state || fresh.linkStatus) parts.links(JSON.parse(seen.state), JSON.parse(seen.linkStatus));
	for (const path of ['clock', 'faults', 'snapshots', 'portals']) {
		if (fresh[path]) parts[path](JSON.parse(fresh[path]));
	}
}

async function lookAtJournal() {
	if (begun && !parts.journal.isLive()) return;
	const mine = log;
	const show = () => {
		if (mine === log) update();
	};
	if (begun) {
		if (await mine.refresh()) show();
		return;
	}
	begun = true;
	const rest = await mine.load();
	show();
	if (rest) {
		await rest();
		show();
	}
}

function update() {
	parts.journal.update();
	parts.misses(log.requests);
}

function tell(connection, trouble) {
	setText(find('#connection'), connection);
	find('#connection').dataset.state = connection;
	setText(find('#trouble'), trouble);
	find('#trouble').hidden = trouble === '';
}

// changed looks again at once.
function changed() { look(); }

// open shows another portal. The page stays, and with it the token.
function open(name, remember = true) {
	if (remember) history.pushState(null, '', pathOf(name));
	portal.name = name;
	seen = {};
	begun = false;
	log = new Log(name);
	document.title = `${name === '' ? '' : `${name} – `}mock-docspace`;
	parts.journal.begin();
	parts.misses([]);
	look();
}

addEventListener('popstate', () => {
	const [, , own] = /(\/portals\/([^/]+))?\/__mock\/$/.exec(location.pathname);
	open(own ?? '', false);
});
document.addEventListener('visibilitychange', look);
if (portal.name !== '') document.title = `${portal.name} – mock-docspace`;
look();
