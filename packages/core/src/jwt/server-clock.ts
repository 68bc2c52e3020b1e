const noticeableSkewMs = 30_000

/** What is known of a server's clock, for assertions that it judges by its own time. */
export class ServerClock {
  /** How far the server's clock is ahead of ours; 0 until it mattered. */
  skewMs = 0

  /**
   * Learns from the `Date` of a refusal. True where the server's clock turns out noticeably (30 s) different
   * from what was thought, so that the refused assertion is worth another try by `skewMs`.
   */
  learn(headers: Headers, now: number): boolean {
    const skewMs = Date.parse(headers.get('date') ?? '') - now
    if (!(Math.abs(skewMs - this.skewMs) > noticeableSkewMs)) return false
    this.skewMs = skewMs
    return true
  }
}
