// One message of the wire protocol, version 2, to bytes and back. See docs/protocol.md.

/** The version of the protocol that this client speaks. */
export const PROTOCOL_VERSION = 2;

/** The id of messages that are about no link. */
export const NO_ID = -1;

/** Byte 0 of a message: what it is about. */
export const EventType = Object.freeze({
  UnreliableMessageReceived: 1,
  ReliableMessageReceived: 2,
  ServerInitialized: 3,
  ServerInitFailed: 4,
  ServerClosed: 5,
  NewConnection: 6,
  ConnectionFailed: 7,
  Disconnected: 8,
  MetaVersion: 201,
  MetaHeartbeat: 202,
});

const DataType = Object.freeze({ Null: 0, Bytes: 1, String: 2 });
const HEADER_LENGTH = 4;
const DATA_OFFSET = 8;

/**
 * @typedef {object} Frame
 * @property {number} type one of {@link EventType}, or a byte this version knows nothing of
 * @property {number} id the id of the link it is about, -32768 to 32767; {@link NO_ID} where it is about none
 * @property {null | string | Uint8Array} data
 */

/**
 * Writes a message. Strings are written UTF-16 unit by unit, so that a lone surrogate stays what it is.
 * @param {Frame} frame
 * @returns {Uint8Array}
 */
export function encode({ type, id, data }) {
  if (data === null) {
    return writeHeader(new Uint8Array(HEADER_LENGTH), type, DataType.Null, id);
  }

  if (typeof data === 'string') {
    const bytes = writeHeader(new Uint8Array(DATA_OFFSET + data.length * 2), type, DataType.String, id);
    const view = new DataView(bytes.buffer);
    view.setUint32(HEADER_LENGTH, data.length, true);
    for (let i = 0; i < data.length; i++) {
      view.setUint16(DATA_OFFSET + i * 2, data.charCodeAt(i), true);
    }
    return bytes;
  }

  const bytes = writeHeader(new Uint8Array(DATA_OFFSET + data.length), type, DataType.Bytes, id);
  new DataView(bytes.buffer).setUint32(HEADER_LENGTH, data.length, true);
  bytes.set(data, DATA_OFFSET);
  return bytes;
}

/**
 * Reads a message. What stands behind its data means nothing and is left out.
 * @param {Uint8Array} bytes a whole message
 * @returns {Frame | null} null where it is too short, its data type unknown or its length more than what is there
 */
export function decode(bytes) {
  if (bytes.length < HEADER_LENGTH) {
    return null;
  }

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = bytes[0];
  const id = view.getInt16(2, true);
  if (bytes[1] === DataType.Null) {
    return { type, id, data: null };
  }
  if ((bytes[1] !== DataType.Bytes && bytes[1] !== DataType.String) || bytes.length < DATA_OFFSET) {
    return null;
  }

  const length = view.getUint32(HEADER_LENGTH, true);
  const byteLength = bytes[1] === DataType.String ? length * 2 : length;
  if (DATA_OFFSET + byteLength > bytes.length) {
    return null;
  }

  const data = bytes[1] === DataType.Bytes
    ? bytes.slice(DATA_OFFSET, DATA_OFFSET + byteLength)
    : readUnits(view, length);
  return { type, id, data };
}

function writeHeader(bytes, type, dataType, id) {
  bytes[0] = type;
  bytes[1] = dataType;
  new DataView(bytes.buffer).setInt16(2, id, true);
  return bytes;
}

function readUnits(view, length) {
  const units = new Array(length);
  for (let i = 0; i < length; i++) {
    units[i] = String.fromCharCode(view.getUint16(DATA_OFFSET + i * 2, true));
  }
  return units.join('');
}
