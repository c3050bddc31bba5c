/** Starts mock-docspace, a fake ONLYOFFICE DocSpace portal, in tests. README.md says how. */
export {start, connect, Docspace, type StartOptions} from './docspace';
export {DocspacePortal, Clock, Collection, Faults, Journal, Snapshots, type Filter} from './portal';
export {ExpectationError, type Expected} from './received';
export {ControlError} from './control';
/** The types of the control API, generated from its contract, such as contract.NewFault. */
export type * as contract from './contract.gen';
