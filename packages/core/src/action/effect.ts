/** What a call does to the service's data. Declared by each action, never guessed from the HTTP method. */
export type Effect = 'read' | 'create' | 'update' | 'delete'
