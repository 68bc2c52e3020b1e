/** Something that `agent doctor` has to say. */
export interface Finding {
  /** A problem makes the command fail, a note does not. */
  level: 'problem' | 'note'
  /** Which check found it, such as `scopes`. */
  check: string
  /** What it is about: a credential, a path, a variable. */
  subject: string
  message: string
  /** What to do. */
  fix: string
}
