// The types of signaling-client.js. See docs/javascript-client.md.

/** The version of the protocol that this client speaks. */
export declare const PROTOCOL_VERSION: 2;

/** The id of messages that are about no link. */
export declare const NO_ID: -1;

/** An address that is listened on has at most this many UTF-16 units. */
export declare const MAX_ADDRESS_LENGTH: 256;

/** Byte 0 of a message: what it is about. */
export declare const EventType: {
  readonly UnreliableMessageReceived: 1;
  readonly ReliableMessageReceived: 2;
  readonly ServerInitialized: 3;
  readonly ServerInitFailed: 4;
  readonly ServerClosed: 5;
  readonly NewConnection: 6;
  readonly ConnectionFailed: 7;
  readonly Disconnected: 8;
  readonly MetaVersion: 201;
  readonly MetaHeartbeat: 202;
};

/** One message of the wire protocol. */
export interface Frame {
  /** One of {@link EventType}, or a byte that this version knows nothing of. */
  type: number;
  /** The id of the link that it is about, -32768 to 32767; {@link NO_ID} where it is about none. */
  id: number;
  data: null | string | Uint8Array;
}

/** Writes a message. Strings are written UTF-16 unit by unit, so that a lone surrogate stays what it is. */
export declare function encode(frame: Frame): Uint8Array;

/**
 * Reads a message. What stands behind its data means nothing and is left out.
 * @param bytes a whole message
 * @returns null where it is too short, its data type unknown or its length more than what is there
 */
export declare function decode(bytes: Uint8Array): Frame | null;

export type SignalingErrorCode =
  /** The browser does not take the URL: it is malformed, or ws: on an https page. */
  | 'bad-url'
  /** No signaling server answered at the URL. */
  | 'unreachable'
  /** The server does not serve this client: unknown app, invalid token. */
  | 'refused'
  /** A message was larger than the server takes. */
  | 'too-large'
  /** The server stopped answering. */
  | 'no-answer'
  /** What answers at the URL speaks another protocol. */
  | 'bad-frame'
  /** The connection has ended, or was never opened. */
  | 'closed'
  /** Another peer holds the address. */
  | 'address-taken'
  /** The address has more than {@link MAX_ADDRESS_LENGTH} UTF-16 units. */
  | 'address-too-long'
  /** There is nobody to connect to under the address. */
  | 'connect-failed'
  /** The link has ended. */
  | 'link-closed'
  /** A method was called before an earlier call of it was answered. */
  | 'out-of-turn';

/** What went wrong between a client and its signaling server. */
export declare class SignalingError extends Error {
  constructor(code: SignalingErrorCode, message: string);
  /** What happened, for code; `message` says it to people, and what to do. */
  readonly code: SignalingErrorCode;
}

/** A pairing with another peer, as this peer sees it. */
export interface Link {
  /** The id by which this peer and its server know the link. */
  readonly id: number;
  /** Whether the other end opened it. */
  readonly incoming: boolean;
  /** Whether data can be sent on it. */
  readonly open: boolean;
}

/**
 * How a client reconnects. Before attempt n it waits for a random time of at most `firstSeconds` * 2^(n-1), and never more
 * than `mostSeconds`: those who lost the same server do not all come back at once.
 */
export interface ReconnectOptions {
  /** Default 0.5. */
  firstSeconds?: number;
  /** Default 30. */
  mostSeconds?: number;
  /** How many in a row may fail before it is given up. Default: any number. */
  attempts?: number;
}

export interface SignalingClientOptions {
  /** The pause between two signs of life. Default 30. */
  heartbeatSeconds?: number;
  /** The time that the server has for an answer. Default 15. */
  answerSeconds?: number;
  /** Whether a connection that has stood and is lost is opened again, and how. Default false. */
  reconnect?: boolean | ReconnectOptions;
}

/** The events of a {@link SignalingClient}, and what is in `detail`. */
export interface SignalingEvents {
  /** Another peer has connected to the address that this one listens on. */
  link: CustomEvent<{ link: Link }>;
  /** Data has come in, as it was sent. */
  message: CustomEvent<{ link: Link; data: Uint8Array | string | null; reliable: boolean }>;
  /** A link has ended, and not by this peer's {@link SignalingClient.disconnect}. */
  linkclosed: CustomEvent<{ link: Link }>;
  /** The server has taken the address back. */
  addressclosed: CustomEvent<null>;
  /** The connection has ended and every link with it; `error` is null after {@link SignalingClient.close}. */
  close: CustomEvent<{ error: SignalingError | null }>;
  /** With `reconnect`: the connection was lost, or an attempt has failed; the next one follows in so many seconds. */
  reconnecting: CustomEvent<{ error: SignalingError; attempt: number; seconds: number }>;
  /** With `reconnect`: the connection stands again. If there was an address, it is asked for anew. */
  reconnected: CustomEvent<null>;
  /** With `reconnect`: this client listens on its address again. */
  addressregained: CustomEvent<{ address: string }>;
  /** With `reconnect`: another peer holds the address now; the connection goes on without. */
  addresslost: CustomEvent<{ address: string; error: SignalingError }>;
}

/** One connection to a signaling server, or, for a client that reconnects, one after the other. */
export declare class SignalingClient extends EventTarget {
  constructor(options?: SignalingClientOptions);

  /** The address that this client listens on; null where it listens on none. */
  get address(): string | null;

  /** Whether the connection to the server stands. */
  get connected(): boolean;

  /**
   * Opens the connection. A server that refuses the path or the token does so later: the first request is rejected.
   * @param url ws: or wss:, with the app as its path, such as wss://example.com/callapp; or what gives one for each attempt,
   * as where tokens run out
   */
  connect(url: string | (() => string | Promise<string>)): Promise<void>;

  /**
   * Reserves an address, so that others can connect to this peer. An address held before is released first.
   * @param address any text of at most {@link MAX_ADDRESS_LENGTH} UTF-16 units
   */
  listen(address: string): Promise<void>;

  /** Releases the address. Links that came in by it stay. */
  stopListening(): Promise<void>;

  /** Opens a link to the peer that listens on an address. */
  connectTo(address: string): Promise<Link>;

  /**
   * Sends data to the other end of a link.
   * @param options `reliable` is a mark for the other end; the server itself delivers both alike
   */
  send(link: Link, data: Uint8Array | string, options?: { reliable?: boolean }): void;

  /** Ends a link. What was sent on it before still arrives. */
  disconnect(link: Link): void;

  /**
   * Leaves the server: the address is free and every link ends. What was sent before still arrives.
   * @returns done when the server has let go of the connection
   */
  close(): Promise<void>;

  addEventListener<K extends keyof SignalingEvents>(
    type: K, listener: (event: SignalingEvents[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof SignalingEvents>(
    type: K, listener: (event: SignalingEvents[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}
