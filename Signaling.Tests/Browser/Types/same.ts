// The types and the code have the same members, which take and give the same. `code` is a copy of the client without types
// beside it: what the compiler infers of it.

import * as code from './code/signaling-client.js';
import * as types from './signaling-client.js';

type Same<A, B> = [A, B] extends [B, A] ? true : never;

// What EventTarget has is its own matter.
type Members<T> = Exclude<keyof T, keyof EventTarget>;
type Code = code.SignalingClient;
type Types = types.SignalingClient;

export const exported: Same<keyof typeof code, keyof typeof types | 'Link'> = true;
export const members: Same<Members<Code>, Members<Types>> = true;
export const options: Same<ConstructorParameters<typeof code.SignalingClient>, ConstructorParameters<typeof types.SignalingClient>> = true;
export const address: Same<Code['address'], Types['address']> = true;
export const connected: Same<Code['connected'], Types['connected']> = true;
export const connect: Same<Code['connect'], Types['connect']> = true;
export const listen: Same<Code['listen'], Types['listen']> = true;
export const stopListening: Same<Code['stopListening'], Types['stopListening']> = true;
export const close: Same<Code['close'], Types['close']> = true;
export const link: Same<keyof code.Link, keyof types.Link> = true;
export const events: Same<keyof typeof code.EventType, keyof typeof types.EventType> = true;
