// The links of one connection, by their ids.

// The server numbers incoming links from here on; own ids stay below, so that the two never meet.
const FIRST_INCOMING_ID = 16384;

/** A pairing with another peer, as this peer sees it. */
export class Link {
  /** @type {number} the id by which this peer and its server know the link */
  id;
  /** @type {boolean} whether the other end opened it */
  incoming;
  /** @type {boolean} whether data can be sent on it */
  open = true;

  constructor(id, incoming) {
    this.id = id;
    this.incoming = incoming;
  }
}

export class Links {
  #links = new Map();
  #connecting = new Map();
  #lastId = 0;

  /**
   * Takes an id for a link that is asked for.
   * @param {{resolve: (link: Link) => void, reject: (error: Error) => void}} answer what is told of it
   */
  ask(answer) {
    do {
      this.#lastId = this.#lastId % (FIRST_INCOMING_ID - 1) + 1;
    } while (this.#links.has(this.#lastId) || this.#connecting.has(this.#lastId));
    this.#connecting.set(this.#lastId, answer);
    return this.#lastId;
  }

  /** Opens a link: one that was asked for is the answer, any other was opened by the other end. */
  open(id) {
    const answer = this.#connecting.get(id);
    const link = new Link(id, answer === undefined);
    this.#links.set(id, link);
    this.#connecting.delete(id);
    answer?.resolve(link);
    return link;
  }

  /** Takes that a link that was asked for does not come about. */
  fail(id, error) {
    this.#connecting.get(id)?.reject(error);
    this.#connecting.delete(id);
  }

  /** The link of an id, if it is open. */
  get(id) {
    const link = this.#links.get(id);
    return link?.open ? link : undefined;
  }

  /** Closes a link, and returns it if it was open. */
  close(id) {
    const link = this.get(id);
    this.#links.delete(id);
    if (link !== undefined) {
      link.open = false;
    }
    return link;
  }

  /** Closes all, and returns those that were open. */
  closeAll() {
    const closed = [...this.#links.keys()].map(id => this.close(id)).filter(link => link !== undefined);
    this.#connecting.clear();
    return closed;
  }
}
