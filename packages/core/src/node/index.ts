export { fileStore, type FileStoreOptions } from './file-store.ts'
export { type LocalKeys, localKeys, type LocalKeysOptions } from './local-keys.ts'
export { type LocalDirectories, localDirectories, localStore, type LocalStoreOptions } from './local-store.ts'
