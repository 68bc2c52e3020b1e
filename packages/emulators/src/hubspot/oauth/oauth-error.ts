/**
 * A refusal of the token endpoint: RFC 6749's `error` next to HubSpot's older `status` and `message`.
 * @see https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens
 */
export class OauthError extends Error {
  override readonly name = 'OauthError'
  readonly error: string
  readonly status: string

  constructor(error: string, status: string, message: string) {
    super(message)
    this.error = error
    this.status = status
  }

  toBody(): Record<string, string> {
    return {
      error: this.error,
      error_description: this.message,
      status: this.status,
      message: this.message,
    }
  }
}
