export type Access = 'read' | 'write' | 'admin'

/** The least that a credential must have for an action, as the vendor documents it. */
export interface Permissions {
  /** OAuth scopes; all are needed. */
  scopes: readonly string[]
  /** Fine-grained permissions, where the service has them; all are needed. */
  fineGrained?: Readonly<Record<string, Access>>
}
