export type ErrorCategory =
  | 'VALIDATION_ERROR'
  | 'OBJECT_NOT_FOUND'
  | 'CONFLICT'
  | 'INVALID_AUTHENTICATION'
  | 'EXPIRED_AUTHENTICATION'
  | 'MISSING_SCOPES'

interface ErrorDetail {
  message: string
  code?: string
  context?: Record<string, string[]>
}

export interface ErrorExtras {
  errors?: ErrorDetail[]
  context?: Record<string, string[]>
  links?: Record<string, string>
  errorType?: string
  policyName?: string
}

/**
 * An answer other than success, in HubSpot's error shape.
 * @see https://developers.hubspot.com/docs/api-reference/error-handling
 */
export class HubspotError extends Error {
  override readonly name = 'HubspotError'
  readonly status: number
  readonly category: ErrorCategory | undefined
  readonly extras: ErrorExtras

  constructor(
    status: number,
    category: ErrorCategory | undefined,
    message: string,
    extras: ErrorExtras = {},
  ) {
    super(message)
    this.status = status
    this.category = category
    this.extras = extras
  }

  toBody(correlationId: string): Record<string, unknown> {
    return {
      status: 'error',
      message: this.message,
      correlationId,
      ...(this.category === undefined ? {} : { category: this.category }),
      ...this.extras,
    }
  }
}

export function invalid(message: string, extras?: ErrorExtras): HubspotError {
  return new HubspotError(400, 'VALIDATION_ERROR', message, extras)
}

export function notFound(message = 'resource not found'): HubspotError {
  return new HubspotError(404, 'OBJECT_NOT_FOUND', message)
}
