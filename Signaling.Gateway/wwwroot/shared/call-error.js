/**
 * Why a call did not come about or has ended: `message` for people, `code` for code: `busy`, `no-direct-way`,
 * `no-relay`, `other-program`, `other-left`, `lost`, `ended`.
 */
export class CallError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'CallError';
    this.code = code;
  }
}
